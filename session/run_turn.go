package session

import (
	"context"
	"errors"
	"time"
)

// turn waits for one thing and does it; the person's stop goes before all else.
func (r *run) turn(ctx context.Context) {
	select {
	case <-ctx.Done():
		r.happen(evStop)
		return
	default:
	}
	if changed, err := r.side.settle(r); err != nil {
		r.fail(err)
		return
	} else if changed {
		return
	}
	var beat <-chan time.Time
	if r.trouble.beat != nil {
		beat = r.trouble.beat.C
	}
	select {
	case <-ctx.Done():
		r.happen(evStop)
	case now := <-beat:
		r.look(now)
	case <-r.changes:
		r.renew()
	case <-r.timer.C:
		r.happen([...]event{evExpired, evUnanswered, evSilence, evNoWay, events, events}[r.state])
	case <-r.alarm:
		r.watchLimits()
	case <-r.conf.wake:
		r.nudge()
		if r.handing.dirty.Swap(false) && (r.state == live || r.state == paused) {
			r.tellLive()
		}
		if r.near.Load() && !r.began.IsZero() {
			r.watchLimits()
		}
	case p := <-r.posts:
		r.handle(p)
	}
}

func (r *run) handle(p post) {
	switch {
	case p.room != nil:
		m, err := r.openRoom(p.room)
		if errors.Is(err, errForeign) && (r.state == live || r.state == paused) {
			return // the desk's doing, and the two machines do not need it
		}
		r.hear(m, err)
	case p.news != nil:
		r.heed(p.news)
	case p.do != nil:
		p.do()
	case p.event == evMet:
		r.met()
	case (p.event == evDeskEnded || p.event == evDeskExpired) && !r.trouble.since.IsZero():
		r.happen(evDeskOver)
	default:
		r.happen(p.event)
	}
}

// post gives something to the run, unless it has ended.
func (r *run) post(p post) bool {
	select {
	case r.posts <- p:
		return true
	case <-r.ways.Done():
		return false
	}
}

// do has the run's goroutine do something.
func (r *run) do(ctx context.Context, f func() error) error {
	done := make(chan error, 1)
	select {
	case r.posts <- post{do: func() { done <- f() }}:
	case <-r.life.Done():
		return ErrOver
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-done:
		return err
	case <-r.life.Done():
		return ErrOver
	}
}
