// Package gatetest asks the endpoints of one part of the desk as members of staff do, without a server.
package gatetest

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/people"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

// House is where one part answers: a database, a clock that stands still, and
// staff. sam is a supporter, dana a dispatcher, edda an editor, lewis at level
// 2, robin an administrator.
type House struct {
	*testing.T
	DB *db.DB

	mu    sync.Mutex // guards what follows
	clock time.Time
	lines []Line
	mux   *http.ServeMux
}

// Line is what was written into the journal.
type Line struct {
	By              api.Actor
	Ticket          int64
	Action, Subject string
	Detail          json.RawMessage
}

// staff are the people of a house and their roles.
var staff = map[string]api.Role{
	"sam": api.RoleStaff, "dana": api.RoleDispatcher, "edda": api.RoleEditor, "lewis": api.RoleLevel2, "robin": api.RoleAdministrator,
}

// New makes a house with d.
func New(t *testing.T, d *db.DB) *House {
	t.Helper()
	h := &House{T: t, DB: d, clock: time.Date(2026, 11, 18, 9, 30, 0, 0, time.UTC), mux: http.NewServeMux()} // a Wednesday
	h.Tx(func(ctx context.Context, tx *db.Tx) error {
		for name := range staff {
			if _, err := tx.ExecContext(ctx, "INSERT INTO staff (name, display_name, password, created) VALUES (?, ?, '', 0)",
				name, strings.ToUpper(name[:1])+name[1:]); err != nil {
				return err
			}
		}
		return nil
	})
	return h
}

// Now is the house's time.
func (h *House) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.clock
}

// Pass lets time pass.
func (h *House) Pass(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.clock = h.clock.Add(d)
}

// Write keeps a line of the journal once its transaction is kept, or not: it is
// for tests that look at what was written when all went well.
func (h *House) Write(_ context.Context, _ *db.Tx, _ time.Time, by api.Actor, ticket int64, action, subject string, detail any) error {
	text, err := json.Marshal(detail)
	if err != nil {
		return err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.lines = append(h.lines, Line{by, ticket, action, subject, text})
	return nil
}

// Kick does nothing.
func (h *House) Kick() {}

// Written gives what was written into the journal since it was asked last.
func (h *House) Written() []Line {
	h.mu.Lock()
	defer h.mu.Unlock()
	lines := h.lines
	h.lines = nil
	return lines
}

// Actions are the actions of lines.
func Actions(lines []Line) string {
	list := make([]string, len(lines))
	for i, l := range lines {
		list[i] = l.Action
	}
	return strings.Join(list, " ")
}

// Serve answers routes.
func (h *House) Serve(routes []gate.Route) {
	for _, r := range routes {
		h.mux.HandleFunc(r.Method+" "+r.Path, func(w http.ResponseWriter, req *http.Request) {
			name := req.Header.Get("User")
			c := gate.Caller{Staff: &people.Staff{Name: name, DisplayName: name, Roles: []api.Role{staff[name]}}}
			err := error(reply.Forbidden())
			if c.Has(r.Roles...) {
				err = r.Handle(w, req, c)
			}
			if err != nil {
				ref := reply.To(err)
				if ref.Status == http.StatusInternalServerError {
					h.Logf("%s %s: %v", req.Method, req.URL, err)
				}
				if err := reply.JSON(w, ref.Status, ref.Body); err != nil {
					h.Error(err)
				}
			}
		})
	}
}

// Ask asks as a member of staff and gives the status. A body that is not a
// success goes into refused; out takes any other, unless it is nil.
func (h *House) Ask(user, method, path string, in, out any) (status int, refused api.Error) {
	h.Helper()
	body, err := json.Marshal(in)
	if err != nil {
		h.Fatal(err)
	}
	req := httptest.NewRequest(method, path, bytes.NewReader(body)).WithContext(h.Context())
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User", user)
	w := httptest.NewRecorder()
	h.mux.ServeHTTP(w, req)
	var to any = &refused
	if w.Code < 300 {
		to = out
	}
	if to != nil && w.Body.Len() > 0 {
		if err := json.Unmarshal(w.Body.Bytes(), to); err != nil {
			h.Fatalf("%s %s: %d %s: %v", method, path, w.Code, w.Body, err)
		}
	}
	return w.Code, refused
}

// Must is Ask, and fails the test unless the status is one of want.
func (h *House) Must(want int, user, method, path string, in, out any) api.Error {
	h.Helper()
	status, refused := h.Ask(user, method, path, in, out)
	if status != want {
		h.Fatalf("%s: %s %s: %d %s %s, want %d", user, method, path, status, refused.Kind, refused.Message, want)
	}
	return refused
}

// Tx changes the database.
func (h *House) Tx(fn func(context.Context, *db.Tx) error) {
	h.Helper()
	if err := h.DB.Tx(h.Context(), func(tx *db.Tx) error { return fn(h.Context(), tx) }); err != nil {
		h.Fatal(err)
	}
}

// Ticket files a ticket now. change may be nil.
func (h *House) Ticket(change func(*api.NewTicket)) (number int64) {
	h.Helper()
	t := api.NewTicket{
		ID: h.Name() + time.Now().String(), Title: "It stops", Priority: api.Normal, Name: "Anna Beispiel", Contact: "anna@example.com",
		Language: "de", Kind: api.Fault, Impact: api.ImpactOne, Product: "Lager", ProductVersion: "4.1",
	}
	if change != nil {
		change(&t)
	}
	h.Tx(func(ctx context.Context, tx *db.Tx) (err error) {
		number, _, err = tickets.File(ctx, tx, tickets.Filing{NewTicket: t}, h.Now())
		return err
	})
	return number
}

// Change changes a ticket as it is kept.
func (h *House) Change(number int64, change func(*api.Ticket)) {
	h.Helper()
	h.Tx(func(ctx context.Context, tx *db.Tx) error {
		t, err := tickets.Read(ctx, tx, number)
		if err != nil {
			return err
		}
		change(&t)
		return tickets.Write(ctx, tx, &t, h.Now())
	})
}

// Entries are a ticket's timeline.
func (h *House) Entries(number int64) []api.Entry {
	h.Helper()
	list, err := tickets.Entries(h.Context(), h.DB, tickets.EntryQuery{Ticket: number, Limit: 100})
	if err != nil {
		h.Fatal(err)
	}
	return slices.Clone(list.Entries)
}

// Printf takes what a part logs.
func (h *House) Printf(format string, args ...any) { h.Logf(format, args...) }
