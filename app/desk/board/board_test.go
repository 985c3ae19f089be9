package board

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/gate/gatetest"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(dbtest.Main(m)) }

// each runs a test in a house with a board, on both databases.
func each(t *testing.T, test func(h *gatetest.House)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := gatetest.New(t, d)
		h.Serve(New(Config{DB: d, Log: h, Now: h.Now, Journal: h, Cases: plain{h}}).Routes())
		test(h)
	})
}

// plain changes tickets with two rules: the version counts, and nobody may give anything to robin.
type plain struct{ h *gatetest.House }

func (p plain) Change(ctx context.Context, _ gate.Caller, number int64, c api.TicketChange) (t api.Ticket, err error) {
	err = p.h.DB.Tx(ctx, func(tx *db.Tx) error {
		if t, err = tickets.Read(ctx, tx, number); err != nil {
			return err
		}
		switch {
		case t.Version != c.Version:
			return reply.Conflict(t)
		case c.Owner != nil && *c.Owner == "robin":
			return reply.Forbidden()
		}
		if c.Owner != nil {
			t.Owner = *c.Owner
		}
		if c.Queue != nil {
			t.Queue = *c.Queue
		}
		if c.Watchers != nil {
			t.Watchers = *c.Watchers
		}
		return tickets.Write(ctx, tx, &t, p.h.Now())
	})
	return t, err
}

// scene files tickets of every sort and gives their numbers by name.
func scene(h *gatetest.House) map[string]int64 {
	h.Helper()
	soon, late, far := h.Now().Add(time.Hour), h.Now().Add(-time.Hour), h.Now().Add(30*time.Hour)
	promise := func(at time.Time) []api.Promise {
		return []api.Promise{{What: api.PromiseFix, Due: at, By: "sam"}}
	}
	numbers := map[string]int64{}
	for _, c := range []struct {
		name   string
		change func(*api.Ticket)
	}{
		{"new", func(*api.Ticket) {}},
		{"mine", func(t *api.Ticket) { t.State, t.Owner, t.Queue = api.StateOpen, "sam", "lager" }},
		{"mine, solved", func(t *api.Ticket) { t.State, t.Owner, t.Queue = api.StateSolved, "sam", "lager" }},
		{"dana's", func(t *api.Ticket) {
			t.State, t.Owner, t.Queue, t.Promises = api.StateOpen, "dana", "kasse", promise(soon)
		}},
		{"late", func(t *api.Ticket) {
			t.State, t.Owner, t.Queue, t.Promises = api.StateOpen, "dana", "lager", promise(late)
		}},
		{"far", func(t *api.Ticket) { t.State, t.Owner, t.Promises = api.StateOpen, "edda", promise(far) }},
		{"waiting", func(t *api.Ticket) { t.State, t.Owner = api.StateWaitingCustomer, "edda" }},
		{"third", func(t *api.Ticket) {
			t.State, t.Owner, t.Waiting = api.StateWaitingThird, "edda", &api.Waiting{For: "Hosting", Since: h.Now()}
		}},
		{"escalated", func(t *api.Ticket) {
			t.State, t.Owner, t.Escalation = api.StateOpen, "edda", &api.Escalation{Reason: "loud", By: "sam", At: h.Now()}
		}},
		{"was escalated", func(t *api.Ticket) {
			t.State, t.Owner, t.Escalation = api.StateClosed, "edda", &api.Escalation{Reason: "loud", By: "sam", At: h.Now()}
		}},
	} {
		numbers[c.name] = h.Ticket(nil)
		h.Change(numbers[c.name], c.change)
	}
	return numbers
}

func TestViews(t *testing.T) {
	each(t, func(h *gatetest.House) {
		n := scene(h)
		h.Must(200, "dana", "PUT", api.QueuePath("lager"), api.SetQueue{Members: []string{"sam", "SAM"}}, nil)
		want := map[string][]string{
			api.ViewMine: {"mine"}, api.ViewTeam: {"mine", "late"}, api.ViewUnowned: {"new"},
			api.ViewWaiting: {"waiting", "third"}, api.ViewDue: {"dana's", "late"}, api.ViewEscalated: {"escalated"},
		}
		var list api.ViewList
		h.Must(200, "sam", "GET", api.PathViews, nil, &list)
		if len(list.Views) != len(want) || !slices.Equal(list.Queues, []string{"lager"}) {
			t.Errorf("%+v", list)
		}
		for _, v := range list.Views {
			q := v.Query
			q.Limit = 50
			got, err := tickets.List(h.Context(), h.DB, tickets.Query{TicketQuery: q})
			if err != nil {
				t.Fatal(err)
			}
			var have, should []int64
			for _, ticket := range got {
				have = append(have, ticket.Number)
			}
			for _, name := range want[v.Key] {
				should = append(should, n[name])
			}
			slices.Sort(have)
			slices.Sort(should)
			if v.Count != len(should) || !slices.Equal(have, should) || v.None {
				t.Errorf("%s: counts %d and lists %v, want %v", v.Key, v.Count, have, should)
			}
		}
		h.Must(200, "edda", "GET", api.PathViews, nil, &list)
		for _, v := range list.Views {
			if v.Key == api.ViewTeam && (!v.None || v.Count != 0) {
				t.Errorf("who has no queue: %+v", v)
			}
		}
	})
}

func TestBoard(t *testing.T) {
	each(t, func(h *gatetest.House) {
		n := scene(h)
		names := map[int64]string{}
		for name, number := range n {
			names[number] = name
		}
		told := func(b api.Board) string {
			var text []string
			for _, c := range b.Columns {
				list := []string{}
				for _, t := range c.Tickets {
					list = append(list, names[t.Number])
				}
				total := ""
				if c.Total != nil {
					total = fmt.Sprint(*c.Total)
				}
				text = append(text, c.Key+total+"("+strings.Join(list, ", ")+")")
			}
			return strings.Join(text, " ")
		}
		for query, want := range map[string]string{
			"":                        "new1(new) open5(late, dana's, far, mine, escalated) waiting-customer1(waiting) waiting-third1(third)",
			"?by=state&queue=lager":   "new0() open2(late, mine) waiting-customer0() waiting-third0()",
			"?by=owner":               "(new) dana(late, dana's) edda(far, waiting, third, escalated) sam(mine)",
			"?by=owner&queue=lager":   "dana(late) sam(mine)",
			"?queue=lager&queue=none": "new0() open2(late, mine) waiting-customer0() waiting-third0()",
		} {
			var b api.Board
			h.Must(200, "sam", "GET", api.PathBoard+query, nil, &b)
			if got := told(b); got != want {
				t.Errorf("%q:\n%s\nwant\n%s", query, got, want)
			}
		}
		h.Must(400, "sam", "GET", api.PathBoard+"?by=weight", nil, nil)
		for range api.MaxColumn {
			h.Ticket(nil)
		}
		var b api.Board
		h.Must(200, "sam", "GET", api.PathBoard, nil, &b)
		if c := b.Columns[0]; len(c.Tickets) != api.MaxColumn || !c.More || *c.Total != api.MaxColumn+1 || c.Tickets[0].Number != n["new"] {
			t.Errorf("%d, more %v, %d in all", len(c.Tickets), c.More, *c.Total)
		}
	})
}

func TestQueues(t *testing.T) {
	each(t, func(h *gatetest.House) {
		scene(h)
		var q api.Queue
		h.Must(403, "sam", "PUT", api.QueuePath("lager"), api.SetQueue{}, nil)
		h.Must(422, "dana", "PUT", api.QueuePath("lager"), api.SetQueue{Members: []string{"nobody"}}, nil)
		h.Must(200, "dana", "PUT", api.QueuePath("lager"), api.SetQueue{Members: []string{"edda", "Sam"}}, &q)
		if q.Version != 1 || strings.Join(q.Members, " ") != "edda sam" || q.Open != 2 {
			t.Errorf("%+v", q)
		}
		if e := h.Must(409, "dana", "PUT", api.QueuePath("lager"), api.SetQueue{}, nil); !strings.Contains(string(e.Current), "edda") {
			t.Errorf("a conflict shows %s", e.Current)
		}
		h.Must(200, "dana", "PUT", api.QueuePath("a / b"), api.SetQueue{}, &q)
		h.Must(200, "dana", "PUT", api.QueuePath("lager"), api.SetQueue{Version: 1}, &q)
		if q.Version != 2 || len(q.Members) != 0 {
			t.Errorf("%+v", q)
		}
		var list api.QueueList
		h.Must(200, "sam", "GET", api.PathQueues, nil, &list)
		if len(list.Queues) != 3 || list.Queues[0].Name != "a / b" || list.Queues[1].Name != "kasse" || list.Queues[1].Open != 1 {
			t.Errorf("%+v", list.Queues)
		}
		h.Tx(func(ctx context.Context, tx *db.Tx) error {
			for i := range api.MaxQueues - 2 {
				if _, err := tx.ExecContext(ctx, "INSERT INTO queues (name, version) VALUES (?, 1)", fmt.Sprint("queue ", i)); err != nil {
					return err
				}
			}
			return nil
		})
		h.Must(409, "dana", "PUT", api.QueuePath("one more"), api.SetQueue{}, nil)
		h.Must(200, "dana", "PUT", api.QueuePath("lager"), api.SetQueue{Version: 2}, &q)
	})
}

// TestNobodysNumbers proves that no answer says how much somebody has or does:
// in no object of any of them does a name of staff stand beside a figure.
func TestNobodysNumbers(t *testing.T) {
	each(t, func(h *gatetest.House) {
		scene(h)
		h.Must(200, "dana", "PUT", api.QueuePath("lager"), api.SetQueue{Members: []string{"sam"}}, nil)
		h.Must(201, "sam", "POST", api.PathFilters, api.Filter{Name: "dana's", Shared: true, Query: api.TicketQuery{Owners: []string{"dana"}}}, nil)
		for _, path := range []string{api.PathViews, api.PathBoard, api.PathBoard + "?by=owner", api.PathQueues, api.PathFilters} {
			var answer any
			h.Must(200, "sam", "GET", path, nil, &answer)
			gatetest.NoFigures(t, path, answer, "sam")
		}
		b, err := json.Marshal(api.Column{Key: "dana"})
		if err != nil || strings.Contains(string(b), "total") {
			t.Errorf("%s", b)
		}
	})
}
