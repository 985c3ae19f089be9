package notice

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/mail"
	"slices"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/mail/intake"
	"github.com/beistand/beistand/app/desk/mail/texts"
	"github.com/beistand/beistand/app/desk/mail/thread"
	"github.com/beistand/beistand/app/desk/store/db"
	kept "github.com/beistand/beistand/app/desk/store/mail"
	"github.com/beistand/beistand/app/desk/store/people"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

// toStaff tells those who are named in an entry, and the owner of what
// somebody outside has written. What no person wrote is told to nobody.
func (n *Notices) toStaff(ctx context.Context, tx *db.Tx, e journal.Entry, written api.Entry) error {
	t, err := tickets.Read(ctx, tx, e.Ticket)
	if err != nil {
		return err
	}
	author := written.Name
	if author == "" {
		author = written.By
	}
	for _, name := range written.Mentions {
		what := api.MailMention
		if e.Actor.Kind == api.ActorDesk {
			what = api.MailPromise
		}
		if err := n.tell(ctx, tx, e, t, what, name, author, written); err != nil {
			return err
		}
	}
	outside := e.Actor.Kind == api.ActorCustomer || e.Actor.Kind == api.ActorMail
	if !outside || t.Owner == "" || slices.Contains(written.Mentions, t.Owner) {
		return nil
	}
	if written.Kind == api.EntryMailIn {
		m, err := kept.ByEntry(ctx, tx, e.Ticket, written.ID)
		if err == nil && m.What != api.MailPerson && m.What != api.MailBounce {
			return nil
		}
		if err != nil && !errors.Is(err, db.ErrNotFound) {
			return err
		}
	}
	return n.tell(ctx, tx, e, t, api.MailAnswered, t.Owner, author, written)
}

// tell writes to a member of staff who has left an address. Nobody is told of
// what they have done themselves.
func (n *Notices) tell(ctx context.Context, tx *db.Tx, e journal.Entry, t api.Ticket, what, name, author string, written api.Entry) error {
	if e.Actor.Kind == api.ActorStaff && e.Actor.Name == name {
		return nil
	}
	m, err := people.Member(ctx, tx, name)
	if errors.Is(err, db.ErrNotFound) || err == nil && m.Disabled {
		return nil
	}
	if err != nil {
		return err
	}
	address := intake.Address(m.Email)
	if address == "" {
		return nil
	}
	console := ""
	if n.cfg.Console != nil {
		console = n.cfg.Console(t.Number)
	}
	return n.post(ctx, tx, note{
		entry: e, side: thread.Staff, about: written.ID, to: mail.Address{Name: m.Name, Address: address}, title: t.Title,
		person: e.Actor.Kind == api.ActorStaff,
		Notice: texts.Notice{What: what, Language: m.Language, Name: m.Name, Author: author, Text: written.Text, Link: console},
	})
}

// changed tells who has a ticket now, and dispatchers of one that is escalated.
func (n *Notices) changed(ctx context.Context, tx *db.Tx, e journal.Entry) error {
	var d struct {
		Changes []api.Changed `json:"changes"`
	}
	if err := json.Unmarshal(e.Detail, &d); err != nil {
		return fmt.Errorf("read %s: %w", e.Action, err)
	}
	for _, c := range d.Changes {
		if c.Field != "owner" && c.Field != "escalate" {
			continue
		}
		t, err := tickets.Read(ctx, tx, e.Ticket)
		if err != nil {
			return err
		}
		author, err := n.shown(ctx, tx, e.Actor)
		if err != nil {
			return err
		}
		if c.Field == "owner" {
			if c.To != "" && t.Owner == c.To {
				err = n.tell(ctx, tx, e, t, api.MailAssigned, c.To, author, api.Entry{Text: t.Description})
			}
		} else if t.Escalation != nil {
			err = n.escalated(ctx, tx, e, t, author)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (n *Notices) escalated(ctx context.Context, tx *db.Tx, e journal.Entry, t api.Ticket, author string) error {
	all, err := people.Members(ctx, tx)
	if err != nil {
		return err
	}
	for _, m := range all {
		if !slices.Contains(m.Roles, api.RoleDispatcher) {
			continue
		}
		if err := n.tell(ctx, tx, e, t, api.MailEscalation, m.User, author, api.Entry{Text: t.Escalation.Reason}); err != nil {
			return err
		}
	}
	return nil
}
