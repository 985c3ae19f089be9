package rule

import (
	"slices"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/reply"
)

// Asked checks what a customer is asked.
func Asked(r *api.Request) error {
	if len(r.Wants) > maxList {
		return reply.Invalid("there are more than %d wants", maxList)
	}
	return lines("text", &r.Text, maxAnswer, false)
}

// Wanted are those of a ticket's needs that its customer is asked for: the
// named ones, or all that is missing.
func Wanted(c api.Completeness, named []string) ([]api.Want, error) {
	if len(named) == 0 {
		if len(c.Missing) == 0 {
			return nil, reply.Invalid("nothing is missing; name what you want to ask for again")
		}
		return c.Missing, nil
	}
	var list []api.Want
	for _, id := range named {
		i := slices.IndexFunc(c.Needed, func(w api.Want) bool { return w.ID == id })
		if i < 0 {
			return nil, reply.Invalid("%q is not among what this ticket needs", id)
		}
		if !slices.Contains(list, c.Needed[i]) {
			list = append(list, c.Needed[i])
		}
	}
	return list, nil
}

// Answered is a ticket with what its customer has answered.
func Answered(t api.Ticket, a api.Answers) (_ api.Ticket, err error) {
	if len(a.Answers) == 0 && a.Product == nil && a.ProductVersion == nil && a.Module == nil && a.Impact == nil {
		return t, reply.Invalid("there are no answers")
	}
	if t.State == api.StateClosed {
		return t, reply.Refuse(409, api.KindConflict, "the ticket is closed; please write what is to be added as a message")
	}
	c := api.TicketChange{Product: a.Product, ProductVersion: a.ProductVersion, Module: a.Module, Impact: a.Impact, Answers: a.Answers}
	return Change(t, c, Who{Actor: api.Actor{Kind: api.ActorCustomer}}, nil, t.Updated)
}
