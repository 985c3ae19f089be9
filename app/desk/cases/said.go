package cases

import (
	"context"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/cases/rule"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

// Word is what a ticket's customer says, by whichever way.
type Word struct {
	api.NewEntry

	// Of a mail: who it is from, and what else the entry has to say. Kind is
	// then api.EntryMailIn.
	From, Name, Subject, Ref string
	To                       []string

	admit func() error // whether it may become a new ticket; nil: it may
}

// SaidIn writes a word of a customer's onto their ticket, which opens it again if
// it waited for them or was solved. One that has been closed for more than two
// weeks stays closed: the word becomes a new ticket below it.
func (c *Cases) SaidIn(ctx context.Context, tx *db.Tx, number int64, word Word) (added api.Added, err error) {
	t, err := tickets.Read(ctx, tx, number)
	if err != nil {
		return added, err
	}
	by := customer(t)
	now := c.cfg.Now().UTC()
	e := api.Entry{
		Ticket: number, At: now, Kind: word.Kind, Public: true, By: by.Author(), Name: by.Name, Party: api.PartyCustomer, Text: word.Text,
		From: word.From, Subject: word.Subject, Ref: word.Ref, To: word.To,
	}
	if word.From != "" {
		by.Actor = api.Actor{Kind: api.ActorMail, Name: word.From}
		e.By, e.Name = word.From, word.Name
	}
	if _, late := rule.Heard(t, now); late {
		return c.continued(ctx, tx, t, e, word, by)
	}
	e, made, err := c.attached(ctx, tx, by, e, word.NewEntry)
	if err != nil {
		return added, err
	}
	added.Entry = e
	if made {
		_, err = c.turn(ctx, tx, number, -1, by, false, func(t api.Ticket, now time.Time) (api.Ticket, error) {
			t, _ = rule.Heard(t, now)
			return t, nil
		})
	}
	return added, err
}

// continued files a word on a ticket that was closed long ago as a new one below
// it, with the files that came with the word. What says the same twice finds it
// again by the word's ID.
func (c *Cases) continued(ctx context.Context, tx *db.Tx, t api.Ticket, e api.Entry, word Word, by rule.Who) (added api.Added, err error) {
	if word.admit != nil {
		if err := word.admit(); err != nil {
			return added, err
		}
	}
	f := tickets.Filing{Parent: t.Number, Queue: t.Queue, NewTicket: api.NewTicket{
		ID: word.ID, Title: t.Title, Description: e.Text, Product: t.Product, Priority: t.Priority, Name: t.Name, Contact: t.Contact,
		Language: t.Language, Kind: t.Kind, ProductVersion: t.ProductVersion, Module: t.Module,
	}}
	made, err := c.FileIn(ctx, tx, f, by.Actor)
	if err != nil {
		return added, err
	}
	if err := tickets.Belongs(ctx, tx, made.Ticket.Number, t.Organisation, t.Person, t.Installation); err != nil {
		return added, err
	}
	e.Ticket = made.Ticket.Number
	n := api.NewEntry{ID: word.ID, Text: word.Text}
	if n.Files, err = store.Move(ctx, tx, t.Number, e.Ticket, word.NewEntry.Files); err != nil {
		return added, err
	}
	if added.Entry, _, err = c.attached(ctx, tx, by, e, n); err != nil {
		return added, err
	}
	made.Ticket = rule.ForCustomer(made.Ticket)
	added.Continued = &made
	return added, nil
}
