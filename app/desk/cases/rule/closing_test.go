package rule

import (
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
)

func TestClose(t *testing.T) {
	fine := api.CloseTicket{State: api.StateSolved, Cause: api.CauseHandling, Solution: " shown how ", Tried: "a\nb", FirstCheck: true, Helped: "article/3"}
	for _, from := range api.States {
		got, err := Close(ticket("", from), fine, sam, now)
		if from == api.StateClosed {
			if status(err) != 409 {
				t.Errorf("solved after closed: %v", err)
			}
			continue
		}
		c := got.Closing
		if err != nil || got.State != api.StateSolved || got.Waiting != nil || c.Solution != "shown how" || c.By != "sam" || !c.FirstCheck || c.Helped != "article/3" {
			t.Errorf("%s: %+v %v", from, got, err)
		}
	}
	for name, change := range map[string]func(*api.CloseTicket){
		"no cause":    func(c *api.CloseTicket) { c.Cause = "" },
		"a cause":     func(c *api.CloseTicket) { c.Cause = "moon" },
		"no solution": func(c *api.CloseTicket) { c.Solution = " \n" },
		"no end":      func(c *api.CloseTicket) { c.State = api.StateOpen },
	} {
		c := fine
		change(&c)
		if _, err := Close(ticket("", api.StateOpen), c, sam, now); status(err) != 422 {
			t.Errorf("%s: %v", name, err)
		}
	}
	again := fine
	again.State, again.Cause = api.StateClosed, api.CausePatch
	was := ticket("", api.StateClosed)
	got, err := Close(was, again, boss, now)
	if err != nil || got.Closing.Cause != api.CausePatch || !got.Closing.At.Equal(was.Closing.At) || got.Closing.By != "boss" {
		t.Errorf("corrected: %+v %v", got.Closing, err)
	}
	if was.Closing.Cause != api.CauseFault {
		t.Error("the ticket before was changed")
	}
}

func TestSolution(t *testing.T) {
	yes := true
	open, solved, closed := ticket("", api.StateOpen), ticket("", api.StateSolved), ticket("", api.StateClosed)
	got, words, err := Solution(open, api.OwnSolution{Solution: "restarted", Feedback: "quick", Satisfied: &yes}, now)
	if err != nil || got.State != api.StateClosed || got.Closing.By != ByCustomer || got.Closing.Solution != "restarted" || got.Closing.Cause != "" || words != "restarted\n\nquick" {
		t.Errorf("own: %+v %q %v", got.Closing, words, err)
	}
	got, words, err = Solution(solved, api.OwnSolution{Satisfied: &yes}, now)
	if c := got.Closing; err != nil || got.State != api.StateClosed || c.By != "sam" || c.Solution != "patched" || c.Cause != api.CauseFault || !c.At.Equal(now) || c.Satisfied == nil || words != "" {
		t.Errorf("support's: %+v %q %v", got.Closing, words, err)
	}
	got, _, err = Solution(closed, api.OwnSolution{Feedback: "thanks"}, now)
	if c := got.Closing; err != nil || c.Feedback != "thanks" || !c.At.Equal(closed.Closing.At) {
		t.Errorf("later feedback: %+v %v", got.Closing, err)
	}
	got, words, err = Solution(solved, api.OwnSolution{Reopen: true, Feedback: "still broken"}, now)
	if err != nil || got.State != api.StateOpen || got.Closing != nil || words != "still broken" {
		t.Errorf("reopened: %+v %v", got, err)
	}
	if solved.Closing.Satisfied != nil || closed.Closing.Feedback != "" {
		t.Error("a ticket before was changed")
	}
	for name, c := range map[string]struct {
		t      api.Ticket
		s      api.OwnSolution
		at     time.Time
		status int
	}{
		"without a reason":  {solved, api.OwnSolution{Reopen: true}, now, 422},
		"an open one":       {open, api.OwnSolution{Reopen: true, Feedback: "x"}, now, 409},
		"after a long time": {closed, api.OwnSolution{Reopen: true, Feedback: "x"}, now.Add(reopenable), 409},
	} {
		if _, _, err := Solution(c.t, c.s, c.at); status(err) != c.status {
			t.Errorf("%s: %v", name, err)
		}
	}
}
