package routing

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/beistand/beistand/app/api"
	desk "github.com/beistand/beistand/app/desk/cases"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(dbtest.Main(m)) }

type logs struct {
	testing.TB
	said []string
}

func (l *logs) Printf(format string, args ...any) {
	l.said = append(l.said, fmt.Sprintf(format, args...))
}

var rules = []api.RoutingRule{
	{ID: "database", Words: []string{"ORA-00942"}, Queue: "Database", Owner: "sam", Set: true},
	{ID: "nobody", Modules: []string{"Stock"}, Queue: "Logistics", Owner: "gone", Set: true},
	{ID: "house", Organisation: []string{"Example Ltd"}, Queue: "Example"},
}

// TestFiled holds that what is filed goes where the rules say, once, and says why.
func TestFiled(t *testing.T) {
	for name, source := range map[string]func(testing.TB) string{
		string(db.SQLite): func(testing.TB) string { return "" }, string(db.PostgreSQL): dbtest.URL,
	} {
		t.Run(name, func(t *testing.T) {
			s, err := store.Open(t.Context(), t.TempDir(), store.Options{Database: source(t)})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			now := func() time.Time { return time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC) }
			log := &logs{TB: t}
			x := New(Config{DB: s.DB(), Cases: desk.New(desk.Config{Store: s, Now: now, TokenTTL: time.Hour}), Rules: rules, Now: now, Log: log})
			follow := func(n int64) api.Ticket {
				t.Helper()
				var after api.Ticket
				err := s.DB().Tx(t.Context(), func(tx *db.Tx) error {
					if err := x.Follow(t.Context(), tx, journal.Entry{Action: "ticket.filed", Ticket: n}); err != nil {
						return err
					}
					var err error
					after, err = tickets.Read(t.Context(), tx, n)
					return err
				})
				if err != nil {
					t.Fatal(err)
				}
				return after
			}
			file := func(f tickets.Filing) int64 {
				t.Helper()
				var n int64
				f.ID, f.Priority, f.Kind = fmt.Sprint(f.Title, f.Module), api.Normal, api.Fault
				if err := s.DB().Tx(t.Context(), func(tx *db.Tx) (err error) {
					if _, err = tx.ExecContext(t.Context(), "INSERT INTO staff (name, display_name, password, created) VALUES ('sam', 'Sam', '', 0) ON CONFLICT (name) DO NOTHING"); err != nil {
						return err
					}
					n, _, err = tickets.File(t.Context(), tx, f, now())
					return err
				}); err != nil {
					t.Fatal(err)
				}
				return n
			}
			one := file(tickets.Filing{NewTicket: api.NewTicket{Title: "Beim Buchen kommt ORA-00942"}})
			after := follow(one)
			if after.Queue != "Database" || after.Owner != "sam" || after.Version != 2 {
				t.Errorf("%+v", after)
			}
			if again := follow(one); again.Version != 2 {
				t.Errorf("set once more: %+v", again)
			}
			line, err := tickets.Entries(t.Context(), s.DB(), tickets.EntryQuery{Ticket: one, Limit: 10})
			if err != nil || len(line.Entries) != 2 {
				t.Fatalf("%+v, %v", line, err)
			}
			for _, e := range line.Entries {
				if e.By != "rule" || e.Public {
					t.Errorf("%+v", e)
				}
			}
			if e := line.Entries[1]; !strings.Contains(e.Text, "database") || !strings.Contains(e.Text, "words ORA-00942") {
				t.Errorf("the reason is %q", e.Text)
			}
			if t2 := follow(file(tickets.Filing{NewTicket: api.NewTicket{Title: "x", Module: "stock"}})); t2.Queue != "Logistics" || t2.Owner != "" || len(log.said) != 1 {
				t.Errorf("an owner who is not there: %+v, log %q", t2, log.said)
			}
			if t3 := follow(file(tickets.Filing{NewTicket: api.NewTicket{Title: "ORA-00942", Module: "x"}, Queue: "Mail"})); t3.Queue != "Mail" || t3.Owner != "sam" {
				t.Errorf("what was set stays: %+v", t3)
			}
			if t4 := follow(file(tickets.Filing{NewTicket: api.NewTicket{Title: "etwas anderes"}})); t4.Version != 1 {
				t.Errorf("no rule holds: %+v", t4)
			}
			if said := x.judge(api.RoutingCase{Organisation: "example ltd"}); said.Set || said.Queue != "Example" || said.Why[0] != "organisation Example Ltd" {
				t.Errorf("a suggestion: %+v", said)
			}
			shown(t, x, one)
		})
	}
}

// shown holds that a ticket's own page says what the rules say.
func shown(t *testing.T, x *Routing, n int64) {
	t.Helper()
	w := httptest.NewRecorder()
	for _, r := range x.Routes() {
		if r.Path == api.PathRouting {
			if err := r.Handle(w, httptest.NewRequest("GET", api.RoutingPath(n), nil), gate.Caller{Number: n}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if !strings.Contains(w.Body.String(), `"rule":"database"`) {
		t.Errorf("%s", w.Body)
	}
}
