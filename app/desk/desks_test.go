package desk

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/desk/room/shared"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
)

// desks are two desks on one PostgreSQL, each with a folder of its own.
func desks(t *testing.T) (a, b *house) {
	t.Helper()
	source := dbtest.URL(t)
	on := func(c *Config) { c.Database = source }
	a = open(t, on)
	return a, reopen(t, a, on)
}

// hear collects a ticket's events at one desk.
func hear(t *testing.T, c *client.Client, ticket int64) <-chan api.Event {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	events := make(chan api.Event, 100)
	var all sync.WaitGroup
	all.Go(func() { _ = c.Events(ctx, ticket, func(e api.Event) { events <- e }) })
	t.Cleanup(func() { cancel(); all.Wait() })
	if e := heard(t, events); e.Kind != api.EventHello {
		t.Fatalf("%+v", e)
	}
	return events
}

func heard(t *testing.T, events <-chan api.Event) api.Event {
	t.Helper()
	select {
	case e := <-events:
		return e
	case <-time.After(20 * time.Second):
		t.Fatal("nothing was heard")
		return api.Event{}
	}
}

// await skips events before the one of that kind.
func await(t *testing.T, events <-chan api.Event, kind string) api.Event {
	t.Helper()
	for {
		if e := heard(t, events); e.Kind == kind {
			return e
		}
	}
}

// What is done at one desk is seen at the other, by each as much as they may know.
func TestDesksTell(t *testing.T) {
	a, b := desks(t)
	made := a.ticket()
	n := made.Ticket.Number
	customer := hear(t, b.client(made.Token), n)
	staff := hear(t, b.client(b.staff()), n)
	s := a.session(n)
	for _, events := range []<-chan api.Event{customer, staff} {
		if e := await(t, events, api.EventSession); e.Session == nil || e.Session.ID != s.ID {
			t.Errorf("%+v", e)
		}
	}
	if err := a.client(made.Token).MarkSession(t.Context(), s.ID, api.SessionMark{What: api.MarkRefused}); err != nil {
		t.Fatal(err)
	}
	if e := await(t, customer, api.EventEnded); e.Session == nil || e.Session.Reason != api.ReasonRefused {
		t.Errorf("%+v", e)
	}
	if status, _, body := a.do("POST", api.RevealsPath(n), made.Token, note(t, "user-27"), "Content-Type", "application/json"); status != 201 {
		t.Fatalf("%d %s", status, body)
	}
	if e := await(t, staff, api.EventReveal); e.Reveal == nil || e.Reveal.Pseudonym != "user-27" {
		t.Errorf("%+v", e)
	}
	token := a.staff()
	for _, entry := range []api.NewEntry{
		{ID: client.NewTicketID(), Kind: api.EntryNote, Text: "for us"}, {ID: client.NewTicketID(), Kind: api.EntryNote, Text: "for both", Public: true},
	} {
		if _, err := a.client(token).AddEntry(t.Context(), n, entry); err != nil {
			t.Fatal(err)
		}
	}
	if text := noted(t, staff); text != "for us" {
		t.Errorf("staff heard %q", text)
	}
	if text := noted(t, customer); text != "for both" {
		t.Errorf("the customer heard %q", text)
	}
}

// noted is what the next note says.
func noted(t *testing.T, events <-chan api.Event) string {
	t.Helper()
	for {
		if e := await(t, events, api.EventEntry); e.Entry.Kind == api.EntryNote { // the session is on the timeline, too
			return e.Entry.Text
		}
	}
}

// A session that is ended at one desk is over at the other: its room and its relay.
func TestDesksEnd(t *testing.T) {
	a, b := desks(t)
	made := a.ticket()
	s := a.session(made.Ticket.Number)
	there := b.client(made.Token)
	conn, err := there.Room(t.Context(), s.ID)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.CloseNow()
	if _, err := there.ICE(t.Context(), s.ID); err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(b.relay.sessions(), s.ID) {
		t.Fatal("the relay does not know the session")
	}
	if err := a.client(a.staff()).MarkSession(t.Context(), s.ID, api.SessionMark{What: api.MarkEnded, Reason: "done"}); err != nil {
		t.Fatal(err)
	}
	if _, text, err := conn.Read(t.Context()); err != nil || !strings.Contains(string(text), api.RoomEnded) {
		t.Errorf("%s %v", text, err)
	}
	comes(t, func() bool { return !slices.Contains(b.relay.sessions(), s.ID) })
}

func comes(t *testing.T, is func() bool) {
	t.Helper()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for end := time.After(20 * time.Second); !is(); {
		select {
		case <-look.C:
		case <-end:
			t.Fatal("it does not come about")
		}
	}
}

// All desks of a database are one to customers, and none of them another's.
func TestDesksSecret(t *testing.T) {
	a, b := desks(t)
	if !a.publicKey().Equal(b.publicKey()) {
		t.Error("two keys")
	}
	if !bytes.Equal(a.relay.secret, b.relay.secret) {
		t.Error("two secrets of relays")
	}
	if _, ok := a.rooms.(*shared.Rooms); !ok {
		t.Errorf("rooms are %T", a.rooms)
	}
	one := filepath.Join(t.TempDir(), "one")
	s, err := New(Config{Dir: one, Listen: "127.0.0.1:0"})
	if err != nil {
		t.Fatal(err)
	}
	key := s.publicKey()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err := New(Config{Dir: one, Listen: "127.0.0.1:0", Database: a.cfg.Database}); err == nil || !strings.Contains(err.Error(), "another secret") {
		t.Errorf("the folder of another desk was taken: %v", err)
		_ = s.Close()
	}
	// A desk that moves from its file to PostgreSQL stays the one that customers know.
	moved, err := New(Config{Dir: one, Listen: "127.0.0.1:0", Database: dbtest.URL(t)})
	if err != nil {
		t.Fatal(err)
	}
	defer moved.Close()
	if !key.Equal(moved.publicKey()) {
		t.Error("it has another key")
	}
	if info, err := os.Stat(filepath.Join(b.cfg.Dir, secretFile)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
}

// Two desks sweep at once, one of them twice, and what is over ends once.
func TestDesksSweep(t *testing.T) {
	a, b := desks(t)
	made := a.ticket()
	s := a.session(made.Ticket.Number)
	events := hear(t, b.client(made.Token), made.Ticket.Number)
	await(t, events, api.EventSession) // with the hello
	a.clock.pass(api.SessionCodeTTL)
	var both sync.WaitGroup
	for _, h := range []*house{a, b, b} {
		both.Go(func() {
			if err := h.sweep(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	if e := await(t, events, api.EventEnded); e.Session.ID != s.ID || e.Session.Reason != api.ReasonExpired {
		t.Errorf("%+v", e.Session)
	}
	var ends int
	if err := a.store.DB().QueryRowContext(t.Context(), "SELECT count(*) FROM journal WHERE action = ?", store.SessionChanged).Scan(&ends); err != nil || ends != 1 {
		t.Errorf("ended %d times: %v", ends, err)
	}
}
