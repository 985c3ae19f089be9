//go:build !headless

package app

import (
	"context"
	"image"
	"sync"

	"github.com/sirupsen/logrus"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/input"
	"github.com/beistand/beistand/session/pixel"
	"github.com/beistand/beistand/session/rights"
)

// supporting is a session's viewer as the supporter's window needs it: a
// page.Helping, a page.Measuring and a page.Filming that also tells how the session stands.
type supporting struct {
	*session.Viewer
	ctx    context.Context // the session's; the owner of its cancel is Watch
	window page.Watching
	send   func(context.Context, session.Outgoing) error      // the viewer's SendFile
	filmed func(func(*pixel.Bitmap, []image.Rectangle)) error // its Film
	log    *logrus.Logger
	work   sync.WaitGroup

	mu     sync.Mutex // guards what follows
	event  session.Event
	under  []*handed
	failed []page.Moved // what came to nothing before the session knew of it
	reel   *reel        // the film that is kept; nil: none is
	shape  *pixel.Shape // the customer's pointer, for the film
	spot   image.Point
}

// Key is part of page.Helping.
func (s *supporting) Key(char rune, name string, down bool) error {
	return s.Viewer.Key(input.Key{Rune: char, Name: name}, down)
}

// Figures is part of page.Measuring.
func (s *supporting) Figures() page.Figures {
	f := s.Viewer.Figures()
	return page.Figures{
		Capture: f.Capture, Code: f.Code, Wire: f.Wire, Decode: f.Decode, RoundTrip: f.RoundTrip,
		Loss: f.Lost, Estimate: 8 * f.Estimate, Bytes: f.Received, Direct: f.Datagrams, Motion: f.Motion,
	}
}

// notify tells the window how the session stands.
func (s *supporting) notify(e session.Event) {
	s.mu.Lock()
	s.event = e
	n := standing(e)
	n.Moved = append(n.Moved, s.failed...)
	s.mu.Unlock()
	if e.Rights.Both(filmed) != filmed {
		s.endFilm(true)
	}
	s.window.Notify(n)
}

// standing is an event as the window takes it.
func standing(e session.Event) page.Standing {
	n := page.Standing{
		Phase: e.Phase, Path: e.Path, Given: e.Rights, Words: e.Words,
		Asked:  page.Request{Rights: e.Asked.Rights, Reason: e.Asked.Reason, Outcome: page.Outcome(e.Asked.Outcome)},
		Paused: e.Held&session.HoldPaused != 0, Locked: e.Held&session.HoldLocked != 0, NoObserver: e.Held&session.HoldObserver != 0,
		Own: e.Own, Broken: e.Broken != "", NoDesk: e.Broken == session.BrokenDesk, Since: e.Since, Ends: e.Ends, Limit: e.Limit,
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
