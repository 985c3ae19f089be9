// Package notice writes the mails that follow from what was done on the desk: to customers, to third parties, to staff.
package notice

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"net/mail"
	"slices"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/mail/outbox"
	"github.com/beistand/beistand/app/desk/mail/texts"
	"github.com/beistand/beistand/app/desk/mail/thread"
	"github.com/beistand/beistand/app/desk/store/db"
	kept "github.com/beistand/beistand/app/desk/store/mail"
)

// Config is what Notices are made from.
type Config struct {
	Key          thread.Key
	From         mail.Address // whom mails are from: the desk's address, and its name
	Organisation string
	Language     string    // of what staff read of mails
	Since        time.Time // what was done before is not told
	Now          func() time.Time
	Signed       bool // the token stands in subjects: the server knows no addresses with a "+"

	// Link makes a link that opens a ticket to its customer; nil, or "": there is none.
	Link func(ctx context.Context, tx *db.Tx, ticket int64) (string, error)
	// Console is where staff see a ticket; nil, or "": nowhere.
	Console func(ticket int64) string
}

// Notices reads the journal and puts what is to be told into the outbox.
type Notices struct{ cfg Config }

// New makes Notices.
func New(c Config) *Notices { return &Notices{c} }

// Bounds of what goes to one address.
const (
	perHour = 10             // on one ticket; what a program has caused beyond is held, what a person has written waits
	inHour  = 20             // in all, of what a program has caused: anybody may file tickets in another's name
	perDay  = 200            // likewise
	tooOld  = 72 * time.Hour // what was done so long ago is no news: the desk had no mail meanwhile
)

// Follow is for journal.Consume: what e is told by goes into the outbox in tx.
// Of what was erased meanwhile nobody is told.
func (n *Notices) Follow(ctx context.Context, tx *db.Tx, e journal.Entry) error {
	if e.Ticket == 0 || e.Detail == nil || e.At.Before(n.cfg.Since) || n.cfg.Now().Sub(e.At) > tooOld {
		return nil
	}
	var err error
	switch e.Action {
	case "ticket.filed":
		err = n.filed(ctx, tx, e)
	case "entry.added", "entry.asked":
		err = n.entry(ctx, tx, e)
	case "session.asked":
		err = n.session(ctx, tx, e)
	case "ticket.closed":
		err = n.closed(ctx, tx, e)
	case "ticket.changed":
		err = n.changed(ctx, tx, e)
	}
	if errors.Is(err, db.ErrNotFound) { // it was deleted meanwhile
		return nil
	}
	return err
}

// note is a mail to be.
type note struct {
	entry  journal.Entry
	side   thread.Side
	about  int64 // the timeline's entry
	to     mail.Address
	title  string // of the ticket
	files  []string
	person bool // a person wants it to be sent now
	texts.Notice
}

// post puts a mail into the outbox, once for what it tells of.
func (n *Notices) post(ctx context.Context, tx *db.Tx, p note) error {
	ticket := p.entry.Ticket
	if thread.Own(n.cfg.From.Address, p.to.Address) {
		return nil // it would only come back
	}
	mark := sha256.Sum256(fmt.Appendf(nil, "journal %d %s %s", p.entry.Seq, p.What, p.to.Address))
	if _, err := kept.ByMark(ctx, tx, mark[:]); !errors.Is(err, db.ErrNotFound) {
		return err
	}
	now := n.cfg.Now()
	row := kept.Mail{Mark: mark[:], Side: string(p.side), Mail: api.Mail{
		State: api.MailWaiting, What: p.What, Ticket: ticket, Entry: p.about, At: now, Address: p.to.Address, Name: texts.Line(p.to.Name),
		MessageID: thread.NewID(n.cfg.From.Address), Next: &now,
	}}
	if err := n.bound(ctx, tx, &row, p.person); err != nil {
		return err
	}
	answers, err := kept.Thread(ctx, tx, ticket, p.to.Address, 10)
	if err != nil {
		return err
	}
	slices.Reverse(answers)
	token := n.cfg.Key.Token(ticket, p.side)
	reply := n.cfg.From.Address
	if !n.cfg.Signed {
		reply = thread.Address(reply, token)
	}
	row.Subject = texts.Line(thread.Tag(token, n.cfg.Signed) + " " + p.title)
	if len(answers) > 0 {
		row.Subject = "Re: " + row.Subject
	}
	p.Number, p.From = ticket, n.cfg.Organisation
	written := texts.Write(p.Notice)
	row.Content, err = json.Marshal(outbox.Letter{
		From: mail.Address{Name: texts.Line(n.cfg.From.Name), Address: n.cfg.From.Address}, ReplyTo: reply,
		To: mail.Address{Name: row.Name, Address: p.to.Address}, Subject: row.Subject, ID: row.MessageID, Answers: answers,
		Language: p.Language, List: list(n.cfg.From.Address), Notice: p.What != api.MailThird, Mark: n.cfg.Key.Mark(), Date: now,
		Plain: written.Plain, HTML: written.HTML, Files: p.files,
	})
	if err != nil {
		return fmt.Errorf("encode mail: %w", err)
	}
	_, _, err = kept.Add(ctx, tx, row)
	return err
}

// bound holds back what would be too much for one address: mails between two
// programs that answer each other end here.
func (n *Notices) bound(ctx context.Context, tx *db.Tx, row *kept.Mail, person bool) error {
	onTicket, err := kept.Count(ctx, tx, row.Address, false, row.Ticket, row.At.Add(-time.Hour))
	if err != nil {
		return err
	}
	hour, err := kept.Count(ctx, tx, row.Address, false, 0, row.At.Add(-time.Hour))
	if err != nil {
		return err
	}
	day, err := kept.Count(ctx, tx, row.Address, false, 0, row.At.Add(-24*time.Hour))
	if err != nil || onTicket < perHour && (person || hour < inHour && day < perDay) {
		return err
	}
	if person {
		later := row.At.Add(time.Hour)
		row.Next = &later
		return nil
	}
	row.State, row.Next, row.Problem = api.MailHeld, nil, texts.Say(n.cfg.Language, texts.TooMany, nil)
	return nil
}

// list is a List-Id (RFC 2919) of the desk's address.
func list(address string) string {
	id := []byte(address)
	for i, c := range id {
		if c == '@' {
			id[i] = '.'
		}
	}
	return "beistand." + string(id)
}
