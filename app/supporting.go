//go:build !headless

package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/sirupsen/logrus"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/input"
	"github.com/beistand/beistand/session/rights"
)

// supporting is a session's viewer as the supporter's window needs it: a
// page.Helping that also tells how the session stands.
type supporting struct {
	*session.Viewer
	ctx    context.Context // the session's; the owner of its cancel is Watch
	window page.Watching
	log    *logrus.Logger
	work   sync.WaitGroup

	mu     sync.Mutex // guards what follows
	event  session.Event
	under  []*handed
	failed []page.Moved // what came to nothing before the session knew of it
}

// handed is a file on its way, and how to stop it.
type handed struct {
	id   uint32 // 0: the session has not told it yet
	name string
	out  bool
	stop func()
}

// ownIDs are of files that the session never knew of; it counts from 1.
const ownIDs = 1 << 31

// Key is part of page.Helping.
func (s *supporting) Key(char rune, name string, down bool) error {
	return s.Viewer.Key(input.Key{Rune: char, Name: name}, down)
}

// SendFile is part of page.Helping.
func (s *supporting) SendFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("send a file: %w", err)
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("send %q: %w", path, session.ErrCannotRead)
	}
	if err != nil {
		return errors.Join(err, f.Close())
	}
	ctx, stop := context.WithCancel(s.ctx)
	name := filepath.Base(path)
	h := s.begin(name, true, stop)
	s.work.Go(func() {
		defer stop()
		defer f.Close()
		err := s.Viewer.SendFile(ctx, name, info.Size(), f)
		if unknown := s.end(h); err != nil && unknown {
			s.fail(page.Moved{Name: name, Size: info.Size(), Why: err})
		}
	})
	return nil
}

// Cancel is part of page.Helping.
func (s *supporting) Cancel(id uint32) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, h := range s.under {
		if h.id == id {
			h.stop()
		}
	}
}

func (s *supporting) begin(name string, out bool, stop func()) *handed {
	h := &handed{name: name, out: out, stop: stop}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.under = append(s.under, h)
	return h
}

// end forgets a file, and says whether the session never told of it.
func (s *supporting) end(h *handed) (unknown bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.under = slices.DeleteFunc(s.under, func(o *handed) bool { return o == h })
	return h.id == 0
}

// maxFailed bounds what is told of files that the session never knew of.
const maxFailed = 8

func (s *supporting) fail(m page.Moved) {
	s.log.WithError(m.Why).Warn("send a file")
	s.mu.Lock()
	m.Right, m.State = rights.FilesIn, page.MovedFailed
	m.ID = ownIDs
	if n := len(s.failed); n > 0 {
		m.ID = s.failed[n-1].ID + 1
	}
	s.failed = append(s.failed, m)
	s.failed = s.failed[max(0, len(s.failed)-maxFailed):]
	e := s.event
	s.mu.Unlock()
	s.notify(e)
}

// notify tells the window how the session stands.
func (s *supporting) notify(e session.Event) {
	s.mu.Lock()
	s.event = e
	for _, t := range e.Transfers {
		s.match(t)
	}
	n := standing(e)
	n.Moved = append(n.Moved, s.failed...)
	s.mu.Unlock()
	s.window.Notify(n)
}

// match finds the file that a transfer is: names are all that both have.
func (s *supporting) match(t session.Transfer) {
	if slices.ContainsFunc(s.under, func(h *handed) bool { return h.id == t.ID }) ||
		t.State != session.TransferOffered && t.State != session.TransferMoving {
		return
	}
	for _, h := range s.under {
		if h.id == 0 && h.out == t.Out && (h.name == t.Name || t.Out) {
			h.id = t.ID
			return
		}
	}
}

// standing is an event as the window takes it.
func standing(e session.Event) page.Standing {
	n := page.Standing{
		Phase: e.Phase, Path: e.Path, Given: e.Rights, Words: e.Words,
		Asked:  page.Request{Rights: e.Asked.Rights, Reason: e.Asked.Reason, Outcome: page.Outcome(e.Asked.Outcome)},
		Paused: e.Held&session.HoldPaused != 0, NoObserver: e.Held&session.HoldObserver != 0,
		Broken: e.Broken != "", NoDesk: e.Broken == session.BrokenDesk, Since: e.Since, Ends: e.Ends, Limit: e.Limit,
	}
	for _, t := range e.Transfers {
		if t.Right != rights.FilesIn && t.Right != rights.FilesOut { // evidence has a place of its own
			continue
		}
		m := page.Moved{ID: t.ID, Right: t.Right, Name: t.Name, Done: t.Moved, Size: t.Size, Why: t.Err}
		m.State = map[session.TransferState]page.MovedState{
			session.TransferOffered: page.MovedOffered, session.TransferMoving: page.MovedUnder,
			session.TransferDone: page.MovedDone, session.TransferFailed: page.MovedFailed,
		}[t.State]
		n.Moved = append(n.Moved, m)
	}
	return n
}
