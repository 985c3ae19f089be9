package notice_test

import (
	"context"
	"encoding/json"
	"fmt"
	netmail "net/mail"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/cases"
	"github.com/beistand/beistand/app/desk/cases/rule"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/mail/notice"
	"github.com/beistand/beistand/app/desk/mail/outbox"
	"github.com/beistand/beistand/app/desk/mail/thread"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
	kept "github.com/beistand/beistand/app/desk/store/mail"
	"github.com/beistand/beistand/app/desk/store/people"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(dbtest.Main(m)) }

// house is cases whose journal is followed.
type house struct {
	t       *testing.T
	store   *store.Store
	cases   *cases.Cases
	journal *journal.Journal
	notes   *notice.Notices
	ids     int
}

type silent struct{}

func (silent) Printf(string, ...any) {}

// each runs test on both databases, with sam, a supporter, and bo, a dispatcher.
func each(t *testing.T, test func(h *house), change ...func(*notice.Config)) {
	t.Helper()
	dbtest.EachSource(t, func(t *testing.T, source string) {
		h := &house{t: t}
		var err error
		if h.store, err = store.Open(t.Context(), t.TempDir(), store.Options{Database: source}); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := h.store.Close(); err != nil {
				t.Error(err)
			}
		})
		h.tx(func(tx *db.Tx) error {
			for _, n := range []api.NewStaff{
				{User: "sam", Name: "Sam Support", Roles: []api.Role{api.RoleStaff}, Email: "sam@example.com", Language: "en"},
				{User: "bo", Name: "Bo Boss", Roles: []api.Role{api.RoleDispatcher}, Email: "bo@example.com", Language: "nl"},
				{User: "al", Name: "Al", Roles: []api.Role{api.RoleStaff}},
			} {
				if err := people.Add(t.Context(), tx, n, "", time.Now()); err != nil {
					return err
				}
			}
			return nil
		})
		if h.journal, err = journal.New(t.Context(), journal.Config{DB: h.store.DB(), Log: silent{}}); err != nil {
			t.Fatal(err)
		}
		h.cases = cases.New(cases.Config{Store: h.store, Now: time.Now, TokenTTL: time.Hour})
		cfg := notice.Config{
			Key: thread.Key("a key"), From: netmail.Address{Name: "Example\r\nBcc: x@example.org", Address: "support@example.com"}, Organisation: "Example Care", Now: time.Now,
			Since:   time.Now().Add(-time.Minute),
			Link:    func(context.Context, *db.Tx, int64) (string, error) { return "https://desk.example.com/my/link/s", nil },
			Console: func(n int64) string { return fmt.Sprintf("https://desk.example.com/desk/tickets/%d", n) },
		}
		for _, c := range change {
			c(&cfg)
		}
		h.notes = notice.New(cfg)
		test(h)
	})
}

func (h *house) tx(fn func(tx *db.Tx) error) {
	h.t.Helper()
	if err := h.store.DB().Tx(h.t.Context(), fn); err != nil {
		h.t.Fatal(err)
	}
}

func staff(name string) rule.Who {
	return rule.Who{Actor: api.Actor{Kind: api.ActorStaff, Name: name}, Name: "Sam Support", Dispatcher: name == "bo"}
}

func (h *house) id() string {
	h.ids++
	return fmt.Sprintf("00000000-0000-4000-8000-%012x", h.ids)
}

// file makes a ticket of Anna's.
func (h *house) file(title, contact, language string) (n int64) {
	h.t.Helper()
	h.tx(func(tx *db.Tx) error {
		made, err := h.cases.FileIn(h.t.Context(), tx, tickets.Filing{NewTicket: api.NewTicket{
			ID: h.id(), Title: title, Description: "It is so.", Priority: api.Normal, Name: "Anna\r\nCc: y@example.org", Contact: contact, Language: language,
		}}, api.Actor{Kind: api.ActorCustomer})
		n = made.Ticket.Number
		return err
	})
	return n
}

func (h *house) write(by rule.Who, e api.Entry) {
	h.t.Helper()
	e.At, e.By, e.Name = time.Now(), by.Author(), by.Name
	if e.Kind == "" {
		e.Kind = api.EntryNote
	}
	h.tx(func(tx *db.Tx) error {
		_, _, err := h.cases.Add(h.t.Context(), tx, by, e, "", nil)
		return err
	})
}

func (h *house) change(by rule.Who, n int64, c api.TicketChange) {
	h.t.Helper()
	t, err := tickets.Read(h.t.Context(), h.store.DB(), n)
	if err != nil {
		h.t.Fatal(err)
	}
	c.Version = t.Version
	if _, err := h.cases.Change(h.t.Context(), n, c, by); err != nil {
		h.t.Fatal(err)
	}
}

// settle follows the journal to its end. name is a consumer: another one begins anew.
func (h *house) settle(name string) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), 30*time.Second)
	defer cancel()
	h.tx(func(tx *db.Tx) error {
		return journal.Write(ctx, tx, journal.Entry{Actor: api.Actor{Kind: api.ActorDesk}, Action: "mail.settled", Subject: "test/" + name})
	})
	var all sync.WaitGroup
	defer all.Wait()
	defer cancel()
	all.Go(func() { h.journal.Run(ctx) })
	all.Go(func() { _ = h.journal.Consume(ctx, name, h.notes.Follow) }) // always nil
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for ctx.Err() == nil {
		var last int64
		err := h.store.DB().QueryRowContext(h.t.Context(), "SELECT coalesce(max(seq), 0) FROM journal WHERE action = 'mail.settled' AND subject = ?", "test/"+name).Scan(&last)
		if err != nil {
			h.t.Fatal(err)
		}
		if done, _, err := h.journal.Done(h.t.Context(), name); err != nil || last > 0 && done >= last {
			return
		}
		<-tick.C
	}
	h.t.Fatal("the journal was not followed to its end")
}

// out are the mails in the outbox by whom they are to and what they are, in their order.
func (h *house) out() (list []string, letters []outbox.Letter) {
	h.t.Helper()
	all, err := kept.All(h.t.Context(), h.store.DB(), 0, "", 200)
	if err != nil {
		h.t.Fatal(err)
	}
	slices.Reverse(all.Mails)
	for _, m := range all.Mails {
		list = append(list, fmt.Sprintf("%s %s %s", m.State, m.What, m.Address))
		row, err := kept.Read(h.t.Context(), h.store.DB(), m.ID)
		if err != nil {
			h.t.Fatal(err)
		}
		var l outbox.Letter
		if err := json.Unmarshal(row.Content, &l); err != nil {
			h.t.Fatal(err)
		}
		letters = append(letters, l)
	}
	return list, letters
}

func (h *house) expect(want ...string) []outbox.Letter {
	h.t.Helper()
	got, letters := h.out()
	if !slices.Equal(got, want) {
		h.t.Errorf("the outbox has\n\t%s\nand not\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
	return letters
}
