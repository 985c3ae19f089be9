package cases

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
)

// TestCase walks one case from its filing to the day after its closing.
func TestCase(t *testing.T) {
	each(t, func(h *house) {
		t := h.t
		filed := h.file(func(n *api.NewTicket) {
			n.Kind, n.Impact, n.ProductVersion, n.Findings, n.Signs = api.Fault, api.ImpactMany, "4.2", []string{"disk-full"}, []string{"ORA-01017"}
			n.Critical = []api.CriticalDate{{From: "2026-11-24", To: "2026-11-24", Why: "booking day"}}
			n.Answers = []api.Answer{{Question: "since", Text: "today"}}
		})
		n := filed.Number
		if filed.State != api.StateNew || filed.Version != 1 || filed.Suggested != "" {
			t.Fatalf("filed: %+v", filed)
		}
		seen := h.ticket("sam", n)
		if seen.Suggested != api.Critical || seen.Level != 1 || seen.Signs[0] != "ORA-01017" || seen.Findings[0] != "disk-full" || seen.Answers[0].Text != "today" {
			t.Errorf("as staff see it: %+v", seen)
		}
		due := h.now().Add(48 * time.Hour)
		changed := h.change("sam", n, api.TicketChange{
			Owner: to("sam"), Queue: to("erp"), Module: to("Booking"), Level: to(2), LevelAt: to("Vendor"), Watchers: &[]string{"kim", "SAM"},
			Urgency: &api.SetUrgency{Priority: api.High, Reason: "there is a way round"}, Promises: &[]api.Promise{{What: api.PromiseFix, Due: due}},
			Plan: &[]api.Step{{Text: "ask the vendor", Owner: "sam"}}, State: to(api.StateWaitingThird), WaitingFor: to("Vendor"),
		})
		if changed.Version != 2 || changed.Owner != "sam" || !slices.Equal(changed.Watchers, []string{"Kim", "sam"}) || changed.Urgency.By != "sam" ||
			changed.Waiting.For != "Vendor" || changed.Due == nil || !changed.Due.Equal(due) || len(changed.Plan) != 1 || changed.LevelAt != "Vendor" {
			t.Errorf("changed: %+v", changed)
		}
		if again := h.ticket("sam", n); !equal(t, again, changed) {
			t.Errorf("read again:\n%+v\n%+v", again, changed)
		}
		word := must[api.Added](h, customerSays, "POST", api.PathEntries, n, api.NewEntry{ID: id(), Text: "still broken"})
		if word.By != "customer" || word.Continued != nil || h.ticket("sam", n).State != api.StateWaitingThird {
			t.Errorf("a word of the customer: %+v", word)
		}
		h.pass(time.Hour)
		closed := must[api.Ticket](h, "sam", "POST", api.PathClose, n, api.CloseTicket{Version: 2, State: api.StateSolved, Cause: api.CausePatch, Solution: "patch 7", Tried: "restart", FirstCheck: true})
		if closed.State != api.StateSolved || closed.Closing.By != "sam" || !closed.Closing.FirstCheck || closed.Waiting != nil {
			t.Errorf("closed: %+v", closed)
		}
		ended := must[api.Ticket](h, customerSays, "POST", api.PathSolution, n, api.OwnSolution{Feedback: "thank you", Satisfied: to(true)})
		if c := ended.Closing; ended.State != api.StateClosed || c.Solution != "patch 7" || c.By != "staff" || !*c.Satisfied || ended.Owner != "" {
			t.Errorf("ended: %+v", ended)
		}
		want := []api.EntryKind{api.EntryChange, api.EntryNote, api.EntryChange, api.EntryNote, api.EntryChange}
		if got := kinds(h.entries("sam", n)); !slices.Equal(got, want) {
			t.Errorf("timeline is %v", got)
		}
		if got := kinds(h.entries(customerSays, n)); !slices.Equal(got, []api.EntryKind{api.EntryNote, api.EntryNote}) {
			t.Errorf("the customer's is %v", got)
		}
		wantTold := []string{actFiled, actEntry, actChanged, actEntry, actEntry, actClosed, actEntry, actEntry, actChanged}
		wantTold[8] = actClosed
		if got := h.journal(n); !slices.Equal(got, wantTold) {
			t.Errorf("journal is %v", got)
		}
		h.pass(13 * 24 * time.Hour)
		must[api.Added](h, customerSays, "POST", api.PathEntries, n, api.NewEntry{ID: id(), Text: "it is back"})
		if again := h.ticket("sam", n); again.State != api.StateOpen || again.Closing != nil {
			t.Errorf("opened again: %+v", again)
		}
	})
}

// equal says whether two things are the same as JSON.
func equal(t *testing.T, a, b any) bool {
	t.Helper()
	x, err1 := json.Marshal(a)
	y, err2 := json.Marshal(b)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	return string(x) == string(y)
}

// TestConflict: of two who have read the same, the second is shown what the first has made of it.
func TestConflict(t *testing.T) {
	each(t, func(h *house) {
		n := h.file().Number
		first := h.change("sam", n, api.TicketChange{Queue: to("erp")})
		for name, ask := range map[string]struct {
			who          person
			method, path string
			body         any
		}{
			"change":   {"Kim", "PATCH", api.PathTicket, api.TicketChange{Version: 1, Queue: to("crm")}},
			"nothing":  {"Kim", "PATCH", api.PathTicket, api.TicketChange{Version: 1}},
			"close":    {"Kim", "POST", api.PathClose, api.CloseTicket{Version: 1, State: api.StateClosed, Cause: api.CauseFault, Solution: "x"}},
			"ask":      {"Kim", "POST", api.PathRequests, api.Request{Version: 1}},
			"answers":  {customerSays, "PATCH", api.PathAnswers, api.Answers{Version: 1, Module: to("x")}},
			"solution": {customerSays, "POST", api.PathSolution, api.OwnSolution{Version: 1, Solution: "x"}},
			"never":    {"Kim", "PATCH", api.PathTicket, api.TicketChange{Queue: to("crm")}},
		} {
			var refused api.Error
			if status := h.do(ask.who, ask.method, ask.path, n, ask.body, &refused); status != 409 || refused.Kind != api.KindConflict {
				h.t.Errorf("%s: %d %+v", name, status, refused)
				continue
			}
			var current api.Ticket
			if err := json.Unmarshal(refused.Current, &current); err != nil || current.Version != first.Version || current.Number != n {
				h.t.Errorf("%s: shown is %s", name, refused.Current)
			}
			if hidden := current.Queue == ""; hidden != (ask.who == customerSays) {
				h.t.Errorf("%s: queue is %q", name, current.Queue)
			}
		}
		if now := h.ticket("sam", n); now.Version != first.Version || now.Queue != "erp" || now.State != api.StateNew {
			h.t.Errorf("changed all the same: %+v", now)
		}
		if got := kinds(h.entries("sam", n)); !slices.Equal(got, []api.EntryKind{api.EntryChange}) {
			h.t.Errorf("timeline is %v", got)
		}
	})
}

// TestNothing: a change that changes nothing leaves no trace.
func TestNothing(t *testing.T) {
	each(t, func(h *house) {
		n := h.file().Number
		same := h.change("sam", n, api.TicketChange{Title: to("Drucker druckt nicht"), Level: to(1), Queue: to("")})
		if same.Version != 1 || len(h.entries("sam", n)) != 0 {
			h.t.Errorf("%+v", same)
		}
	})
}

// TestFamily: parents are there, and never below their children.
func TestFamily(t *testing.T) {
	each(t, func(h *house) {
		var n []int64
		for range 3 {
			n = append(n, h.file().Number)
		}
		h.change("sam", n[1], api.TicketChange{Parent: &n[0]})
		h.change("sam", n[2], api.TicketChange{Parent: &n[1]})
		for name, c := range map[string][2]int64{"itself": {n[0], n[0]}, "its child": {n[0], n[1]}, "its grandchild": {n[0], n[2]}, "nobody": {n[0], 999}} {
			if status := h.do("sam", "PATCH", api.PathTicket, c[0], api.TicketChange{Version: 1, Parent: &c[1]}, nil); status != 422 {
				h.t.Errorf("%s: %d", name, status)
			}
		}
		if top := h.ticket("sam", n[0]); !slices.Equal(top.Children, n[1:2]) || top.Parent != 0 {
			h.t.Errorf("%+v", top)
		}
		if theirs := h.ticket(customerSays, n[0]); theirs.Children != nil {
			h.t.Errorf("the customer sees %v", theirs.Children)
		}
		h.change("sam", n[1], api.TicketChange{Parent: to(int64(0))})
		h.change("sam", n[0], api.TicketChange{Parent: &n[2]})
	})
}

// TestContinued: a word on what was closed long ago is a new ticket below it, once.
func TestContinued(t *testing.T) {
	each(t, func(h *house) {
		old := h.file(func(n *api.NewTicket) { n.Kind, n.ProductVersion = api.Question, "4.2" }).Number
		h.change("sam", old, api.TicketChange{Queue: to("erp"), Organisation: to(int64(5))})
		must[api.Ticket](h, customerSays, "POST", api.PathSolution, old, api.OwnSolution{Solution: "found it"})
		h.pass(15 * 24 * time.Hour)
		word := api.NewEntry{ID: id(), Text: "it is back"}
		first := must[api.Added](h, customerSays, "POST", api.PathEntries, old, word)
		if first.Continued == nil || first.Continued.Token == "" || first.Ticket == old {
			h.t.Fatalf("%+v", first)
		}
		again := must[api.Added](h, customerSays, "POST", api.PathEntries, old, word)
		if again.Ticket != first.Ticket || again.ID != first.ID {
			h.t.Errorf("said twice: %+v", again)
		}
		next := h.ticket("sam", first.Ticket)
		if next.Parent != old || next.Queue != "erp" || next.Kind != api.Question || next.Description != "it is back" || next.Name != "Ümit Jansen" || next.Organisation != 5 {
			h.t.Errorf("%+v", next)
		}
		if was := h.ticket("sam", old); was.State != api.StateClosed || !slices.Equal(was.Children, []int64{first.Ticket}) {
			h.t.Errorf("%+v", was)
		}
		if got := h.entries(customerSays, first.Ticket); len(got) != 1 || got[0].Text != "it is back" {
			h.t.Errorf("%+v", got)
		}
	})
}
