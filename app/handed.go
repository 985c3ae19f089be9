//go:build !headless

package app

import (
	"context"
	"path/filepath"
	"slices"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/wire"
)

// handed is a file on its way, and how to stop it.
type handed struct {
	id   uint32 // its session.Transfer's; 0: it has none yet
	stop func()
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
	h := s.begin(handed{stop: stop})
	s.work.Go(func() {
		defer stop()
		defer f.Close()
		one := session.Outgoing{Name: filepath.Base(path), Size: size, From: f, Begun: func(id uint32) { s.begun(h, id) }}
		err := s.send(ctx, one)
		if unknown := s.end(h); err != nil && unknown {
			s.fail(page.Moved{Name: wire.FileName(one.Name), Size: one.Size, Why: err})
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

// begin notes a file.
func (s *supporting) begin(one handed) *handed {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.under = append(s.under, &one)
	return &one
}

// begun notes which transfer it is.
func (s *supporting) begun(h *handed, id uint32) {
	s.mu.Lock()
	defer s.mu.Unlock()
	h.id = id
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
