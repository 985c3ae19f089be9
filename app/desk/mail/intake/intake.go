// Package intake puts a mail that came onto the ticket that it is about.
package intake

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/cases"
	"github.com/beistand/beistand/app/desk/cases/rule"
	"github.com/beistand/beistand/app/desk/mail/parse"
	"github.com/beistand/beistand/app/desk/mail/texts"
	"github.com/beistand/beistand/app/desk/mail/thread"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/db"
	kept "github.com/beistand/beistand/app/desk/store/mail"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

// Cases files tickets and writes onto their timelines, in the caller's transaction.
type Cases interface {
	FileIn(ctx context.Context, tx *db.Tx, f tickets.Filing, by api.Actor) (api.CreatedTicket, error)
	SaidIn(ctx context.Context, tx *db.Tx, number int64, word cases.Word) (api.Added, error)
	Add(ctx context.Context, tx *db.Tx, by rule.Who, e api.Entry, uid string, content []byte) (api.Entry, bool, error)
}

// Config is what an Intake is made from.
type Config struct {
	Store    *store.Store
	Cases    Cases
	Key      thread.Key
	Desk     string // its own address
	Now      func() time.Time
	Language string   // of what the desk writes for its staff
	Known    bool     // who is no contact of a customer's may not file tickets
	Refused  []string // addresses, and domains with all below them, from which nothing is taken
}

// Intake takes mails.
type Intake struct{ cfg Config }

// New makes an Intake.
func New(c Config) *Intake { return &Intake{c} }

// Taken says what became of a mail.
type Taken struct {
	Ticket, Entry int64
	Refused       string // why it is on no ticket; "" when it is
}

// LaterError says that an address has sent too many mails: this one has its turn later.
type LaterError struct{ Address string }

func (e *LaterError) Error() string { return "too many mails from " + e.Address }

// How many mails of one address are taken in an hour; more wait.
const (
	perHour         = 120 // of somebody known
	perHourStranger = 20
)

// maxHops is how many servers a mail has passed that goes round (RFC 5321, section 6.3 says 100 at least; no honest way has half as many).
const maxHops = 50

// Take puts a message where it belongs, once: the same message again changes
// nothing, also when the desk stopped in between. An error is the desk's trouble,
// or a *LaterError; the message is then to be kept and given again.
func (n *Intake) Take(ctx context.Context, raw []byte) (Taken, error) {
	m, err := parse.Read(raw)
	if err != nil {
		sum := sha256.Sum256(raw)
		return n.refuse(ctx, kept.Mail{Mark: sum[:], Mail: api.Mail{What: api.MailPerson, Problem: texts.Say(n.cfg.Language, unread(err), nil)}})
	}
	var p plan
	err = n.cfg.Store.DB().Tx(ctx, func(tx *db.Tx) error {
		p, err = n.begin(ctx, tx, m)
		return err
	})
	if err != nil || p.done {
		return p.taken, err
	}
	ids, left, err := n.bring(ctx, p.ticket, m)
	if err != nil {
		return Taken{}, err
	}
	err = n.cfg.Store.DB().Tx(ctx, func(tx *db.Tx) error {
		p.taken, err = n.finish(ctx, tx, p, m, ids, left)
		return err
	})
	if err != nil {
		return Taken{}, fmt.Errorf("take mail: %w", err)
	}
	return p.taken, nil
}

// plan is what is to be done with a mail, and what was already.
type plan struct {
	id     int64 // of the mail's row
	done   bool
	taken  Taken
	ticket api.Ticket
	role   role
	failed *kept.Mail // the one of ours that did not arrive
}

// begin judges a mail, files its ticket when it needs a new one, and writes down that it came.
func (n *Intake) begin(ctx context.Context, tx *db.Tx, m parse.Message) (p plan, err error) {
	row, err := kept.ByMark(ctx, tx, m.Mark[:])
	before := err == nil
	if err != nil && !errors.Is(err, db.ErrNotFound) {
		return p, err
	}
	if before && row.State != api.MailTaking {
		p.done, p.taken = true, Taken{Ticket: row.Ticket, Entry: row.Entry, Refused: row.Problem}
		return p, nil
	}
	j, err := n.judge(ctx, tx, m, row.Ticket)
	if err != nil {
		return p, err
	}
	p.role, p.ticket, p.failed = j.role, j.ticket, j.failed
	r := n.row(m)
	if j.refused != "" {
		r.State, r.Problem = api.MailRefused, texts.Say(n.cfg.Language, j.refused, nil)
		_, _, err = kept.Add(ctx, tx, r)
		p.done, p.taken.Refused = true, r.Problem
		return p, err
	}
	if before {
		p.id = row.ID
		return p, nil
	}
	if p.ticket.Number == 0 {
		if p.ticket, err = n.file(ctx, tx, m, j); err != nil {
			return p, err
		}
	}
	r.State, r.Ticket = api.MailTaking, p.ticket.Number
	p.id, _, err = kept.Add(ctx, tx, r)
	return p, err
}

// Silent is the side of a mail that no program may answer.
const Silent = "silent"

func (n *Intake) row(m parse.Message) kept.Mail {
	r := kept.Mail{Mark: m.Mark[:], Mail: api.Mail{
		In: true, What: m.Kind, At: n.cfg.Now(), Address: m.From.Address, Name: m.From.Name, Subject: m.Subject, MessageID: m.ID,
		Quoted: m.Quoted, Signature: m.Signature, Remarks: n.remarks(m.Remarks),
	}}
	if m.NoAnswer {
		r.Side = Silent
	}
	return r
}

func (n *Intake) remarks(list []parse.Remark) []string {
	var out []string
	for _, r := range list {
		out = append(out, texts.Say(n.cfg.Language, r.Text, map[string]any{"What": r.What}))
	}
	return out
}

func (n *Intake) refuse(ctx context.Context, r kept.Mail) (Taken, error) {
	r.In, r.State, r.At = true, api.MailRefused, n.cfg.Now()
	err := n.cfg.Store.DB().Tx(ctx, func(tx *db.Tx) error {
		_, _, err := kept.Add(ctx, tx, r)
		return err
	})
	return Taken{Refused: r.Problem}, err
}

// uploadFor is how long a file that has come may wait for its entry.
const uploadFor = 24 * time.Hour

// bring puts a mail's files onto the ticket, as uploads: an entry names them next.
func (n *Intake) bring(ctx context.Context, t api.Ticket, m parse.Message) (ids []string, left []parse.Remark, err error) {
	for _, f := range m.Files {
		if len(f.Content) == 0 {
			continue
		}
		sum, now := sha256.Sum256(f.Content), n.cfg.Now()
		u, err := n.cfg.Store.CreateUpload(ctx, store.Upload{
			Ticket: t.Number, Kind: api.UploadFile, Name: f.Name, Type: f.Type, Size: int64(len(f.Content)), SHA256: hex.EncodeToString(sum[:]), Expires: now.Add(uploadFor),
		}, now)
		var limit *store.LimitError
		if errors.As(err, &limit) && !strings.Contains(limit.What, "unfinished") { // those are over soon
			left = append(left, parse.Remark{Text: "The ticket has too many files: {{.What}} was left out.", What: f.Name})
			continue
		}
		if err == nil {
			u, err = n.cfg.Store.Append(ctx, u, bytes.NewReader(f.Content), nil, now.Add(uploadFor))
		}
		if err == nil {
			err = n.cfg.Store.FinishUpload(ctx, u, now, nil)
		}
		if err != nil {
			return nil, nil, fmt.Errorf("keep %q of a mail: %w", f.Name, err)
		}
		ids = append(ids, u.ID)
	}
	return ids, left, nil
}

// unread says why nothing of a message could be read.
func unread(err error) string {
	switch {
	case errors.Is(err, parse.ErrEmpty):
		return texts.Empty
	case errors.Is(err, parse.ErrHeader):
		return texts.Header
	}
	return texts.Large
}
