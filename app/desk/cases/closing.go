package cases

import (
	"net/http"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/cases/rule"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

// end closes a ticket with its cause and solution, or offers them.
func (c *Cases) end(w http.ResponseWriter, r *http.Request, caller gate.Caller) error {
	var closing api.CloseTicket
	if err := reply.Read(w, r, &closing); err != nil {
		return err
	}
	by := who(caller)
	var t api.Ticket
	err := c.tx(r.Context(), func(tx *db.Tx) (err error) {
		t, err = c.turn(r.Context(), tx, caller.Number, closing.Version, by, false, func(t api.Ticket, now time.Time) (api.Ticket, error) {
			return rule.Close(t, closing, by, now)
		})
		return err
	})
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, t)
}

// solution is how the customer says that it ended, or did not.
func (c *Cases) solution(w http.ResponseWriter, r *http.Request, caller gate.Caller) error {
	if err := c.cfg.Saying(caller.Number); err != nil {
		return err
	}
	var said api.OwnSolution
	if err := reply.Read(w, r, &said); err != nil {
		return err
	}
	var t api.Ticket
	err := c.tx(r.Context(), func(tx *db.Tx) error {
		before, err := tickets.Read(r.Context(), tx, caller.Number)
		if err != nil {
			return err
		}
		by := customer(before)
		t, err = c.turn(r.Context(), tx, caller.Number, asRead(said.Version), by, false, func(t api.Ticket, now time.Time) (api.Ticket, error) {
			next, words, err := rule.Solution(t, said, now)
			if err != nil || words == "" {
				return next, err
			}
			e := api.Entry{Ticket: t.Number, At: now, Kind: api.EntryNote, Public: true, By: by.Author(), Name: by.Name, Party: api.PartyCustomer, Text: words}
			_, _, err = c.Add(r.Context(), tx, by, e, "", nil)
			return next, err
		})
		return err
	})
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, t)
}

// asRead is the version that a customer's change wants: 0 takes any.
func asRead(version int64) int64 {
	if version == 0 {
		return -1
	}
	return version
}
