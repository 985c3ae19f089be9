//go:build !headless

package app

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/wire"
)

// handed is a file on its way, and how to stop it.
type handed struct {
	id    uint32 // 0: the session has not told it yet
	name  string // as the session tells it
	size  int64  // bytes; -1: nobody knows
	out   bool
	stop  func()
	known chan struct{} // closed when it has an id, or is over
}

// ownIDs are of files that the session never knew of; it counts from 1.
const ownIDs = 1 << 31

// SendFile is part of page.Helping.
func (s *supporting) SendFile(path string) error {
	f, size, err := openToSend(path)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(s.ctx)
	name := wire.FileName(filepath.Base(path))
	h, before := s.begin(handed{name: name, size: size, out: true, stop: stop})
	s.work.Go(func() {
		defer stop()
		defer f.Close()
		var err error
		select {
		case <-before: // two of one name are told apart by which came first
			err = s.send(ctx, name, size, f)
		case <-ctx.Done():
			err = fmt.Errorf("send a file: %w", session.ErrNotWanted)
		}
		if unknown := s.end(h); err != nil && unknown {
			s.fail(page.Moved{Name: name, Size: size, Why: err})
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

// begin notes a file. before is closed when the session knows of every other of
// the same name that goes the same way.
func (s *supporting) begin(one handed) (h *handed, before <-chan struct{}) {
	h = &one
	h.known = make(chan struct{})
	s.mu.Lock()
	defer s.mu.Unlock()
	before = nobody
	for _, o := range s.under {
		if o.out == h.out && o.name == h.name {
			before = o.known // which waits for those before it
		}
	}
	s.under = append(s.under, h)
	return h, before
}

// nobody is a channel that is closed.
var nobody = func() <-chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}()

// end forgets a file, and says whether the session never told of it.
func (s *supporting) end(h *handed) (unknown bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.under = slices.DeleteFunc(s.under, func(o *handed) bool { return o == h })
	if h.id == 0 {
		close(h.known)
	}
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

// match finds the file that a transfer is: name, size and the order are all that
// both have.
func (s *supporting) match(t session.Transfer) {
	if slices.ContainsFunc(s.under, func(h *handed) bool { return h.id == t.ID }) ||
		t.State != session.TransferOffered && t.State != session.TransferMoving {
		return
	}
	for _, h := range s.under {
		if h.id == 0 && h.out == t.Out && h.name == t.Name && h.size == t.Size {
			h.id = t.ID
			close(h.known)
			return
		}
	}
}
