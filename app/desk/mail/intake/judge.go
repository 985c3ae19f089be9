package intake

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/cases/rule"
	"github.com/beistand/beistand/app/desk/mail/parse"
	"github.com/beistand/beistand/app/desk/mail/texts"
	"github.com/beistand/beistand/app/desk/mail/thread"
	"github.com/beistand/beistand/app/desk/store/customers"
	"github.com/beistand/beistand/app/desk/store/db"
	kept "github.com/beistand/beistand/app/desk/store/mail"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

// judgement is where a mail belongs. A ticket without a number is a new one.
type judgement struct {
	refused string // one of package texts' reasons; "": it belongs onto ticket
	ticket  api.Ticket
	role    role
	failed  *kept.Mail
	parent  int64 // of a new ticket: the one that was closed for too long
}

// judge decides. began is the ticket that was chosen for it before; 0: none.
func (n *Intake) judge(ctx context.Context, tx *db.Tx, m parse.Message, began int64) (j judgement, err error) {
	if loop, err := n.own(ctx, tx, m); err != nil || loop != "" {
		j.refused = loop
		return j, err
	}
	switch m.Kind {
	case api.MailReceipt:
		j.refused = texts.Receipt
		return j, nil
	case api.MailBounce:
		return n.bounced(ctx, tx, m)
	}
	switch {
	case m.From.Address == "":
		j.refused = texts.Nobody
	case n.blocked(m.From.Address):
		j.refused = texts.Blocked
	}
	if j.refused != "" {
		return j, nil
	}
	w, err := n.writer(ctx, tx, m.From.Address)
	if err != nil {
		return j, err
	}
	if m.Denied { // nobody whom the desk knows
		w = writer{}
	}
	j, err = n.place(ctx, tx, m, w, began)
	if err == nil && began == 0 && j.refused == "" { // what is refused is done with, however often it comes
		err = n.often(ctx, tx, m, w)
	}
	return j, err
}

// place says onto which ticket a mail belongs, and as whose word.
func (n *Intake) place(ctx context.Context, tx *db.Tx, m parse.Message, w writer, began int64) (j judgement, err error) {
	f, err := n.find(ctx, tx, m)
	if err != nil {
		return j, err
	}
	if began != 0 && f.ticket.Number != began { // it was a new one
		f = found{strong: true}
		if f.ticket, err = tickets.Read(ctx, tx, began); err != nil {
			return j, err
		}
	}
	if f.ticket.Number != 0 {
		if j.role, err = n.roleOn(ctx, tx, f, w, m.From.Address); err != nil {
			return j, err
		}
		j.role.known = j.role.known && !m.Denied // what the desk has signed proves more than a name
		j.ticket = f.ticket
	}
	if m.Kind != api.MailPerson {
		switch {
		case j.ticket.Number != 0 && (f.strong || j.role.known):
			j.role = role{party: j.role.party, known: true} // nobody wrote it: it is for staff to know
		case m.Kind == api.MailBulk:
			j.refused = texts.Bulk
		default:
			j.refused = texts.Auto
		}
		return j, nil
	}
	if j.ticket.Number != 0 && (f.strong || j.role.known) {
		if _, late := rule.Heard(j.ticket, n.cfg.Now()); !late || !j.role.customer || began != 0 {
			return j, nil
		}
		j.parent = j.ticket.Number
		j.ticket, j.role = api.Ticket{}, role{customer: true, public: true, known: true, party: api.PartyCustomer, from: w}
		return j, nil
	}
	j.ticket, j.role = api.Ticket{}, role{customer: true, public: true, party: api.PartyCustomer, whole: true, from: w}
	if n.cfg.Known && w.organisation == 0 && w.staff == "" {
		j.refused = texts.Stranger
	}
	return j, nil
}

// own knows the desk's own mails when they come back.
func (n *Intake) own(ctx context.Context, tx *db.Tx, m parse.Message) (string, error) {
	if m.Desk == n.cfg.Key.Mark() || m.Kind != api.MailBounce && thread.Own(n.cfg.Desk, m.From.Address) {
		return texts.Loop, nil
	}
	if m.Hops > maxHops {
		return texts.Hops, nil
	}
	ours, err := kept.ByMessage(ctx, tx, m.ID)
	if errors.Is(err, db.ErrNotFound) {
		return "", nil
	}
	if err == nil && !ours.In {
		return texts.Loop, nil
	}
	return "", err
}

// bounced finds the mail of ours that did not arrive.
func (n *Intake) bounced(ctx context.Context, tx *db.Tx, m parse.Message) (j judgement, err error) {
	j.role = role{known: true}
	ours, err := kept.ByMessage(ctx, tx, m.Report.Original)
	if err == nil && !ours.In {
		j.failed = &ours
		j.ticket, err = tickets.Read(ctx, tx, ours.Ticket)
		return j, err
	}
	if err != nil && !errors.Is(err, db.ErrNotFound) {
		return j, err
	}
	number, _, ok := n.cfg.Key.Addressed(n.cfg.Desk, append(m.To, m.Delivered...))
	if ok {
		j.ticket, err = tickets.Read(ctx, tx, number)
		if err == nil || !errors.Is(err, db.ErrNotFound) {
			return j, err
		}
	}
	j.refused = texts.Unknown
	return j, nil
}

func (n *Intake) blocked(address string) bool {
	_, domain, _ := strings.Cut(address, "@")
	for _, r := range n.cfg.Refused {
		r = strings.ToLower(strings.TrimPrefix(r, "@"))
		if r == address || r == domain || strings.HasSuffix(domain, "."+r) {
			return true
		}
	}
	return false
}

// often holds back who writes too much.
func (n *Intake) often(ctx context.Context, tx *db.Tx, m parse.Message, w writer) error {
	most := perHourStranger
	if w.organisation != 0 || w.staff != "" {
		most = perHour
	}
	count, err := kept.Count(ctx, tx, m.From.Address, true, 0, n.cfg.Now().Add(-time.Hour))
	if err == nil && count >= most {
		return &LaterError{m.From.Address}
	}
	return err
}

// found is the ticket that a mail seems to be about.
type found struct {
	ticket api.Ticket
	side   thread.Side // that its reference was signed for; "": nobody has signed it
	strong bool        // only who was written to by the desk can know the reference
}

// find looks for it: by the address it went to, by what it answers, by its subject.
func (n *Intake) find(ctx context.Context, tx *db.Tx, m parse.Message) (f found, err error) {
	try := func(number int64, side thread.Side, strong bool) (bool, error) {
		if f.ticket, err = tickets.Read(ctx, tx, number); err == nil {
			f.side, f.strong = side, strong
			return true, nil
		}
		if errors.Is(err, db.ErrNotFound) {
			f, err = found{}, nil
		}
		return false, err
	}
	if number, side, ok := n.cfg.Key.Addressed(n.cfg.Desk, append(m.To, m.Delivered...)); ok {
		if done, err := try(number, side, true); done || err != nil {
			return f, err
		}
	}
	weak := int64(0)
	for _, id := range m.Answers {
		before, err := kept.ByMessage(ctx, tx, id)
		if errors.Is(err, db.ErrNotFound) {
			continue
		}
		if err != nil {
			return f, err
		}
		if !before.In {
			if done, err := try(before.Ticket, thread.Side(before.Side), true); done || err != nil {
				return f, err
			}
		} else if weak == 0 {
			weak = before.Ticket
		}
	}
	number, side, ok := n.cfg.Key.Subject(m.Subject)
	if ok && side != "" {
		if done, err := try(number, side, true); done || err != nil {
			return f, err
		}
	}
	for _, w := range []int64{weak, number} {
		if w != 0 {
			if done, err := try(w, "", false); done || err != nil {
				return f, err
			}
		}
	}
	return f, nil
}

// writer is who has written, as far as it is known.
type writer struct {
	staff        string
	organisation int64
	person       int64
	party        api.Party // the organisation's
	roles        []api.ContactRole
	language     string
}

func (n *Intake) writer(ctx context.Context, tx *db.Tx, address string) (w writer, err error) {
	if w.staff, err = kept.StaffBy(ctx, tx, address); err != nil {
		return w, err
	}
	w.organisation, w.person, _, err = customers.ByMail(ctx, tx, address)
	if errors.Is(err, db.ErrNotFound) {
		return w, nil
	}
	if err != nil {
		return w, err
	}
	o, err := customers.Organisation(ctx, tx, w.organisation)
	if err != nil {
		return w, err
	}
	w.party, w.language = o.Party, o.Language
	if w.person != 0 {
		p, err := customers.Contact(ctx, tx, w.person)
		if err != nil {
			return w, err
		}
		w.roles = p.Roles
		if p.Language != "" {
			w.language = p.Language
		}
	}
	return w, nil
}
