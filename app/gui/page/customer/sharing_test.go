//go:build !headless

package customer

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/page/pagetest"
	"github.com/beistand/beistand/session"
)

// hand notes what the customer's window asks of the session.
type hand struct {
	mu    sync.Mutex // guards asked
	asked []string
}

func (h *hand) Pause()  { h.add("pause") }
func (h *hand) Resume() { h.add("resume") }
func (h *hand) Active() { h.add("active") }

func (h *hand) add(what string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.asked = append(h.asked, what)
}

func (h *hand) got() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.asked)
}

// shares opens a customer's window whose screen is seen; tell gives the window events.
func shares(t *testing.T) (p *pagetest.Person, h *hand, tell chan session.Event) {
	t.Helper()
	typed := make(chan struct{})
	h, tell = new(hand), make(chan session.Event)
	f := &fakes{host: func(ctx context.Context, _ api.Session, a page.Audience) (session.End, error) {
		a.Control(h)
		a.Code("482-915306")
		select {
		case <-typed:
		case <-ctx.Done():
			return session.End{}, ctx.Err()
		}
		if yes, err := a.Consent(ctx); !yes || err != nil {
			return session.End{By: session.ByCustomer}, session.ErrRefused
		}
		a.Notify(session.Event{Phase: session.PhaseSharing, Path: session.PathDirect})
		for {
			select {
			case e := <-tell:
				a.Notify(e)
			case <-ctx.Done():
				return session.End{By: session.ByCustomer}, nil
			}
		}
	}}
	p, _ = start(t, f)
	file(p)
	f.events <- invitation()
	p.Tap("I called them")
	close(typed)
	p.Tap("Allow")
	p.See("Miriam Vogel sees your screen")
	return p, h, tell
}

// TestThePauseIsPressed holds that the session is told by the press itself.
func TestThePauseIsPressed(t *testing.T) {
	p, h, tell := shares(t)
	p.See("0:0") // for how long
	p.Tap("Pause")
	if got := h.got(); !slices.Equal(got, []string{"pause"}) {
		t.Errorf("asked for %v", got)
	}
	p.See("Paused: Miriam Vogel sees nothing")
	if p.Sees("Miriam Vogel sees your screen") {
		t.Error("the window says both")
	}
	tell <- session.Event{Phase: session.PhaseSharing, Paused: true}
	p.Tap("Show the screen again")
	p.See("Miriam Vogel sees your screen")
	if got := h.got(); !slices.Equal(got, []string{"pause", "resume"}) {
		t.Errorf("asked for %v", got)
	}
	p.Tap("Pause")
	p.Tap("Stop sharing")
	p.See("Your ticket has arrived")
}

func TestTheEndIsTold(t *testing.T) {
	p, h, tell := shares(t)
	tell <- session.Event{Phase: session.PhaseSharing, Ends: time.Now().Add(time.Minute), Limit: session.LimitIdle}
	p.See("This ends by itself in ")
	p.See("Nothing has happened for 9 minutes.")
	p.Tap("I am still here")
	if got := h.got(); !slices.Equal(got, []string{"active"}) {
		t.Errorf("asked for %v", got)
	}
	tell <- session.Event{Phase: session.PhaseSharing}
	p.Until("the warning to go", func() bool { return !p.Sees("This ends by itself") })
	tell <- session.Event{Phase: session.PhaseSharing, Ends: time.Now().Add(time.Minute), Limit: session.LimitLongest}
	p.See("It lasts 60 minutes at most.")
}
