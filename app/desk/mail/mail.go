// Package mail brings mails in and sends them out: it joins what fetches, reads, writes and hands them over.
package mail

import (
	"context"
	"errors"
	"fmt"
	"io"
	netmail "net/mail"
	"net/url"
	"strconv"
	"sync"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/cases/rule"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/mail/inbox"
	"github.com/beistand/beistand/app/desk/mail/intake"
	"github.com/beistand/beistand/app/desk/mail/notice"
	"github.com/beistand/beistand/app/desk/mail/outbox"
	"github.com/beistand/beistand/app/desk/mail/texts"
	"github.com/beistand/beistand/app/desk/mail/thread"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/db"
	kept "github.com/beistand/beistand/app/desk/store/mail"
	"github.com/beistand/beistand/app/desk/store/people"
)

// Settings are what an administrator says about mail.
type Settings struct {
	From    netmail.Address // whom mails are from, and where tickets are written to; none: there is no mail
	In      *inbox.Box      // nil: nothing is fetched
	Out     *outbox.Server  // nil: nothing is sent
	Signed  bool            // the server knows no addresses with a "+": what signs a ticket stands in subjects
	Known   bool            // only known customers may file tickets by mail
	Refused []string        // addresses and domains from which nothing is taken
}

// Config is what Mail is made from.
type Config struct {
	Settings
	Store        *store.Store
	Cases        intake.Cases
	Journal      *journal.Journal
	Dir          string   // the desk's, for what a mail server's pipe leaves
	Base         *url.URL // where people reach the desk; nil: mails have no links
	Organisation string
	Language     string // of what the desk writes for its staff
	Now          func() time.Time
	Log          interface{ Printf(string, ...any) }
}

// Mail is the desk's.
type Mail struct {
	cfg    Config
	intake *intake.Intake
	notes  *notice.Notices
	queue  *outbox.Queue // nil: nothing is sent
	kick   chan struct{} // holds one

	put map[string]time.Time // files of the spool that could not be taken, until their next turn; of spooling alone
}

// New makes Mail; Run has it work.
func New(ctx context.Context, c Config) (*Mail, error) {
	if c.Language == "" {
		c.Language = "en"
	}
	m := &Mail{cfg: c, kick: make(chan struct{}, 1), put: map[string]time.Time{}}
	if c.From.Address == "" {
		if c.In != nil || c.Out != nil {
			return nil, errors.New("mail: whom mails are from is missing")
		}
		return m, nil
	}
	if a := intake.Address(c.From.Address); a == "" || a != c.From.Address {
		return nil, fmt.Errorf("mail: %q is no mail address in small letters", c.From.Address)
	}
	var key thread.Key
	var since time.Time
	err := c.Store.DB().Tx(ctx, func(tx *db.Tx) (err error) {
		key, since, err = kept.Key(ctx, tx, thread.NewKey(), c.Now())
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("mail: %w", err)
	}
	m.intake = intake.New(intake.Config{
		Store: c.Store, Cases: c.Cases, Key: key, Desk: c.From.Address, Now: c.Now, Language: c.Language, Known: c.Known, Refused: c.Refused,
	})
	m.notes = notice.New(notice.Config{
		Key: key, From: c.From, Organisation: c.Organisation, Language: c.Language, Since: since, Now: c.Now, Signed: c.Signed, Link: m.link, Console: m.console,
	})
	if c.Out != nil {
		m.queue = &outbox.Queue{DB: c.Store.DB(), Server: *c.Out, Now: c.Now, Log: c.Log, Open: m.open, Failed: m.failed}
	}
	return m, nil
}

// spoolEvery is how often the spool is looked into, and spoolAgain until what
// could not be taken has its next turn: reading all of it each time would keep
// the desk from everything else.
const (
	spoolEvery = time.Second
	spoolAgain = time.Minute
)

// Run works until ctx ends, and waits for all that it has begun.
func (m *Mail) Run(ctx context.Context) {
	if m.intake == nil {
		return
	}
	var all sync.WaitGroup
	defer all.Wait()
	all.Go(func() { m.spooling(ctx) })
	if m.cfg.In != nil {
		turn := newTurn(m.cfg.Store.DB(), m.cfg.In.Folder())
		fetch := func(ctx context.Context) { m.cfg.In.Run(ctx, m.take, m.cfg.Log) }
		all.Go(func() { turn.hold(ctx, fetch, func(err error) { m.cfg.Log.Printf("mail: %v", err) }) })
	}
	if m.queue != nil {
		all.Go(func() { m.queue.Run(ctx, m.kick) })
		all.Go(func() { _ = m.cfg.Journal.Consume(ctx, "mail", m.follow) }) // always nil
	}
}

func (m *Mail) spooling(ctx context.Context) {
	tick := time.NewTicker(spoolEvery)
	defer tick.Stop()
	last := ""
	for ctx.Err() == nil {
		err := errors.Join(m.spooled(ctx), m.tidy())
		switch {
		case err == nil:
			last = ""
		case err.Error() != last && ctx.Err() == nil: // once for each time that something else goes wrong
			last = err.Error()
			m.cfg.Log.Printf("mail: %v", err)
		}
		select {
		case <-ctx.Done():
		case <-tick.C:
		}
	}
}

// take is what is done with each message that comes, whichever way.
func (m *Mail) take(ctx context.Context, raw []byte) (refused bool, err error) {
	t, err := m.intake.Take(ctx, raw)
	if err != nil {
		return false, err
	}
	m.cfg.Journal.Kick()
	return t.Refused != "", nil
}

// follow puts what is told of e into the outbox.
func (m *Mail) follow(ctx context.Context, tx *db.Tx, e journal.Entry) error {
	if err := m.notes.Follow(ctx, tx, e); err != nil {
		return err
	}
	select {
	case m.kick <- struct{}{}: // its transaction is on disk soon
	default:
	}
	return nil
}

// link makes a link that opens a ticket to its customer.
func (m *Mail) link(ctx context.Context, tx *db.Tx, ticket int64) (string, error) {
	if m.cfg.Base == nil {
		return "", nil
	}
	_, secret, err := people.AddLink(ctx, tx, ticket, "mail", m.cfg.Now())
	if err != nil {
		return "", fmt.Errorf("make a link to ticket %d: %w", ticket, err)
	}
	return m.cfg.Base.JoinPath(api.PageLink).String() + secret, nil
}

// console is where staff see a ticket.
func (m *Mail) console(ticket int64) string {
	if m.cfg.Base == nil {
		return ""
	}
	return m.cfg.Base.JoinPath("desk", "tickets", strconv.FormatInt(ticket, 10)).String()
}

// maxAttached bounds the files that go with one mail, in bytes: servers take no more.
const maxAttached = 20 << 20

// open reads a file that goes with a mail. One that the scanner has not called
// clean does not leave the desk.
func (m *Mail) open(ctx context.Context, ticket int64, id string) (outbox.File, error) {
	a, err := m.cfg.Store.File(ctx, ticket, id)
	if err != nil {
		return outbox.File{}, &outbox.RefusedError{Reason: fmt.Sprintf("its file %s is not there", id)}
	}
	switch {
	case a.Scan == api.ScanWaiting:
		return outbox.File{}, fmt.Errorf("its file %q was not looked at by the scanner yet", a.Name)
	case a.Scan != api.ScanClean:
		return outbox.File{}, &outbox.RefusedError{Reason: fmt.Sprintf("its file %q was not called clean by the scanner", a.Name)}
	case a.Size > maxAttached:
		return outbox.File{}, &outbox.RefusedError{Reason: fmt.Sprintf("its file %q has %d bytes; %d fit into a mail", a.Name, a.Size, maxAttached)}
	}
	content, err := m.cfg.Store.Open(ctx, a.SHA256)
	if err != nil {
		return outbox.File{}, fmt.Errorf("open %q: %w", a.Name, err)
	}
	defer content.Close()
	b, err := io.ReadAll(io.LimitReader(content, maxAttached))
	return outbox.File{Name: a.Name, Type: a.Type, Content: b}, err
}

// failed says on the ticket that a mail could not be sent.
func (m *Mail) failed(ctx context.Context, tx *db.Tx, f kept.Mail, reason string) error {
	m.cfg.Log.Printf("mail: %d to %s is given up: %s", f.ID, f.Address, reason)
	text := texts.Say(m.cfg.Language, texts.Unsent, map[string]any{"Address": f.Address, "Reason": reason})
	by := rule.Who{Actor: api.Actor{Kind: api.ActorDesk}}
	_, _, err := m.cfg.Cases.Add(ctx, tx, by, api.Entry{Ticket: f.Ticket, At: m.cfg.Now().UTC(), Kind: api.EntryNote, By: by.Author(), Text: text}, "", nil)
	return err
}
