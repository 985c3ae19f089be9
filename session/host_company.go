package session

import (
	"slices"
	"sync"

	"github.com/beistand/beistand/session/invite"
)

// Company is the sessions that one customer's program runs at the same time,
// each with an invitation, a code, a consent, keys and a record of its own. It
// stops and pauses all at once, and it holds those of supporters and experts
// while a required observer is not looking on.
type Company struct {
	observed bool // nobody else is shown anything without an observer

	mu      sync.Mutex // guards the rest
	members []*member
}

type member struct {
	host    *Host
	present bool // connected, not held, and the screen is seen
}

// Member is one session of a company.
type Member struct {
	Invitation Invitation
	Present    bool // the screen is seen there now
}

// NewCompany begins an empty one. With observed, a session of a supporter or
// an expert is held (HoldObserver) while no observer's has See and is live.
func NewCompany(observed bool) *Company { return &Company{observed: observed} }

// Join takes a session in, before its Run; it leaves when that ends.
func (c *Company) Join(h *Host) {
	c.mu.Lock()
	defer c.mu.Unlock()
	h.company = c
	c.members = append(c.members, &member{host: h})
	c.watch()
}

// Members lists them in the order in which they joined.
func (c *Company) Members() []Member {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := make([]Member, len(c.members))
	for i, m := range c.members {
		all[i] = Member{m.host.config.Invitation, m.present}
	}
	return all
}

// PauseAll is Pause of each: when it returns, nothing leaves by any of them.
func (c *Company) PauseAll() {
	c.each(func(h *Host) { h.holds(HoldPaused) }) // none waits for what another has under way
	c.each((*Host).Pause)
}

// ResumeAll is Resume of each.
func (c *Company) ResumeAll() { c.each((*Host).Resume) }

// StopAll ends them all. Before it returns nothing is shown and obeyed any more.
func (c *Company) StopAll() {
	c.each((*Host).Stop)
	c.each(func(h *Host) { // the end itself takes a moment
		h.gate.quiet()
		h.hand.release()
	})
}

func (c *Company) each(do func(*Host)) {
	c.mu.Lock()
	all := slices.Clone(c.members)
	c.mu.Unlock()
	for _, m := range all {
		do(m.host)
	}
}

// watch holds whom it has to hold; mu is held.
func (c *Company) watch() {
	if !c.observed {
		return
	}
	seen := slices.ContainsFunc(c.members, func(m *member) bool { return m.observer() && m.present })
	for _, m := range c.members {
		switch {
		case m.observer():
		case seen:
			m.host.Release(HoldObserver)
		default:
			m.host.holds(HoldObserver) // nobody waits here: mu is what a stop needs, too
		}
	}
}

func (m *member) observer() bool { return m.host.config.Invitation.Role == invite.Observer }

// seat is how a run tells its company how it is; nil tells nobody.
type seat func(present, over bool)

// seat is h's in its company; c may be nil.
func (c *Company) seat(h *Host) seat {
	if c == nil {
		return nil
	}
	return func(present, over bool) {
		c.mu.Lock()
		defer c.mu.Unlock()
		i := slices.IndexFunc(c.members, func(m *member) bool { return m.host == h })
		if i < 0 || !over && c.members[i].present == present {
			return
		}
		c.members[i].present = present && !over
		if over {
			c.members = slices.Delete(c.members, i, i+1)
		}
		c.watch()
	}
}

// seated tells the company whether the screen is seen here.
func (r *run) seated() {
	if r.conf.company != nil {
		r.conf.company(r.state == live && r.conf.gate.may(see), r.state == ended)
	}
}
