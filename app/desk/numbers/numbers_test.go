package numbers

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate/gatetest"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
	kept "github.com/beistand/beistand/app/desk/store/numbers"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(dbtest.Main(m)) }

func berlin(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// each runs a test in a house with numbers, on both databases.
func each(t *testing.T, test func(h *gatetest.House, n *Numbers)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := gatetest.New(t, d)
		n := New(Config{DB: d, Log: h, Now: h.Now, Zone: berlin(t)})
		h.Serve(n.Routes())
		test(h, n)
	})
}

// happen tells the numbers of something, twice: counting again changes nothing.
func happen(h *gatetest.House, n *Numbers, e journal.Entry) {
	h.Helper()
	e.At = h.Now()
	for range 2 {
		h.Tx(func(ctx context.Context, tx *db.Tx) error { return n.Arrived(ctx, tx, e) })
	}
}

func solve(h *gatetest.House, number int64, why api.Cause, first bool) {
	h.Helper()
	h.Change(number, func(t *api.Ticket) {
		t.State, t.Closing = api.StateSolved, &api.Closing{Cause: why, Solution: "so", By: "sam", At: h.Now(), FirstCheck: first}
	})
}

func ask(h *gatetest.House, query string) (got api.Numbers) {
	h.Helper()
	h.Must(200, "sam", "GET", api.PathNumbers+query, nil, &got)
	return got
}

// TestNumbers follows a few tickets through two weeks. It begins on Wednesday,
// 2026-11-18, 9:30 in UTC, which is 10:30 in Berlin.
func TestNumbers(t *testing.T) {
	each(t, func(h *gatetest.House, n *Numbers) {
		print := func(t *api.NewTicket) { t.Module = "print" }
		filed := func(change func(*api.NewTicket)) int64 {
			number := h.Ticket(change)
			happen(h, n, journal.Entry{Action: "ticket.filed", Ticket: number})
			return number
		}
		a, b := filed(print), filed(func(t *api.NewTicket) { t.Product, t.Kind = "Kasse", api.Question })
		staff := api.Actor{Kind: api.ActorStaff, Name: "sam"}
		h.Pass(10 * time.Minute)
		happen(h, n, journal.Entry{Action: "entry.added", Ticket: a, Actor: api.Actor{Kind: api.ActorCustomer}, Detail: []byte(`{"public": true}`)})
		happen(h, n, journal.Entry{Action: "entry.added", Ticket: a, Actor: staff, Detail: []byte(`{"public": false}`)})
		if got := ask(h, ""); got.FirstAnswer != nil || got.Weeks[11].Answered != 0 {
			t.Errorf("answered by nobody: %+v", got)
		}
		happen(h, n, journal.Entry{Action: "entry.added", Ticket: a, Actor: staff, Detail: []byte(`{"public": true}`)})
		h.Pass(time.Hour)
		happen(h, n, journal.Entry{Action: "entry.added", Ticket: a, Actor: staff, Detail: []byte(`{"public": true}`)}) // not the first
		solve(h, a, api.CauseHandling, true)
		happen(h, n, journal.Entry{Action: "ticket.closed", Ticket: a})
		h.Pass(4*24*time.Hour + 13*time.Hour) // Sunday, 23:40 in UTC: Monday in Berlin
		c := filed(nil)
		solve(h, b, api.CauseFault, false)
		happen(h, n, journal.Entry{Action: "ticket.closed", Ticket: b})

		got := ask(h, "")
		if got.From != "2026-09-07" || got.To != "2026-11-29" || got.Zone != "Europe/Berlin" || len(got.Weeks) != 12 {
			t.Errorf("%s to %s in %s: %d weeks", got.From, got.To, got.Zone, len(got.Weeks))
		}
		if w := got.Weeks[10]; w != (api.Week{Monday: "2026-11-16", Filed: 2, Answered: 1, Solved: 1, FirstCheck: 1}) {
			t.Errorf("%+v", w)
		}
		if w := got.Weeks[11]; w != (api.Week{Monday: "2026-11-23", Filed: 1, Solved: 1}) {
			t.Errorf("%+v", w)
		}
		if got.Hours[10] != 2 || got.Hours[0] != 1 || got.Weekdays != [7]int{1, 0, 2} {
			t.Errorf("%v %v", got.Hours, got.Weekdays)
		}
		if len(got.Causes) != len(api.Causes) || got.Causes[0] != (api.CauseNumber{Cause: api.CauseFault, Solved: 1}) ||
			got.Causes[1] != (api.CauseNumber{Cause: api.CauseHandling, Solved: 1, FirstCheck: 1}) {
			t.Errorf("%+v", got.Causes)
		}
		if !slices.Contains(got.Kinds, api.KindNumber{Kind: api.Question, Filed: 1}) || !slices.Contains(got.Kinds, api.KindNumber{Kind: api.Fault, Filed: 2}) {
			t.Errorf("%+v", got.Kinds)
		}
		near := func(name string, got *int64, want time.Duration) {
			t.Helper()
			if got == nil || float64(*got) < 0.95*want.Seconds() || float64(*got) > 1.05*want.Seconds() {
				t.Errorf("%s: %v, want %v", name, got, want.Seconds())
			}
		}
		near("first answer", got.FirstAnswer, 10*time.Minute)
		near("solution", got.Solution, 70*time.Minute)
		want := []api.PartNumber{{Product: "Lager", Filed: 2, Solved: 1}, {Product: "Kasse", Filed: 1, Solved: 1}, {Product: "Lager", Module: "print", Filed: 1, Solved: 1}}
		if !slices.Equal(got.Products, want) {
			t.Errorf("%+v", got.Products)
		}

		got = ask(h, "?product=Lager&module=print&from=2026-11-18&to=2026-11-18")
		if len(got.Weeks) != 1 || got.Weeks[0].Filed != 1 || len(got.Products) != 1 || got.To != "2026-11-22" {
			t.Errorf("%+v", got)
		}
		if got := ask(h, "?product=Lager"); got.Weeks[10].Filed != 1 || got.Weeks[11].Filed != 1 {
			t.Errorf("%+v", got.Weeks)
		}

		h.Change(a, func(t *api.Ticket) { t.State, t.Closing, t.Product, t.Module = api.StateOpen, nil, "Kasse", "" })
		happen(h, n, journal.Entry{Action: "ticket.reopened", Ticket: a})
		got = ask(h, "")
		if got.Weeks[10].Solved != 0 || got.Weeks[10].FirstCheck != 0 || got.Weeks[10].Answered != 1 || len(got.Products) != 2 || got.Products[0] != (api.PartNumber{Product: "Kasse", Filed: 2, Solved: 1}) {
			t.Errorf("after it was opened again: %+v %+v", got.Weeks[10], got.Products)
		}
		h.Tx(func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.ExecContext(ctx, "DELETE FROM tickets WHERE number = ?", c)
			return err
		})
		happen(h, n, journal.Entry{Action: "ticket.changed", Ticket: c})
		if got := ask(h, ""); got.Weeks[11].Filed != 1 {
			t.Errorf("what was counted went with its ticket: %+v", got.Weeks[11])
		}
		for _, bad := range []string{
			"?from=yesterday", "?to=2026-13-01", "?from=2026-11-30&to=2026-11-01", "?from=2020-01-01", "?module=print",
		} {
			h.Must(422, "sam", "GET", api.PathNumbers+bad, nil, nil)
		}
		var answer any
		h.Must(200, "sam", "GET", api.PathNumbers, nil, &answer)
		gatetest.NoFigures(t, api.PathNumbers, answer, "")
		for name := range strings.FieldsSeq("sam dana edda lewis robin") {
			if text := dump(h, "SELECT scope, product, module, week, measure, place, n FROM numbers"); strings.Contains(text, name) {
				t.Errorf("%s is in the sums", name)
			}
		}
	})
}

// dump is a table as text.
func dump(h *gatetest.House, query string) string {
	h.Helper()
	rows, err := h.DB.QueryContext(h.Context(), query)
	if err != nil {
		h.Fatal(err)
	}
	defer rows.Close()
	var b strings.Builder
	for rows.Next() {
		row := make([]sql.NullString, 7)
		to := make([]any, len(row))
		for i := range row {
			to[i] = &row[i]
		}
		if err := rows.Scan(to...); err != nil {
			h.Fatal(err)
		}
		for _, cell := range row {
			b.WriteString(cell.String + "\t")
		}
		b.WriteByte('\n')
	}
	if err := rows.Err(); err != nil {
		h.Fatal(err)
	}
	return b.String()
}

// TestPast proves that tickets from before anything was counted come to the
// same sums as those that were counted as they went.
func TestPast(t *testing.T) {
	each(t, func(h *gatetest.House, n *Numbers) {
		for i := range pastAtOnce + 7 {
			number := h.Ticket(func(t *api.NewTicket) { t.Module = []string{"", "print", "scan"}[i%3] })
			if i%2 == 0 {
				h.Tx(func(ctx context.Context, tx *db.Tx) error {
					_, _, err := tickets.AddEntry(ctx, tx, api.Entry{
						Ticket: number, At: h.Now().Add(time.Duration(i) * time.Minute), Kind: api.EntryNote, Public: true, By: "sam", Text: "x",
					}, "", nil)
					return err
				})
			}
			if i%5 == 0 {
				solve(h, number, api.CauseFault, i%2 == 0)
			}
		}
		const sums = "SELECT scope, product, module, week, measure, place, n FROM numbers WHERE n <> 0 ORDER BY 1, 2, 3, 4, 5, 6"
		for number := int64(1); number <= 9; number++ { // these were counted as they went
			h.Tx(func(ctx context.Context, tx *db.Tx) error {
				return n.Arrived(ctx, tx, journal.Entry{Action: "ticket.filed", Ticket: number + pastAtOnce - 2})
			})
		}
		n.Run(h.Context())
		past := dump(h, sums)
		if got := ask(h, "").Weeks[11].Filed; got != pastAtOnce+7 {
			t.Errorf("%d tickets were counted", got)
		}
		n.Run(h.Context())
		if again := dump(h, sums); again != past {
			t.Error("they were counted twice")
		}
		if !strings.Contains(past, "answer\t") || !strings.Contains(past, "first\t") {
			t.Errorf("%s", past)
		}
	})
}

// TestDifference proves that whatever becomes of a ticket, taking out and
// counting anew leaves exactly what it is at the end.
func TestDifference(t *testing.T) {
	zone := berlin(t)
	at := time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC).UnixMicro() // the hour that is there twice
	in := func(after time.Duration) sql.NullInt64 {
		return sql.NullInt64{Int64: at + after.Microseconds(), Valid: true}
	}
	steps := []kept.Facts{
		{Filed: at, Kind: "fault", Product: "Lager"},
		{Filed: at, Kind: "fault", Product: "Lager", Module: "print"},
		{Filed: at, Kind: "wish", Product: "Kasse", Answered: in(time.Minute)},
		{Filed: at, Kind: "wish", Product: "Kasse", Answered: in(time.Minute), Solved: in(200 * time.Hour), Cause: "fault", FirstCheck: true},
		{Filed: at, Kind: "wish", Answered: in(-time.Hour)}, // by a clock that was set back
	}
	all := map[kept.Key]int{}
	before := map[kept.Key]int{}
	for i, f := range steps {
		after := sums(f, zone)
		for k, n := range difference(before, after) {
			if all[k] += n; all[k] == 0 {
				delete(all, k)
			}
		}
		if !maps.Equal(all, after) {
			t.Errorf("step %d: %v, want %v", i, all, after)
		}
		before = after
	}
}

func TestMedian(t *testing.T) {
	if median(nil) != nil || median(map[int]int{3: 0}) != nil {
		t.Error("of nothing")
	}
	for seconds := int64(1); seconds < 1e8; seconds += 1 + seconds/7 {
		spans := map[int]int{}
		for _, s := range []int64{1, seconds, 1e9} {
			place, err := strconv.Atoi(span(0, s*1e6))
			if err != nil {
				t.Fatal(err)
			}
			spans[place]++
		}
		got := float64(*median(spans))
		if got < 0.95*float64(seconds)-1 || got > 1.05*float64(seconds)+1 { // whole seconds
			t.Fatalf("%v, want %v", got, seconds)
		}
	}
}
