package rule

import (
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/reply"
)

// ended says whether a state is an end.
func ended(s api.State) bool { return s == api.StateSolved || s == api.StateClosed }

// changeState goes where a person may send a ticket:
//
//	new, open, waiting-customer, waiting-third -> open, waiting-customer, waiting-third
//	solved, closed -> open
//
// Solved and closed need a cause and a solution, and are Close's.
func changeState(t *api.Ticket, c api.TicketChange, _ Who, _ Staff, now time.Time) error {
	whom := ""
	if c.WaitingFor != nil {
		whom = *c.WaitingFor
		if err := line("one who is waited for", &whom, api.MaxName, false); err != nil {
			return err
		}
	}
	if c.State == nil {
		if c.WaitingFor == nil {
			return nil
		}
		if t.State != api.StateWaitingThird {
			return reply.Invalid("waiting_for goes with the state %s", api.StateWaitingThird)
		}
		return wait(t, api.StateWaitingThird, whom, now)
	}
	switch to := *c.State; {
	case ended(to):
		return reply.Invalid("a ticket is solved and closed with its cause and solution, at %s", api.PathClose)
	case to == api.StateNew && t.State != api.StateNew:
		return reply.Invalid("a ticket does not become new again")
	case to == api.StateNew:
		return nil
	case to == api.StateOpen:
		open(t)
		return nil
	case to != api.StateWaitingCustomer && to != api.StateWaitingThird:
		return oneOf("state", to, api.States)
	case ended(t.State):
		return reply.Refuse(409, api.KindConflict, "the ticket is %s; it has to be opened first", t.State)
	default:
		return wait(t, to, whom, now)
	}
}

// open makes a ticket one that somebody has to work on. What was known at its
// end is on its timeline.
func open(t *api.Ticket) {
	t.State, t.Waiting, t.Closing = api.StateOpen, nil, nil
}

// wait makes a ticket wait. Since when stays when it waits for the same already.
func wait(t *api.Ticket, state api.State, whom string, now time.Time) error {
	if state == api.StateWaitingCustomer {
		if whom = t.Name; whom == "" {
			whom = "customer"
		}
	}
	if whom == "" {
		return reply.Invalid("waiting for a third party needs waiting_for: for whom")
	}
	if t.State == state && t.Waiting != nil && t.Waiting.For == whom {
		return nil
	}
	t.State, t.Waiting = state, &api.Waiting{For: whom, Since: now.UTC()}
	return nil
}

// Ask makes a ticket wait for its customer, who was asked for what is missing.
func Ask(t api.Ticket, now time.Time) (api.Ticket, error) {
	if ended(t.State) {
		return t, reply.Refuse(409, api.KindConflict, "the ticket is %s; it has to be opened first", t.State)
	}
	return t, wait(&t, api.StateWaitingCustomer, "", now)
}

// Told is a ticket after a public word of support's: a new one is open.
func Told(t api.Ticket) api.Ticket {
	if t.State == api.StateNew {
		open(&t)
	}
	return t
}

// Heard is a ticket after a word of its customer's: one that waits for them or
// is solved is open again, and so is one that is closed, for two weeks. late
// says that it was closed too long ago: the word belongs on a new ticket.
func Heard(t api.Ticket, now time.Time) (_ api.Ticket, late bool) {
	switch t.State {
	case api.StateClosed:
		if t.Closing != nil && now.Sub(t.Closing.At) > reopenable {
			return t, true
		}
		open(&t)
	case api.StateWaitingCustomer, api.StateSolved:
		open(&t)
	}
	return t, false
}
