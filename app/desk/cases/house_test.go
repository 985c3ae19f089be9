package cases

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
	"github.com/beistand/beistand/app/desk/store/people"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(dbtest.Main(m)) }

// house is cases over a store, with time that a test moves.
type house struct {
	*Cases
	t *testing.T

	mu sync.Mutex // guards at
	at time.Time
}

// each runs test on both databases; sam and kim are supporters, boss is a dispatcher.
func each(t *testing.T, test func(h *house), change ...func(*Config)) {
	t.Helper()
	dbtest.EachSource(t, func(t *testing.T, source string) { test(open(t, source, change...)) })
}

func open(t *testing.T, source string, change ...func(*Config)) *house {
	t.Helper()
	s, err := store.Open(t.Context(), t.TempDir(), store.Options{Database: source})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, name := range []string{"sam", "Kim", "boss"} {
		err := s.DB().Tx(t.Context(), func(tx *db.Tx) error {
			_, err := tx.ExecContext(t.Context(), "INSERT INTO staff (name, display_name, password, created) VALUES (?, ?, '', 0)", name, "The "+name)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return over(t, s, change...)
}

// over is another desk on the same store.
func over(t *testing.T, s *store.Store, change ...func(*Config)) *house {
	h := &house{t: t, at: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)}
	cfg := Config{Store: s, Now: h.now, TokenTTL: time.Hour}
	for _, c := range change {
		c(&cfg)
	}
	h.Cases = New(cfg)
	return h
}

func (h *house) now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.at
}

func (h *house) pass(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at = h.at.Add(d)
}

// person is who asks: a name of staff, or "" for the ticket's customer.
type person string

func (p person) caller(number int64) gate.Caller {
	c := gate.Caller{Number: number, Ticket: number}
	if p != "" {
		c.Ticket = 0
		c.Staff = &people.Staff{Name: string(p), DisplayName: "The " + string(p), Roles: []api.Role{api.RoleStaff}}
		if p == "boss" {
			c.Staff.Roles = append(c.Staff.Roles, api.RoleDispatcher)
		}
	}
	return c
}

const customerSays = person("")

// do asks an endpoint of a ticket past the gate, and gives the status. out is
// filled with the answer, a refusal's too.
func (h *house) do(who person, method, path string, number int64, in, out any) int {
	h.t.Helper()
	path, query, _ := strings.Cut(path, "?")
	for _, r := range h.Routes() {
		if r.Method != method || r.Path != path {
			continue
		}
		var body []byte
		if in != nil {
			var err error
			if body, err = json.Marshal(in); err != nil {
				h.t.Fatal(err)
			}
		}
		req := httptest.NewRequestWithContext(context.Background(), method, strings.ReplaceAll(path, "{n}", fmt.Sprint(number))+"?"+query, bytes.NewReader(body))
		req.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		if err := r.Handle(w, req, who.caller(number)); err != nil {
			ref := reply.To(err)
			if ref.Status == http.StatusInternalServerError {
				h.t.Errorf("%s %s: %v", method, path, err)
			}
			if err := reply.JSON(w, ref.Status, ref.Body); err != nil {
				h.t.Fatal(err)
			}
		}
		if out != nil {
			if err := json.Unmarshal(w.Body.Bytes(), out); err != nil {
				h.t.Fatalf("%s %s: %v: %s", method, path, err, w.Body)
			}
		}
		return w.Code
	}
	h.t.Fatalf("there is no %s %s", method, path)
	return 0
}

// must is do for what has to succeed.
func must[T any](h *house, who person, method, path string, number int64, in any) T {
	h.t.Helper()
	var raw json.RawMessage
	if status := h.do(who, method, path, number, in, &raw); status >= 300 {
		h.t.Fatalf("%s %s as %q: %d %s", method, path, who, status, raw)
	}
	var out T
	if err := json.Unmarshal(raw, &out); err != nil {
		h.t.Fatal(err)
	}
	return out
}

var drawn int

// id is a UUID that was not there before.
func id() string {
	drawn++
	return fmt.Sprintf("00000000-0000-4000-8000-%012x", drawn)
}

func (h *house) file(change ...func(*api.NewTicket)) api.Ticket {
	h.t.Helper()
	t := api.NewTicket{ID: id(), Title: "Drucker druckt nicht", Priority: api.Normal, Name: "Ümit Jansen", Contact: "uj@example.com", Language: "de", Product: "Ledger"}
	for _, c := range change {
		c(&t)
	}
	return must[api.CreatedTicket](h, customerSays, "POST", api.PathTickets, 0, t).Ticket
}

func (h *house) ticket(who person, number int64) api.Ticket {
	h.t.Helper()
	return must[api.Ticket](h, who, "GET", api.PathTicket, number, nil)
}

// change changes the ticket as it is now.
func (h *house) change(who person, number int64, c api.TicketChange) api.Ticket {
	h.t.Helper()
	c.Version = h.ticket(who, number).Version
	return must[api.Ticket](h, who, "PATCH", api.PathTicket, number, c)
}

func (h *house) entries(who person, number int64) []api.Entry {
	h.t.Helper()
	return must[api.Timeline](h, who, "GET", api.PathEntries, number, nil).Entries
}

// kinds are the kinds of a timeline's entries.
func kinds(list []api.Entry) []api.EntryKind {
	out := []api.EntryKind{}
	for _, e := range list {
		out = append(out, e.Kind)
	}
	return out
}

// journal is the actions that are written down of a ticket, in their order.
func (h *house) journal(number int64) []string {
	h.t.Helper()
	query := "SELECT action FROM journal WHERE ticket = ? ORDER BY seq"
	if h.cfg.Store.DB().Kind() == db.PostgreSQL {
		query = "SELECT action FROM journal_pending WHERE ticket = ? ORDER BY id" // nothing numbers them here
	}
	rows, err := h.cfg.Store.DB().QueryContext(h.t.Context(), query, number)
	if err != nil {
		h.t.Fatal(err)
	}
	defer rows.Close()
	var list []string
	for rows.Next() {
		var a string
		if err := rows.Scan(&a); err != nil {
			h.t.Fatal(err)
		}
		list = append(list, a)
	}
	if err := rows.Err(); err != nil {
		h.t.Fatal(err)
	}
	return list
}

func to[T any](v T) *T { return &v }
