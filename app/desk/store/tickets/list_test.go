package tickets

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(dbtest.Main(m)) }

var start = time.Date(2026, 1, 2, 3, 4, 5, 6000, time.UTC)

func to[T any](v T) *T { return &v }

func pick[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }

// some gives one to three of a list, or none.
func some[T any](r *rand.Rand, of []T) []T {
	var list []T
	for range r.IntN(4) {
		list = append(list, pick(r, of...))
	}
	return list
}

var (
	queues   = []string{"", "erp", "crm"}
	owners   = []string{"", "sam", "kim"}
	products = []string{"Ledger", "Shop 100%", "Ärger_1"}
)

// populate files tickets of every sort.
func populate(t testing.TB, d *db.DB, r *rand.Rand, count int) []api.Ticket {
	t.Helper()
	var all []api.Ticket
	err := d.Tx(t.Context(), func(tx *db.Tx) error {
		all = nil
		for i := range count {
			now := start.Add(time.Duration(i) * time.Hour)
			n, _, err := File(t.Context(), tx, Filing{NewTicket: api.NewTicket{
				ID: fmt.Sprint(i), Title: pick(r, "Printer prints 100%", "Drucker druckt nicht", "a_b"), Product: pick(r, products...), Module: pick(r, "", "Print"),
				Priority: pick(r, api.Priorities...), Kind: pick(r, api.Kinds...),
			}}, now)
			if err != nil {
				return err
			}
			one, err := Read(t.Context(), tx, n)
			if err != nil {
				return err
			}
			one.State, one.Queue, one.Owner, one.Level = pick(r, api.States...), pick(r, queues...), pick(r, owners...), 1+r.IntN(3)
			if r.IntN(3) == 0 {
				one.Urgency = &api.Urgency{Priority: pick(r, api.Priorities...), At: now}
			}
			if r.IntN(4) == 0 {
				one.Escalation = &api.Escalation{Reason: "x", At: now}
			}
			if r.IntN(4) == 0 {
				one.Promises = []api.Promise{{What: "fix", Due: now.Add(time.Duration(r.IntN(100)) * time.Hour)}}
			}
			if r.IntN(3) == 0 {
				one.Watchers = []string{pick(r, "sam", "kim")}
			}
			if i > 0 && r.IntN(5) == 0 {
				one.Parent = all[r.IntN(i)].Number
			}
			if r.IntN(3) == 0 {
				one.Organisation = int64(1 + r.IntN(2))
			}
			if one.State == api.StateClosed {
				one.Closing = &api.Closing{Cause: pick(r, api.Causes...), At: now}
			}
			if err := Write(t.Context(), tx, &one, now); err != nil {
				return err
			}
			all = append(all, one)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// asked is a question of any sort.
func asked(r *rand.Rand) api.TicketQuery {
	q := api.TicketQuery{Limit: 1 + r.IntN(20)}
	for range r.IntN(4) {
		switch r.IntN(16) {
		case 0, 1, 2:
			q.States = some(r, api.States)
		case 3:
			q.Queues = some(r, queues)
		case 4:
			q.Owners = some(r, []string{"-", "sam", "kim"})
		case 5:
			q.Products = some(r, products)
		case 6:
			q.Kinds, q.Levels = some(r, api.Kinds), some(r, []int{1, 2, 3})
		case 7:
			q.Priorities = some(r, api.Priorities)
		case 8:
			q.Before = int64(r.IntN(200))
		case 9:
			q.Watcher = pick(r, "sam", "kim", "eve")
		case 10:
			q.Organisation = int64(r.IntN(3))
		case 11:
			q.Escalated = true
		case 12:
			q.DueBefore = to(start.Add(time.Duration(r.IntN(200)) * time.Hour))
		case 13:
			q.CreatedFrom, q.CreatedTo = to(start.Add(time.Duration(r.IntN(100))*time.Hour)), to(start.Add(time.Duration(r.IntN(200))*time.Hour))
		case 14:
			q.Text = pick(r, "100%", "100_", "DRUCK nicht", "a_b", "prints printer", "' OR 1=1")
		case 15:
			q.Cause, q.Modules = pick(r, "", api.CauseFault), some(r, []string{"", "Print"})
		}
	}
	return q
}

// fits says in words of its own whether a ticket is asked for.
func fits(t api.Ticket, q api.TicketQuery) bool {
	effective := t.Priority
	if t.Urgency != nil {
		effective = t.Urgency.Priority
	}
	owner := t.Owner
	if owner == "" {
		owner = "-"
	}
	for _, word := range strings.Fields(strings.ToLower(q.Text)) {
		if !strings.Contains(strings.ToLower(t.Title+"\n"+t.Description), word) {
			return false
		}
	}
	return (q.Before == 0 || t.Number < q.Before) && among(q.States, t.State) && among(q.Queues, t.Queue) && among(q.Owners, owner) &&
		among(q.Products, t.Product) && among(q.Modules, t.Module) && among(q.Kinds, t.Kind) && among(q.Levels, t.Level) && among(q.Priorities, effective) &&
		(q.Watcher == "" || slices.Contains(t.Watchers, q.Watcher)) && (q.Organisation == 0 || q.Organisation == t.Organisation) &&
		(q.Parent == 0 || q.Parent == t.Parent) && (q.Cause == "" || t.Closing != nil && t.Closing.Cause == q.Cause) &&
		(!q.Escalated || t.Escalation != nil) && (q.DueBefore == nil || t.Due != nil && t.Due.Before(*q.DueBefore)) &&
		(q.CreatedFrom == nil || !t.Created.Before(*q.CreatedFrom)) && (q.CreatedTo == nil || t.Created.Before(*q.CreatedTo))
}

func among[T comparable](list []T, v T) bool { return len(list) == 0 || slices.Contains(list, v) }

// TestList holds lists of every sort to what one sees who looks at each ticket.
func TestList(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := rand.New(rand.NewPCG(1, 2))
		all := populate(t, d, r, 120)
		slices.Reverse(all)
		found := 0
		for range 400 {
			q := asked(r)
			want := []int64{}
			for _, one := range all {
				if fits(one, q) && len(want) < q.Limit {
					want = append(want, one.Number)
				}
			}
			got := listed(t, d, Query{TicketQuery: q})
			if !slices.Equal(got, want) {
				t.Fatalf("%+v: %v, want %v", q, got, want)
			}
			found += len(got)
		}
		if found < 400 {
			t.Errorf("only %d tickets were found", found)
		}
		few := []int64{all[3].Number, all[5].Number}
		if got := listed(t, d, Query{TicketQuery: api.TicketQuery{Limit: 9, Text: "no such word"}, Numbers: few}); !slices.Equal(got, few) {
			t.Errorf("what was found elsewhere: %v", got)
		}
		if got := listed(t, d, Query{TicketQuery: api.TicketQuery{Limit: 9}, Numbers: []int64{}}); len(got) != 0 {
			t.Errorf("nothing was found elsewhere, yet %v", got)
		}
	})
}

func listed(t *testing.T, d *db.DB, q Query) []int64 {
	t.Helper()
	list, err := List(t.Context(), d, q)
	if err != nil {
		t.Fatal(err)
	}
	got := []int64{}
	for _, one := range list {
		got = append(got, one.Number)
	}
	return got
}

// TestListIsIndexed: for no list of the default views does SQLite look through
// the whole table.
func TestListIsIndexed(t *testing.T) {
	d := dbtest.Open(t, dbtest.File(t))
	populate(t, d, rand.New(rand.NewPCG(1, 2)), 50)
	open := []api.State{api.StateNew, api.StateOpen, api.StateWaitingCustomer, api.StateWaitingThird}
	for name, q := range map[string]api.TicketQuery{
		"all":           {},
		"mine":          {Owners: []string{"sam"}, States: open},
		"my team's":     {Queues: []string{"erp", "crm"}, States: open},
		"unowned":       {Owners: []string{"-"}, States: open},
		"waiting":       {States: []api.State{api.StateWaitingCustomer, api.StateWaitingThird}},
		"closed":        {States: []api.State{api.StateClosed}, Before: 40},
		"of a product":  {Products: []string{"Ledger"}},
		"of a customer": {Organisation: 1},
		"escalated":     {Escalated: true, States: open},
		"due":           {DueBefore: to(start)},
		"watched":       {Watcher: "sam"},
		"children":      {Parent: 3},
	} {
		q.Limit = 50
		query, args := Query{TicketQuery: q}.sql()
		plan := explain(t, d, query, args)
		if index, own := map[string]string{"escalated": "tickets_escalated", "due": "tickets_due", "watched": "watchers"}[name]; own && !strings.Contains(plan, index) {
			t.Errorf("%s does not use %s:\n%s", name, index, plan)
		}
		if strings.Contains(plan, "SCAN tickets\n") && name != "all" { // whose order is the table's own
			t.Errorf("%s looks through the table:\n%s", name, plan)
		}
	}
}

// TestListReadsWhatFits: whatever is asked for together, SQLite goes along an
// index that has all of it, and reads no ticket that does not fit. What few
// tickets have (a watcher, an organisation, a date) may be looked through.
func TestListReadsWhatFits(t *testing.T) {
	d := dbtest.Open(t, dbtest.File(t))
	r := rand.New(rand.NewPCG(3, 4))
	populate(t, d, r, 50)
	looked := 0
	for range 800 {
		w := Query{TicketQuery: asked(r)}
		if w.Text = ""; w.few() || w.Escalated {
			continue
		}
		if w.common() || len(w.States)+len(w.Owners)+len(w.Queues)+len(w.Products)+len(w.Modules) > 0 {
			looked++
			query, args := w.sql()
			covered := 0
			plan := explain(t, d, query, args)
			for line := range strings.Lines(plan) {
				switch {
				case strings.Contains(line, "SEARCH tickets USING COVERING INDEX tickets_state (state=?"),
					strings.Contains(line, "SEARCH tickets USING COVERING INDEX") && strings.Contains(line, "=? AND state=?"):
					covered++
				case strings.Contains(line, "SEARCH tickets USING INTEGER PRIMARY KEY (rowid=?)"), // of those that are shown
					strings.Contains(line, "USING COVERING INDEX tickets_created"): // where a date begins
				case strings.Contains(line, "tickets"):
					t.Fatalf("%+v:\n%s%s", w.TicketQuery, line, plan)
				}
			}
			if covered == 0 {
				t.Fatalf("%+v:\n%s", w.TicketQuery, plan)
			}
		}
	}
	if looked < 200 {
		t.Errorf("only %d lists were looked at", looked)
	}
}

func explain(t *testing.T, d *db.DB, query string, args []any) string {
	t.Helper()
	rows, err := d.QueryContext(context.Background(), "EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var b strings.Builder
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		b.WriteString(detail + "\n")
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
