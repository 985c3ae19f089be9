// Package changes tells staff what happens at the desk while it happens, and administrators all that ever did.
package changes

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/reply"
)

// Config is what Changes are made from; all is needed.
type Config struct {
	Journal   *journal.Journal
	Heartbeat time.Duration   // between comments on a quiet stream
	Stopping  <-chan struct{} // closed when streams have to end
	Log       interface{ Printf(string, ...any) }
}

// Changes answers from the journal.
type Changes struct {
	cfg  Config
	open atomic.Int64 // streams
}

const (
	maxStreams = 500  // at once on one desk
	maxBehind  = 5000 // entries that one who comes back is still told of
	pieceTime  = 10 * time.Second
)

// New makes Changes.
func New(cfg Config) *Changes { return &Changes{cfg: cfg} }

// Routes are the endpoints.
func (c *Changes) Routes() []gate.Route {
	admin := []api.Role{api.RoleAdministrator}
	return []gate.Route{
		{
			Method: "GET", Path: api.PathChanges, Who: gate.StaffOnly, Scope: api.ScopeRead, Handle: c.stream,
			Doc: gate.Doc{Says: "Listen to everything that happens with tickets", Out: gate.Media("text/event-stream")},
		},
		{
			Method: "GET", Path: api.PathJournal, Who: gate.StaffOnly, Roles: admin, Scope: api.ScopeAdmin, Handle: c.page,
			Doc: gate.Doc{Says: "Read the journal", Query: []gate.Param{{Name: "after", Says: "entries behind this number"}, {Name: "limit", Says: "1 to 200; 100 if not given"}}, Out: api.JournalPage{}},
		},
		{
			Method: "GET", Path: api.PathJournalExport, Who: gate.StaffOnly, Roles: admin, Scope: api.ScopeAdmin, Handle: c.export,
			Doc: gate.Doc{Says: "Fetch the whole journal with its chain", Out: gate.Media(api.TypeRecord)},
		},
	}
}

// Streams is how many are open.
func (c *Changes) Streams() int { return int(c.open.Load()) }

// told says whether every member of staff hears of an action.
func told(action string) bool {
	kind, _, _ := strings.Cut(action, ".")
	switch kind {
	case "ticket", "entry", "bundle", "session", "reveal", "bug", "article", "access", "organisation", "installation":
		return true
	}
	return false
}

func entry(e journal.Entry) api.JournalEntry {
	return api.JournalEntry{Seq: e.Seq, At: e.At.UTC(), Actor: e.Actor, Ticket: e.Ticket, Action: e.Action, Subject: e.Subject, Detail: e.Detail}
}

// stream sends entries as server-sent events whose IDs are their numbers. A
// client that comes back with Last-Event-ID goes on where it stopped; one that
// was away for too long begins with an event "lost", and reads anew what it shows.
//
// Nothing is kept for a slow client: what it has not read yet is in the journal.
func (c *Changes) stream(w http.ResponseWriter, r *http.Request, caller gate.Caller) error {
	if c.open.Add(1) > maxStreams {
		c.open.Add(-1)
		return reply.TooMany("the desk has many listeners already", time.Minute)
	}
	defer c.open.Add(-1)
	all := caller.Has(api.RoleAdministrator)
	last := c.cfg.Journal.Last()
	at, lost := last, false
	if id := r.Header.Get("Last-Event-ID"); id != "" {
		n, err := strconv.ParseInt(id, 10, 64)
		if lost = err != nil || n < 0 || n > last || last-n > maxBehind; !lost {
			at = n
		}
	}
	control := http.NewResponseController(w)
	if err := control.SetReadDeadline(time.Time{}); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no") // nginx would keep events back
	send := func(text string) error {
		if err := control.SetWriteDeadline(time.Now().Add(pieceTime)); err != nil {
			return err
		}
		if _, err := fmt.Fprint(w, text); err != nil {
			return err
		}
		return control.Flush()
	}
	kind := "hello"
	if lost {
		kind = "lost"
	}
	if send(fmt.Sprintf("id: %d\nevent: %s\ndata: {}\n\n", at, kind)) != nil {
		return nil // the listener has gone, here and below
	}
	beat := time.NewTicker(c.cfg.Heartbeat)
	defer beat.Stop()
	for {
		moved := c.cfg.Journal.Moved() // before reading, so that nothing falls in between
		entries, err := c.cfg.Journal.Since(r.Context(), at)
		if err != nil {
			return nil // it comes back and goes on
		}
		var text strings.Builder
		for _, e := range entries {
			at = e.Seq
			if all || told(e.Action) {
				b, err := json.Marshal(entry(e))
				if err != nil {
					return nil
				}
				fmt.Fprintf(&text, "id: %d\nevent: %s\ndata: %s\n\n", e.Seq, e.Action, b)
			}
		}
		if text.Len() > 0 && send(text.String()) != nil {
			return nil
		}
		if len(entries) > 0 {
			continue
		}
		select {
		case <-moved:
		case <-beat.C:
			if send(":\n\n") != nil {
				return nil
			}
		case <-r.Context().Done():
			return nil
		case <-c.cfg.Stopping:
			return nil
		}
	}
}

func (c *Changes) page(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	after, limit := int64(0), 100
	var err error
	if a := r.URL.Query().Get("after"); a != "" {
		if after, err = strconv.ParseInt(a, 10, 64); err != nil || after < 0 {
			return reply.BadRequest("after is an entry's number")
		}
	}
	if l := r.URL.Query().Get("limit"); l != "" {
		if limit, err = strconv.Atoi(l); err != nil || limit < 1 || limit > 200 {
			return reply.BadRequest("limit is 1 to 200")
		}
	}
	entries, err := c.cfg.Journal.Since(r.Context(), after)
	if err != nil {
		return err
	}
	out := api.JournalPage{Entries: []api.JournalEntry{}, More: len(entries) > limit || len(entries) == 200}
	for _, e := range entries[:min(limit, len(entries))] {
		out.Entries = append(out.Entries, entry(e))
	}
	return reply.JSON(w, http.StatusOK, out)
}

// export sends the whole chain. It can take long and never stands still.
func (c *Changes) export(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	w.Header().Set("Content-Type", api.TypeRecord)
	w.Header().Set("Content-Disposition", `attachment; filename="journal.ndjson"`)
	if _, err := c.cfg.Journal.Export(r.Context(), &moving{w, http.NewResponseController(w)}); err != nil {
		if fault := (*journal.Fault)(nil); errors.As(err, &fault) || r.Context().Err() == nil {
			c.cfg.Log.Printf("export journal: %v", err) // who asked sees only that it was cut
		}
		panic(http.ErrAbortHandler) // it is cut, and shows that it is
	}
	return nil
}

// moving lets an answer take long as long as it moves.
type moving struct {
	http.ResponseWriter
	control *http.ResponseController
}

func (m *moving) Write(p []byte) (int, error) {
	if err := m.control.SetWriteDeadline(time.Now().Add(pieceTime)); err != nil {
		return 0, err
	}
	return m.ResponseWriter.Write(p)
}
