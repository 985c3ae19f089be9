package rule

import (
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/reply"
)

// ByCustomer is who has closed a ticket when its customer has.
const ByCustomer = "customer"

// Close is a ticket with its cause and solution. One that is closed already gets
// them in place of those that it has; when it was closed stays.
func Close(t api.Ticket, c api.CloseTicket, w Who, now time.Time) (api.Ticket, error) {
	if !ended(c.State) {
		return t, reply.Invalid("the state is not one of solved, closed")
	}
	if t.State == api.StateClosed && c.State != api.StateClosed {
		return t, reply.Refuse(409, api.KindConflict, "the ticket is closed; it has to be opened first")
	}
	if err := oneOf("cause", c.Cause, api.Causes); err != nil {
		return t, err
	}
	if err := lines("solution", &c.Solution, maxSolution, true); err != nil {
		return t, err
	}
	if err := lines("what was tried", &c.Tried, api.MaxDescription, false); err != nil {
		return t, err
	}
	if err := line("what helped", &c.Helped, api.MaxName, false); err != nil {
		return t, err
	}
	closing := api.Closing{By: w.Author(), At: now.UTC()}
	if t.Closing != nil {
		closing = *t.Closing
		if t.State != c.State {
			closing.At = now.UTC()
		}
		if closing.By != ByCustomer {
			closing.By = w.Author()
		}
	}
	closing.Cause, closing.Solution, closing.Tried, closing.FirstCheck, closing.Helped = c.Cause, c.Solution, c.Tried, c.FirstCheck, c.Helped
	t.State, t.Waiting, t.Closing = c.State, nil, &closing
	return t, nil
}

// Solution is a ticket after its customer has said how it ended: with a solution
// of their own, with support's (no solution), or that it is not solved. words is
// what they said, for the timeline.
func Solution(t api.Ticket, s api.OwnSolution, now time.Time) (_ api.Ticket, words string, err error) {
	if err := lines("solution", &s.Solution, maxSolution, false); err != nil {
		return t, "", err
	}
	if err := lines("feedback", &s.Feedback, maxSolution, false); err != nil {
		return t, "", err
	}
	words = s.Solution
	if s.Feedback != "" {
		if words != "" {
			words += "\n\n"
		}
		words += s.Feedback
	}
	if s.Reopen {
		return reopen(t, s, words, now)
	}
	closing := api.Closing{By: ByCustomer, At: now.UTC(), Solution: s.Solution}
	if t.Closing != nil {
		closing = *t.Closing
		if t.State == api.StateSolved {
			closing.At = now.UTC()
		}
		if s.Solution != "" && s.Solution != closing.Solution {
			closing.Solution, closing.By = s.Solution, ByCustomer
		}
	}
	if s.Feedback != "" {
		closing.Feedback = s.Feedback
	}
	if s.Satisfied != nil {
		is := *s.Satisfied
		closing.Satisfied = &is
	}
	t.State, t.Waiting, t.Closing = api.StateClosed, nil, &closing
	return t, words, nil
}

func reopen(t api.Ticket, s api.OwnSolution, words string, now time.Time) (api.Ticket, string, error) {
	if s.Feedback == "" {
		return t, "", reply.Invalid("the feedback is missing: what does not help?")
	}
	if !ended(t.State) {
		return t, "", reply.Refuse(409, api.KindConflict, "the ticket is not solved")
	}
	t, late := Heard(t, now)
	if late {
		return t, "", reply.Refuse(409, api.KindConflict, "the ticket has been closed for more than 14 days; please write what does not help as a message, or file a new one")
	}
	return t, words, nil
}
