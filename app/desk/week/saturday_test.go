package week

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/store/db"
)

// saturday compares what the desk says with what the script has counted.
func saturday(h *house) {
	h.t.Helper()
	h.compareTickets()
	h.compareViews()
	h.compareBoard()
	h.within("the numbers are right", func() bool { return len(h.wrongNumbers()) == 0 })
	h.stop()
	h.compareJournal()
}

// compareTickets looks at every ticket.
func (h *house) compareTickets() {
	h.t.Helper()
	h.must(h.none())
	for n, k := range h.book.all {
		t, err := h.staff["admin"].Ticket(h.t.Context(), n)
		h.must(err)
		priority := t.Priority
		if t.Urgency != nil {
			priority = t.Urgency.Priority
		}
		got := kept{
			number: t.Number, token: k.token, contact: t.Contact, name: k.name, kind: t.Kind, product: t.Product, module: t.Module, priority: priority, state: t.State,
			owner: t.Owner, queue: t.Queue, escalated: t.Escalation != nil, minutes: t.Minutes, answered: k.answered,
		}
		if t.Closing != nil {
			got.cause, got.first = t.Closing.Cause, t.Closing.FirstCheck
		}
		if got != *k {
			h.t.Errorf("ticket %d is %+v, want %+v", n, got, *k)
		}
		if (t.Waiting != nil) != strings.HasPrefix(string(t.State), "waiting-") || (t.Closing != nil) != k.over() {
			h.t.Errorf("ticket %d is %s, with %+v and %+v", n, t.State, t.Waiting, t.Closing)
		}
	}
}

func (h *house) compareViews() {
	h.t.Helper()
	for _, who := range []string{"s00", "s05", "d0", "editor"} {
		list, err := h.staff[who].Views(h.t.Context())
		h.must(err)
		for _, v := range list.Views {
			want := h.book.count(func(k *kept) bool {
				switch v.Key {
				case api.ViewMine:
					return !k.over() && k.owner == who
				case api.ViewTeam:
					return !k.over() && slices.Contains(list.Queues, k.queue) && k.queue != ""
				case api.ViewUnowned:
					return !k.over() && k.owner == ""
				case api.ViewWaiting:
					return k.state == api.StateWaitingCustomer || k.state == api.StateWaitingThird
				case api.ViewEscalated:
					return !k.over() && k.escalated
				}
				return false // nothing was promised
			})
			if v.Count != want {
				h.t.Errorf("%s: the view %s has %d tickets, want %d", who, v.Key, v.Count, want)
			}
		}
	}
	for _, p := range api.Priorities {
		list, err := h.tickets(api.TicketQuery{Priorities: []api.Priority{p}})
		h.must(err)
		if want := h.book.count(func(k *kept) bool { return k.priority == p }); len(list) != want {
			h.t.Errorf("%d tickets are %s, want %d", len(list), p, want)
		}
	}
}

func (h *house) compareBoard() {
	h.t.Helper()
	b, err := h.staff["d0"].Board(h.t.Context(), api.BoardQuery{})
	h.must(err)
	for _, c := range b.Columns {
		if want := h.book.count(func(k *kept) bool { return string(k.state) == c.Key }); c.Total == nil || *c.Total != want || len(c.Tickets) != min(want, api.MaxColumn) || c.More != (want > api.MaxColumn) {
			h.t.Errorf("the board's column %s has %d tickets and shows %d, want %d", c.Key, *c.Total, len(c.Tickets), want)
		}
	}
}

// wrongNumbers are those that are not as the script has counted.
func (h *house) wrongNumbers() (wrong []string) {
	h.t.Helper()
	n, err := h.staff["d0"].Numbers(h.t.Context(), api.NumbersQuery{})
	h.must(err)
	check := func(what string, got, want int) {
		if got != want {
			wrong = append(wrong, fmt.Sprintf("%s: %d, want %d", what, got, want))
		}
	}
	var sum api.Week
	for _, w := range n.Weeks { // a test may run over midnight on a Sunday
		sum.Filed, sum.Answered, sum.Solved, sum.FirstCheck = sum.Filed+w.Filed, sum.Answered+w.Answered, sum.Solved+w.Solved, sum.FirstCheck+w.FirstCheck
	}
	check("filed", sum.Filed, len(h.book.all))
	check("answered", sum.Answered, h.book.count(func(k *kept) bool { return k.answered }))
	check("solved", sum.Solved, h.book.count((*kept).over))
	check("at the first check", sum.FirstCheck, h.book.count(func(k *kept) bool { return k.first }))
	for _, c := range n.Causes {
		check("cause "+string(c.Cause), c.Solved, h.book.count(func(k *kept) bool { return k.over() && k.cause == c.Cause }))
		check("first check of "+string(c.Cause), c.FirstCheck, h.book.count(func(k *kept) bool { return k.first && k.cause == c.Cause }))
	}
	for _, c := range n.Kinds {
		check("kind "+string(c.Kind), c.Filed, h.book.count(func(k *kept) bool { return k.kind == c.Kind }))
	}
	for _, p := range n.Products {
		of := func(k *kept) bool { return k.product == p.Product && (p.Module == "" || k.module == p.Module) }
		check("filed in "+p.Product+" "+p.Module, p.Filed, h.book.count(of))
		check("solved in "+p.Product+" "+p.Module, p.Solved, h.book.count(func(k *kept) bool { return of(k) && k.over() }))
	}
	hours, days := 0, 0
	for _, n := range n.Hours {
		hours += n
	}
	for _, n := range n.Weekdays {
		days += n
	}
	check("by hour", hours, len(h.book.all))
	check("by weekday", days, len(h.book.all))
	if !reflect.DeepEqual(wrong, h.wrong) && len(wrong) > 0 {
		h.t.Logf("not yet: %s", strings.Join(wrong, "; "))
	}
	h.wrong = wrong
	return wrong
}

// compareJournal verifies the chain, and that what happened is in it.
func (h *house) compareJournal() {
	h.t.Helper()
	d, err := db.Open(h.t.Context(), h.source)
	h.must(err)
	defer d.Close() // it was read from alone
	j, err := journal.New(h.t.Context(), journal.Config{DB: d, Log: said{h.t}})
	h.must(err)
	head, err := j.Verify(h.t.Context())
	h.must(err)
	var filed int
	h.must(d.QueryRowContext(h.t.Context(), "SELECT count(*) FROM journal WHERE action = ?", "ticket.filed").Scan(&filed))
	if filed != len(h.book.all) {
		h.t.Errorf("the journal has %d tickets filed, want %d", filed, len(h.book.all))
	}
	h.t.Logf("the journal has %d entries and holds", head.Seq)
}
