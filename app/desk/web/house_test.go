package web_test

import (
	"context"
	"errors"
	"image"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/desk"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
	"github.com/beistand/beistand/app/desk/store/people/peopletest"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/invite"
	"github.com/beistand/beistand/session/rendezvous"
	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/screen"
	"github.com/beistand/beistand/session/screen/screentest"
)

const password = "correct horse"

// house is a desk with a supporter, "sam", a ticket, and the customer's program.
type house struct {
	t      testing.TB
	url    string
	ticket api.CreatedTicket
	api    *client.Client // as the customer
	screen *screentest.Memory
	config session.HostConfig // what a test changes before host
	room   func(session.Room) session.Room

	mu     sync.Mutex // guards the rest
	last   session.Event
	record []byte
	news   chan struct{}
}

func open(t testing.TB) *house {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "desk")
	dbtest.Fill(t, dir)
	s, err := store.Open(t.Context(), dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(peopletest.Hire(t.Context(), s.DB(), api.NewStaff{User: "sam", Name: "Sam Support", Roles: []api.Role{api.RoleStaff}, Password: password}), s.Close()); err != nil {
		t.Fatal(err)
	}
	d, err := desk.New(desk.Config{Dir: dir, Listen: "127.0.0.1:0", Organisation: "Example Care", Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- d.Serve(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("stop the desk: %v", err)
		}
	})
	h := &house{t: t, url: d.URL(), news: make(chan struct{}, 1), room: func(r session.Room) session.Room { return r }}
	h.screen = screentest.New(screen.Monitor{Name: "MEMORY-1", Bounds: image.Rect(0, 0, 640, 400), Primary: true})
	h.api, err = client.New(h.url, client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.api.CloseIdle)
	h.ticket, err = h.api.CreateTicket(t.Context(), api.NewTicket{
		ID: client.NewTicketID(), Title: "Rechnungen drucken nicht", Description: "Seit heute früh.", Product: "Example 4.2",
		Priority: api.High, Name: "Ümit Jansen", Contact: "uj@example.com", Language: "de",
	})
	if err != nil {
		t.Fatal(err)
	}
	h.api, err = client.New(h.url, client.Options{Token: h.ticket.Token})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.api.CloseIdle)
	h.config = session.HostConfig{
		Screen: h.screen,
		Consent: func(_ context.Context, q session.Question) (session.Grant, error) {
			return session.Grant{Rights: q.Rights}, nil
		},
	}
	return h
}

// running is the customer's program in a session.
type running struct {
	*session.Host
	stop  func()
	ended <-chan error
}

// host runs the customer's program for the newest session.
func (h *house) host() *running {
	h.t.Helper()
	ticket, err := h.api.Ticket(h.t.Context(), h.ticket.Ticket.Number)
	if err != nil || len(ticket.Sessions) == 0 {
		h.t.Fatalf("no session: %v", err)
	}
	s := ticket.Sessions[len(ticket.Sessions)-1]
	asked, err := rights.Parse(s.Rights)
	if err != nil {
		h.t.Fatal(err)
	}
	conn, err := h.api.Room(h.t.Context(), s.ID)
	if err != nil {
		h.t.Fatal(err)
	}
	room, err := rendezvous.Join(h.t.Context(), conn)
	if err != nil {
		h.t.Fatal(err)
	}
	c := h.config
	c.Room = h.room(room)
	c.Invitation = session.Invitation{Invitation: invite.Invitation{
		ID: s.ID, Ticket: s.Ticket, Supporter: s.Supporter, Organisation: s.Organisation, FirstPart: s.FirstPart,
		Role: invite.Role(s.Role), Rights: asked, DeskKey: s.DeskKey, Signature: s.Signature,
	}, Asked: s.Asked, Expires: s.Expires}
	c.Notify = func(e session.Event) {
		h.mu.Lock()
		h.last = e
		h.mu.Unlock()
		select {
		case h.news <- struct{}{}:
		default:
		}
	}
	c.Record = func(line []byte) error {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.record = append(append(h.record, line...), '\n')
		return nil
	}
	host, err := session.NewHost(c)
	if err != nil {
		h.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() {
		_, err := host.Run(ctx)
		done <- err
	}()
	h.t.Cleanup(func() {
		if h.t.Failed() {
			h.t.Logf("the customer's program is at %q: %v", h.event().Phase, h.event().Err)
		}
		cancel()
		_ = room.Close()
	})
	return &running{host, cancel, done}
}

// event is the newest that the customer's program was told.
func (h *house) event() session.Event {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.last
}

// sharing waits until the screen is shared.
func (h *house) sharing() {
	h.t.Helper()
	h.until("the screen is shared", func() bool { return h.event().Phase == session.PhaseSharing })
}

// until waits for what to come true on the customer's side.
func (h *house) until(what string, is func() bool) {
	h.t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for end := time.After(20 * time.Second); !is(); {
		select {
		case <-h.news:
		case <-tick.C:
		case <-end:
			h.t.Fatalf("did not happen: %s; the customer's side is at %+v", what, h.event())
		}
	}
}

// end waits for it and gives its error.
func (r *running) end(t testing.TB) error {
	t.Helper()
	select {
	case err := <-r.ended:
		return err
	case <-time.After(20 * time.Second):
		t.Fatal("the customer's program did not end")
		return nil
	}
}
