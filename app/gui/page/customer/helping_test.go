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
	"github.com/beistand/beistand/session/rights"
)

// hand notes what the customer's window asks of the session.
type hand struct {
	mu    sync.Mutex // guards what follows
	asked []string
	sight page.Sight
}

func (h *hand) Pause()              { h.add("pause") }
func (h *hand) Resume()             { h.add("resume") }
func (h *hand) Active()             { h.add("active") }
func (h *hand) Revoke(s rights.Set) { h.add("revoke " + s.String()) }
func (h *hand) Send(path string) error {
	h.add("send " + path)
	return nil
}

func (h *hand) Show(s page.Sight) error {
	h.mu.Lock()
	h.sight = s
	h.mu.Unlock()
	h.add("show")
	return nil
}

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

// helper is one session as the other side plays it.
type helper struct {
	*hand
	a     page.Audience
	ctx   context.Context
	typed chan struct{} // closed when the code was typed
	given page.Grant
	news  page.News
	over  chan struct{}
	frame *page.Frame
}

// helpers play every session that comes; each asks for what its invitation says.
type helpers struct {
	t   *testing.T
	p   *pagetest.Person
	f   *fakes
	all chan *helper

	frame *page.Frame
	flow  *Flow
}

func help(t *testing.T, f *fakes) *helpers {
	t.Helper()
	hs := &helpers{t: t, f: f, all: make(chan *helper, most)}
	f.revealed = make(chan string, 4)
	f.host = func(ctx context.Context, s api.Session, a page.Audience) (session.End, error) {
		h := &helper{hand: new(hand), a: a, ctx: ctx, typed: make(chan struct{}), over: make(chan struct{})}
		defer close(h.over)
		a.Control(h)
		a.Record("/home/jana/" + s.ID + ".jsonl")
		a.Code("482-915306")
		hs.all <- h
		select {
		case <-h.typed:
		case <-ctx.Done():
			return session.End{By: session.ByCustomer}, ctx.Err()
		}
		g, err := a.Consent(ctx, page.Wish{Rights: asked(s), First: true})
		if err != nil || g.Rights == 0 {
			return session.End{By: session.ByCustomer}, session.ErrRefused
		}
		begun := time.Now()
		h.given = g
		h.tell(func(n *page.News) {
			n.Phase, n.Path, n.Given, n.Sight = session.PhaseSharing, session.PathDirect, g.Rights, g.Sight
			n.Words = [2]string{"anchor", "velvet"}
		})
		<-ctx.Done()
		return session.End{By: session.ByCustomer, Consented: begun, Started: begun, Ended: begun.Add(3 * time.Minute)}, nil
	}
	hs.p, hs.flow = start(t, f)
	hs.frame = hs.flow.frame
	file(hs.p)
	return hs
}

// tell changes what is told of the session.
func (h *helper) tell(change func(*page.News)) {
	change(&h.news)
	h.a.Notify(h.news)
}

// comes asks for all of these, and types the code.
func (hs *helpers) comes(id, name, role string, all ...rights.Right) *helper {
	hs.t.Helper()
	e := invitation()
	e.Session.ID, e.Session.Supporter, e.Session.Role, e.Session.Rights = id, name, role, rights.Of(all...).Strings()
	hs.f.events <- e
	hs.p.See(name + " would like to help you")
	hs.p.Tap("I called them")
	h := <-hs.all
	h.frame = hs.frame
	close(h.typed)
	hs.p.See("What do you allow " + name + "?")
	return h
}

// allows ticks these and says yes.
func (hs *helpers) allows(more ...rights.Right) {
	hs.t.Helper()
	for _, r := range more {
		hs.p.Check(page.Right(r).Name).SetChecked(true)
	}
	hs.p.Tap("Allow what is ticked")
}

// shares opens a customer's window whose screen is seen.
func shares(t *testing.T) (p *pagetest.Person, h *helper) {
	t.Helper()
	hs := help(t, &fakes{})
	h = hs.comes("s1", "Miriam Vogel", "", rights.See)
	hs.allows()
	hs.p.See("Miriam Vogel sees your screen")
	return hs.p, h
}
