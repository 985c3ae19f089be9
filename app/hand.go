//go:build !headless

package app

import (
	"context"
	"errors"
	"path/filepath"
	"sync"

	"github.com/sirupsen/logrus"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/clipboard"
	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/screen"
)

// hand is the customer's hand on one session.
type hand struct {
	*session.Host
	log  *logrus.Logger
	bare func() // takes the border away at once
	work sync.WaitGroup
}

// Pause is part of page.Control.
func (h *hand) Pause() {
	h.Host.Pause()
	h.bare()
}

// Revoke is part of page.Control.
func (h *hand) Revoke(s rights.Set) {
	h.Host.Revoke(s)
	if s.Has(rights.See) {
		h.bare()
	}
}

// Show is part of page.Control.
func (h *hand) Show(s page.Sight) error { return snag(h.Host.Show(scopeOf(s))) }

// Send is part of page.Control.
func (h *hand) Send(path string) error {
	f, size, err := openToSend(path)
	if err != nil {
		return err
	}
	h.work.Go(func() { // it ends with the session
		err := h.SendFile(context.Background(), session.Outgoing{Name: filepath.Base(path), Size: size, From: f})
		if err := errors.Join(err, f.Close()); err != nil {
			h.log.WithError(err).Warn("send a file")
		}
	})
	return nil
}

func (h *hand) wait() { h.work.Wait() }

// scopeOf is what a choice means to a session.
func scopeOf(s page.Sight) session.Scope {
	switch {
	case s.Window != 0:
		return session.Scope{Windows: []screen.Window{{ID: s.Window, Title: s.Name, Program: s.Program}}}
	case s.Monitor != "":
		return session.Scope{Monitors: []string{s.Monitor}}
	}
	return session.Scope{}
}

// sightOf is the way back.
func sightOf(s session.Scope) (v page.Sight) {
	switch {
	case len(s.Windows) > 0:
		w := s.Windows[0]
		return page.Sight{Window: w.ID, Name: w.Title, Program: w.Program}
	case len(s.Monitors) > 0:
		return page.Sight{Monitor: s.Monitors[0], Name: s.Monitors[0]}
	}
	return v
}

// news is what a session tells, for the window.
func news(e session.Event, r *received) page.News {
	n := page.News{
		Phase: e.Phase, Path: e.Path, Given: e.Rights, Sight: sightOf(e.Scope), Words: e.Words,
		Paused: e.Held&session.HoldPaused != 0, Locked: e.Held&session.HoldLocked != 0, NoObserver: e.Held&session.HoldObserver != 0, Interrupted: e.Broken != "",
		Ends: e.Ends, Limit: e.Limit, Trouble: snag(e.Trouble),
	}
	for _, t := range e.Transfers {
		m := page.Moving{ID: t.ID, Right: t.Right, Name: t.Name, Done: t.Moved, Size: t.Size, State: page.Under}
		switch {
		case t.State == session.TransferDone:
			m.State = page.Arrived
			if t.Right == rights.FilesIn {
				m.Path = r.path(t.ID)
			}
		case t.State == session.TransferFailed && errors.Is(t.Err, session.ErrNotWanted):
			m.State = page.Denied
		case t.State == session.TransferFailed:
			m.State = page.Broken
		case t.State == session.TransferOffered:
			m.State = page.Offered
		}
		n.Moving = append(n.Moving, m)
	}
	return n
}

// snag is an error as the customer is told of it; what they did themselves is none.
func snag(err error) error {
	switch {
	case err == nil, errors.Is(err, session.ErrNotWanted), errors.Is(err, context.Canceled):
		return nil
	case errors.Is(err, clipboard.ErrSecret):
		return page.SnagSecret
	case errors.Is(err, clipboard.ErrLarge):
		return page.SnagLarge
	case errors.Is(err, errNoEvidence):
		return page.SnagEvidence
	case errors.Is(err, session.ErrScope):
		return page.SnagSight
	}
	return err
}
