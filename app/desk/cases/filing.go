package cases

import (
	"context"
	"errors"
	"net/http"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/cases/rule"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

// create files a ticket, which anybody may. Staff do it for who calls them: the
// journal says so, and their office's address is not kept waiting.
func (c *Cases) create(w http.ResponseWriter, r *http.Request, caller gate.Caller) error {
	by := api.Actor{Kind: api.ActorCustomer}
	if caller.Staff != nil {
		by = caller.Actor()
	} else if err := c.cfg.Admit(r); err != nil {
		return err
	}
	var t api.NewTicket
	if err := reply.Read(w, r, &t); err != nil {
		return err
	}
	t, err := rule.Filed(t)
	if err != nil {
		return err
	}
	var made api.CreatedTicket
	err = c.tx(r.Context(), func(tx *db.Tx) error {
		made, err = c.FileIn(r.Context(), tx, tickets.Filing{NewTicket: t}, by)
		return err
	})
	if err != nil {
		return err
	}
	made.Ticket = rule.ForCustomer(made.Ticket)
	w.Header().Set("Location", api.TicketPath(made.Ticket.Number))
	return reply.JSON(w, http.StatusCreated, made)
}

// filedDetail is what the journal keeps of a new ticket.
type filedDetail struct {
	Kind     api.Kind     `json:"kind"`
	Product  string       `json:"product,omitempty"`
	Priority api.Priority `json:"priority"`
	Parent   int64        `json:"parent,omitempty"`
}

// FileIn files a ticket that rule.Filed has checked, and gives it with a token
// of its own. Filed once before, it is the same ticket.
func (c *Cases) FileIn(ctx context.Context, tx *db.Tx, f tickets.Filing, by api.Actor) (api.CreatedTicket, error) {
	now := c.cfg.Now()
	made, fresh, err := store.FileTicket(ctx, tx, f, now, now.Add(c.cfg.TokenTTL))
	if errors.Is(err, db.ErrConflict) {
		return made, reply.Refuse(http.StatusConflict, api.KindConflict, "another ticket was filed with this ID")
	}
	if err == nil && fresh {
		t := made.Ticket
		err = c.note(ctx, tx, now, by, t.Number, actFiled, filedDetail{Kind: t.Kind, Product: t.Product, Priority: t.Priority, Parent: t.Parent})
	}
	return made, err
}
