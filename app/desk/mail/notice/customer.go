package notice

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/mail"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/cases/rule"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/mail/intake"
	"github.com/beistand/beistand/app/desk/mail/texts"
	"github.com/beistand/beistand/app/desk/mail/thread"
	"github.com/beistand/beistand/app/desk/store/db"
	kept "github.com/beistand/beistand/app/desk/store/mail"
	"github.com/beistand/beistand/app/desk/store/people"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

// toCustomer begins a mail to a ticket's customer. Only what rule.ForCustomer
// leaves of the ticket is in reach. ok is false when they have left no address.
func (n *Notices) toCustomer(ctx context.Context, tx *db.Tx, e journal.Entry, what string) (p note, t api.Ticket, ok bool, err error) {
	whole, err := tickets.Read(ctx, tx, e.Ticket)
	if err != nil {
		return p, t, false, err
	}
	t = rule.ForCustomer(whole)
	address := intake.Address(t.Contact)
	if address == "" {
		return p, t, false, nil
	}
	link := ""
	if n.cfg.Link != nil {
		if link, err = n.cfg.Link(ctx, tx, e.Ticket); err != nil {
			return p, t, false, err
		}
	}
	return note{
		entry: e, side: thread.Customer, to: mail.Address{Name: t.Name, Address: address}, title: t.Title,
		person: e.Actor.Kind == api.ActorStaff,
		Notice: texts.Notice{What: what, Language: t.Language, Name: t.Name, Link: link},
	}, t, true, nil
}

// filed tells the customer that their ticket is there, other than when a
// program wrote it or a member of staff made it a part of another.
func (n *Notices) filed(ctx context.Context, tx *db.Tx, e journal.Entry) error {
	var d struct {
		Parent int64 `json:"parent"`
	}
	if err := json.Unmarshal(e.Detail, &d); err != nil {
		return fmt.Errorf("read %s: %w", e.Action, err)
	}
	if d.Parent != 0 && e.Actor.Kind == api.ActorStaff {
		return nil
	}
	first, err := kept.FirstOf(ctx, tx, e.Ticket)
	if err == nil && (first.Side == intake.Silent || first.What != api.MailPerson) {
		return nil
	}
	if err != nil && !errors.Is(err, db.ErrNotFound) {
		return err
	}
	what := api.MailReceived
	if d.Parent != 0 {
		what = api.MailContinued
	}
	p, _, ok, err := n.toCustomer(ctx, tx, e, what)
	if err != nil || !ok {
		return err
	}
	p.Before = d.Parent
	return n.post(ctx, tx, p)
}

// session asks the customer to the screen.
func (n *Notices) session(ctx context.Context, tx *db.Tx, e journal.Entry) error {
	p, _, ok, err := n.toCustomer(ctx, tx, e, api.MailSession)
	if err != nil || !ok {
		return err
	}
	if p.Author, err = n.shown(ctx, tx, e.Actor); err != nil {
		return err
	}
	return n.post(ctx, tx, p)
}

// shown is how customers are told who did something.
func (n *Notices) shown(ctx context.Context, tx *db.Tx, a api.Actor) (string, error) {
	if a.Kind == api.ActorStaff {
		m, err := people.Member(ctx, tx, a.Name)
		if err == nil {
			return m.Name, nil
		}
		if !errors.Is(err, db.ErrNotFound) {
			return "", err
		}
	}
	return n.cfg.Organisation, nil
}

// closed tells of a solution, or of the end. Who has ended it themselves is not told.
func (n *Notices) closed(ctx context.Context, tx *db.Tx, e journal.Entry) error {
	if e.Actor.Kind == api.ActorCustomer || e.Actor.Kind == api.ActorMail {
		return nil
	}
	what := api.MailSolved
	p, t, ok, err := n.toCustomer(ctx, tx, e, what)
	if err != nil || !ok {
		return err
	}
	switch {
	case t.State == api.StateClosed:
		p.What = api.MailClosed
	case t.State != api.StateSolved: // it is open again by now
		return nil
	}
	if t.Closing != nil {
		p.Text = t.Closing.Solution
	}
	return n.post(ctx, tx, p)
}

// entryDetail is what the journal says of an entry.
type entryDetail struct {
	Entry    int64    `json:"entry"`
	Mentions []string `json:"mentions"`
}

// spoken are the kinds of entries that somebody wrote for others to read.
var spoken = map[api.EntryKind]bool{
	api.EntryNote: true, api.EntryCall: true, api.EntryMailIn: true, api.EntryMailOut: true, api.EntryRequest: true,
}

// entry tells of what was written: a public word to the customer, a mail to
// those it is to, what somebody outside wrote and what names them to staff.
func (n *Notices) entry(ctx context.Context, tx *db.Tx, e journal.Entry) error {
	var d entryDetail
	if err := json.Unmarshal(e.Detail, &d); err != nil {
		return fmt.Errorf("read %s: %w", e.Action, err)
	}
	whole, err := tickets.Entry(ctx, tx, d.Entry)
	if err != nil {
		return err
	}
	if whole.Gone != "" || !spoken[whole.Kind] {
		return nil
	}
	if whole.Kind == api.EntryMailOut && len(whole.To) > 0 {
		if err := n.third(ctx, tx, e, whole); err != nil {
			return err
		}
	}
	if seen, ok := rule.EntryForCustomer(whole); ok {
		if err := n.public(ctx, tx, e, seen); err != nil {
			return err
		}
	}
	return n.toStaff(ctx, tx, e, whole)
}

// public tells the customer of an entry that they see: seen is all that is known here of it.
func (n *Notices) public(ctx context.Context, tx *db.Tx, e journal.Entry, seen api.Entry) error {
	if e.Actor.Kind == api.ActorCustomer || seen.By == rule.ByCustomer || seen.Party == api.PartyCustomer && seen.Kind == api.EntryMailIn {
		return nil
	}
	what := api.MailPublic
	if seen.Kind == api.EntryRequest {
		what = api.MailRequest
	}
	p, _, ok, err := n.toCustomer(ctx, tx, e, what)
	if err != nil || !ok {
		return err
	}
	p.about, p.Text, p.Author = seen.ID, seen.Text, seen.Name
	for _, w := range seen.Wants {
		p.Wants = append(p.Wants, w.Label)
	}
	for _, f := range seen.Files {
		p.Files = append(p.Files, f.Name)
	}
	return n.post(ctx, tx, p)
}

// third sends a mail that a member of staff wrote on the ticket. Its readers
// may answer as what they are, and as no one else.
func (n *Notices) third(ctx context.Context, tx *db.Tx, e journal.Entry, written api.Entry) error {
	t, err := tickets.Read(ctx, tx, e.Ticket)
	if err != nil {
		return err
	}
	own := intake.Address(t.Contact)
	var files []string
	for _, f := range written.Files {
		files = append(files, f.ID)
	}
	for _, to := range written.To {
		address := intake.Address(to)
		if address == "" || address == own && written.Public { // the customer hears of it anyway
			continue
		}
		side, party := thread.Third, written.Party
		if party == "" {
			party = api.PartyVendor
		}
		if party == api.PartyCustomer {
			side = thread.Customer
		}
		if err := kept.SetParty(ctx, tx, e.Ticket, address, kept.Party{Party: party, Public: written.Public}); err != nil {
			return err
		}
		err := n.post(ctx, tx, note{
			entry: e, side: side, about: written.ID, to: mail.Address{Address: address}, title: t.Title, files: files, person: true,
			Notice: texts.Notice{What: api.MailThird, Language: t.Language, Text: written.Text},
		})
		if err != nil {
			return err
		}
	}
	return nil
}
