//go:build !headless

package app

import (
	"context"
	"errors"

	"github.com/sirupsen/logrus"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/lock"
)

// heeded is the screen's lock as one session needs it; nil: it cannot be known.
type heeded struct{ lock.Lock }

// openLock asks no more than the system can tell.
func openLock(open func() (lock.Lock, error), log *logrus.Logger) *heeded {
	l, err := open()
	if err != nil {
		if !errors.Is(err, lock.ErrUnavailable) {
			log.WithError(err).Warn("ask whether the screen is locked")
		}
		return nil
	}
	return &heeded{l}
}

func (l *heeded) close() {
	if l != nil {
		_ = l.Close() // it was only listened to
	}
}

// no says whether there is nobody who could say yes.
func (l *heeded) no() bool { return l != nil && l.State() == lock.Locked }

// consent takes no yes while the screen is locked.
func (l *heeded) consent(ask func(context.Context, page.Wish) (page.Grant, error)) func(context.Context, page.Wish) (page.Grant, error) {
	return func(ctx context.Context, w page.Wish) (page.Grant, error) {
		g, err := ask(ctx, w)
		if l.no() {
			g = page.Grant{}
		}
		return g, err
	}
}

// hand takes no yes while the screen is locked.
func (l *heeded) hand(ask func(context.Context, page.Handing) bool) func(context.Context, page.Handing) bool {
	return func(ctx context.Context, h page.Handing) bool { return ask(ctx, h) && !l.no() }
}

// held is a session that can be.
type held interface {
	Hold(session.Hold)
	Release(session.Hold)
}

// heed tells each change until ctx ends, and holds the session while the
// screen is locked: whoever unlocks it has come back.
func (l *heeded) heed(ctx context.Context, h held, tell func(bool)) {
	if l == nil {
		return
	}
	locked := false
	for s := range l.Watch(ctx) {
		switch on := s == lock.Locked; {
		case on == locked:
		case on:
			tell(true)
			h.Hold(session.HoldLocked)
			locked = true
		default:
			h.Release(session.HoldLocked)
			tell(false)
			locked = false
		}
	}
}
