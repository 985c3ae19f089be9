package desk

import (
	"net/http"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
)

// TestSessionsBookThemselves: a session that is over is on the timeline, with the minutes that it took.
func TestSessionsBookThemselves(t *testing.T) {
	h := open(t)
	made := h.ticket()
	number := made.Ticket.Number
	customer, sam := h.client(made.Token), h.client(h.staff())
	for i, what := range []string{api.MarkRefused, api.MarkEnded} {
		n := h.session(number)
		if what == api.MarkEnded {
			for _, m := range []string{api.MarkConsented, api.MarkStarted} {
				if err := customer.MarkSession(t.Context(), n.ID, api.SessionMark{What: m}); err != nil {
					t.Fatal(err)
				}
			}
			h.clock.pass(12*time.Minute + time.Second)
		}
		if err := customer.MarkSession(t.Context(), n.ID, api.SessionMark{What: what}); err != nil {
			t.Fatal(err)
		}
		want := []int{1, 3}[i]
		var list []api.Entry
		until(t, what+" is on the timeline", func() bool {
			timeline, err := sam.Timeline(t.Context(), number, 0, 0, 0)
			if err != nil {
				t.Fatal(err)
			}
			list = timeline.Entries
			return len(list) >= want
		})
		over := list[i]
		if over.Kind != api.EntrySession || over.Ref != n.ID || over.By != "sam" || over.Public != (what == api.MarkEnded) || over.Minutes != 0 {
			t.Errorf("%s: %+v", what, over)
		}
		if what == api.MarkRefused {
			continue
		}
		if booked := list[2]; booked.Kind != api.EntryTime || booked.Minutes != 13 || booked.Public || booked.Ref != n.ID {
			t.Errorf("booked: %+v", booked)
		}
		if got, err := sam.Ticket(t.Context(), number); err != nil || got.Minutes != 13 {
			t.Errorf("%d minutes, %v", got.Minutes, err)
		}
	}
}

// TestEvidenceEndsWaiting: a ticket that waits for evidence is open again when that has come.
func TestEvidenceEndsWaiting(t *testing.T) {
	h := open(t, func(c *Config) {
		c.Templates = api.Templates{Kinds: []api.Template{{Kind: api.Fault, Collect: []api.Collecting{{Collector: "log", Text: map[string]string{"en": "The log"}}}}}}
	})
	made := h.ticket()
	number := made.Ticket.Number
	sam, customer := h.client(h.staff()), h.client(made.Token)
	if _, err := sam.AskForMissing(t.Context(), number, api.Request{}); err != nil {
		t.Fatal(err)
	}
	path, _ := noiseFile(t, 2000)
	for _, c := range []struct {
		holds []string
		want  api.State
	}{{[]string{"memory"}, api.StateWaitingCustomer}, {[]string{"disks", "log-3"}, api.StateOpen}} {
		if _, err := customer.Upload(t.Context(), number, path, nil, c.holds...); err != nil {
			t.Fatal(err)
		}
		if got, err := sam.Ticket(t.Context(), number); err != nil || got.State != c.want {
			t.Errorf("with %v it is %s, %v", c.holds, got.State, err)
		}
	}
	if c, err := customer.Completeness(t.Context(), number); err != nil || len(c.Missing) != 0 || len(c.Needed) != 1 {
		t.Errorf("%+v %v", c, err)
	}
}

// TestClientsOfCases calls every method once over HTTP.
func TestClientsOfCases(t *testing.T) {
	h := open(t)
	made := h.ticket()
	number, ctx := made.Ticket.Number, t.Context()
	sam, customer := h.client(h.staff()), h.client(made.Token)
	queue := "erp"
	changed, err := sam.ChangeTicket(ctx, number, api.TicketChange{Version: 1, Queue: &queue})
	if err != nil || changed.Version != 2 {
		t.Fatalf("%+v %v", changed, err)
	}
	if _, err := sam.ChangeTicket(ctx, number, api.TicketChange{Version: 1}); client.KindOf(err) != api.KindConflict {
		t.Errorf("an older version: %v", err)
	}
	if e, err := customer.AddEntry(ctx, number, api.NewEntry{Text: "hello"}); err != nil || e.By != "customer" {
		t.Errorf("%+v %v", e, err)
	}
	if got, err := customer.GiveAnswers(ctx, number, api.Answers{Answers: []api.Answer{{Question: "since", Text: "today"}}}); err != nil || got.Queue != "" || len(got.Answers) != 1 {
		t.Errorf("%+v %v", got, err)
	}
	closed, err := sam.CloseTicket(ctx, number, api.CloseTicket{Version: 3, State: api.StateSolved, Cause: api.CauseVendor, Solution: "x"})
	if err != nil || closed.State != api.StateSolved {
		t.Errorf("%+v %v", closed, err)
	}
	if got, err := customer.TellSolution(ctx, number, api.OwnSolution{}); err != nil || got.State != api.StateClosed {
		t.Errorf("%+v %v", got, err)
	}
	timeline, err := customer.Timeline(ctx, number, 0, 0, 1)
	if err != nil || len(timeline.Entries) != 1 || !timeline.More {
		t.Errorf("%+v %v", timeline, err)
	}
	if all, err := h.client("").Templates(ctx); err != nil || len(all.Kinds) != len(api.Kinds) {
		t.Errorf("%+v %v", all, err)
	}
	list, err := sam.Tickets(ctx, api.TicketQuery{States: []api.State{api.StateClosed}, Queues: []string{"erp"}, Owners: []string{"-"}, Levels: []int{1}, Cause: api.CauseVendor})
	if err != nil || len(list) != 1 || list[0].Number != number || len(list[0].Answers) != 0 {
		t.Errorf("%+v %v", list, err)
	}
	for _, q := range []string{"states=x", "kinds=x", "priorities=x", "levels=4", "cause=x", "escalated=maybe", "bug=x", "due_before=today", "owners=%ff", "queues=%00"} {
		if status, _, body := h.do("GET", api.PathTickets+"?"+q, h.staff(), nil); status != http.StatusBadRequest {
			t.Errorf("%s: %d %s", q, status, body)
		}
	}
}
