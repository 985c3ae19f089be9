package mail_test

import (
	"context"
	"fmt"
	netmail "net/mail"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/cases"
	"github.com/beistand/beistand/app/desk/cases/rule"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/mail"
	"github.com/beistand/beistand/app/desk/mail/inbox"
	"github.com/beistand/beistand/app/desk/mail/mailtest"
	"github.com/beistand/beistand/app/desk/mail/outbox"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
	kept "github.com/beistand/beistand/app/desk/store/mail"
	"github.com/beistand/beistand/app/desk/store/people"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(dbtest.Main(m)) }

// house is a desk with mail: its store, its cases, its journal, and servers.
type house struct {
	*mailtest.Server
	t       *testing.T
	dir     string
	store   *store.Store
	cases   *cases.Cases
	journal *journal.Journal
	mail    *mail.Mail
	said    *said
}

// said keeps what is logged.
type said struct {
	mu sync.Mutex // guards b
	b  strings.Builder
}

func (s *said) Printf(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	fmt.Fprintf(&s.b, format+"\n", args...)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// open makes a house over the database at source, with sam, a supporter, and boss, a dispatcher.
func open(t *testing.T, source string, s *mailtest.Server) *house {
	t.Helper()
	h := over(t, source, s)
	h.tx(func(tx *db.Tx) error {
		for _, n := range []api.NewStaff{
			{User: "sam", Name: "Sam Support", Roles: []api.Role{api.RoleStaff}, Email: "Sam@example.com", Language: "en"},
			{User: "boss", Name: "Bo Boss", Roles: []api.Role{api.RoleDispatcher}, Email: "boss@example.com", Language: "nl"},
		} {
			if err := people.Add(t.Context(), tx, n, "", time.Now()); err != nil {
				return err
			}
		}
		return nil
	})
	return h
}

// over makes a house over a database that has people.
func over(t *testing.T, source string, s *mailtest.Server) *house {
	t.Helper()
	h := &house{Server: s, t: t, dir: t.TempDir(), said: &said{}}
	var err error
	if h.store, err = store.Open(t.Context(), h.dir, store.Options{Database: source}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.store.Close(); err != nil {
			t.Error(err)
		}
		if t.Failed() {
			t.Logf("logged:\n%s", h.said)
		}
	})
	if h.journal, err = journal.New(t.Context(), journal.Config{DB: h.store.DB(), Log: h.said}); err != nil {
		t.Fatal(err)
	}
	h.cases = cases.New(cases.Config{Store: h.store, Now: time.Now, TokenTTL: time.Hour, Kick: h.journal.Kick})
	return h
}

// run has the mail work until the test's end, or until what it gives is called.
func (h *house) run(change ...func(*mail.Config)) (stop func()) {
	h.t.Helper()
	in, err := inbox.Parse("imaps://support@"+h.IMAPS+"/INBOX", mailtest.Password, h.Roots)
	if err != nil {
		h.t.Fatal(err)
	}
	out, err := outbox.Parse("smtps://"+h.SMTPS, "", h.Roots)
	if err != nil {
		h.t.Fatal(err)
	}
	cfg := mail.Config{
		Settings: mail.Settings{From: netmail.Address{Name: "Example Care", Address: "support@example.com"}, In: &in, Out: &out},
		Store:    h.store, Cases: h.cases, Journal: h.journal, Dir: h.dir, Base: &url.URL{Scheme: "https", Host: "desk.example.com", Path: "/"},
		Organisation: "Example Care", Language: "en", Now: time.Now, Log: h.said,
	}
	for _, c := range change {
		c(&cfg)
	}
	if h.mail, err = mail.New(h.t.Context(), cfg); err != nil {
		h.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(h.t.Context())
	var all sync.WaitGroup
	all.Go(func() { h.journal.Run(ctx) })
	all.Go(func() { h.mail.Run(ctx) })
	stop = sync.OnceFunc(func() { cancel(); all.Wait() })
	h.t.Cleanup(stop)
	return stop
}

func (h *house) tx(fn func(tx *db.Tx) error) {
	h.t.Helper()
	if err := h.store.DB().Tx(h.t.Context(), fn); err != nil {
		h.t.Fatal(err)
	}
	if h.journal != nil {
		h.journal.Kick()
	}
}

var sam = rule.Who{Actor: api.Actor{Kind: api.ActorStaff, Name: "sam"}, Name: "Sam Support"}

// file makes a ticket as a customer's program does.
func (h *house) file(title, contact, language string) int64 {
	h.t.Helper()
	var n int64
	h.tx(func(tx *db.Tx) error {
		made, err := h.cases.FileIn(h.t.Context(), tx, tickets.Filing{NewTicket: api.NewTicket{
			ID: fmt.Sprintf("00000000-0000-4000-8000-%012x", time.Now().UnixNano()&0xffffffffffff), Title: title, Priority: api.Normal, Name: "Anna Example", Contact: contact, Language: language,
		}}, api.Actor{Kind: api.ActorCustomer})
		n = made.Ticket.Number
		return err
	})
	return n
}

// write puts an entry of sam's onto a timeline.
func (h *house) write(e api.Entry) {
	h.t.Helper()
	e.At, e.By, e.Name = time.Now(), "sam", "Sam Support"
	if e.Kind == "" {
		e.Kind = api.EntryNote
	}
	h.tx(func(tx *db.Tx) error {
		_, _, err := h.cases.Add(h.t.Context(), tx, sam, e, "", nil)
		return err
	})
}

// change changes a ticket as sam.
func (h *house) change(number int64, c api.TicketChange) {
	h.t.Helper()
	c.Version = h.ticket(number).Version
	if _, err := h.cases.Change(h.t.Context(), number, c, sam); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) ticket(number int64) api.Ticket {
	h.t.Helper()
	t, err := tickets.Read(h.t.Context(), h.store.DB(), number)
	if err != nil {
		h.t.Fatal(err)
	}
	return t
}

// mailed are the entries of a ticket that came by mail.
func (h *house) mailed(number int64) []api.Entry { return h.entries(number, api.EntryMailIn) }

func (h *house) entries(number int64, kind api.EntryKind) []api.Entry {
	h.t.Helper()
	list, err := tickets.Entries(h.t.Context(), h.store.DB(), tickets.EntryQuery{Ticket: number, Limit: 100})
	if err != nil {
		h.t.Fatal(err)
	}
	var out []api.Entry
	for _, e := range list.Entries {
		if e.Kind == kind {
			out = append(out, e)
		}
	}
	return out
}

// await gives a ticket's mails once they are n.
func (h *house) await(number int64, n int) []api.Entry {
	h.t.Helper()
	var list []api.Entry
	mailtest.Within(h.t, func() bool { list = h.mailed(number); return len(list) >= n })
	if len(list) != n {
		h.t.Fatalf("ticket %d has %d mails, not %d", number, len(list), n)
	}
	return list
}

// all are the desk's mails in a state, the oldest first.
func (h *house) all(state api.MailState) []api.Mail {
	h.t.Helper()
	l, err := kept.All(h.t.Context(), h.store.DB(), 0, state, 200)
	if err != nil {
		h.t.Fatal(err)
	}
	for i, j := 0, len(l.Mails)-1; i < j; i, j = i+1, j-1 {
		l.Mails[i], l.Mails[j] = l.Mails[j], l.Mails[i]
	}
	return l.Mails
}
