package session

import "time"

// How long a session lasts at most; more is a new one with a consent of its own.
const (
	IdleTime    = 10 * time.Minute // without a change on the screen and without either person doing anything
	LongestTime = 60 * time.Minute // in all
	WarnTime    = time.Minute      // before the end both windows are told

	activeTime = 10 * time.Second // either side tells at most so often that something happens
)

// Limit is what ends a session by itself.
type Limit string

// The limits.
const (
	LimitIdle    Limit = "idle"    // IdleTime
	LimitLongest Limit = "longest" // LongestTime
)

// limits says when a session ends by itself.
type limits struct {
	began  time.Time // the two machines were connected
	active time.Time // the last change or input
}

// end is when nothing else happens, and why.
func (l limits) end() (time.Time, Limit) {
	idle, longest := l.active.Add(IdleTime), l.began.Add(LongestTime)
	if idle.Before(longest) {
		return idle, LimitIdle
	}
	return longest, LimitLongest
}

// clock is what limits go by; tests have their own.
type clock interface {
	Now() time.Time
	After(d time.Duration) <-chan time.Time
}

type wallClock struct{}

func (wallClock) Now() time.Time                         { return time.Now() }
func (wallClock) After(d time.Duration) <-chan time.Time { return time.After(d) }

func clockOr(c clock) clock {
	if c == nil {
		return wallClock{}
	}
	return c
}

// touch notes a change or an input; any goroutine may.
func (r *run) touch() {
	r.active.Store(r.conf.clock.Now().UnixNano())
	if r.near.Load() {
		r.conf.wake.up() // there may be nothing to warn of any more
	}
}

// watchLimits ends the session or warns of its end. Only the host ends it: the
// viewer has nothing but the warning to give.
func (r *run) watchLimits() {
	r.near.Store(true) // before active is read, so that no touch is missed
	now := r.conf.clock.Now()
	ends, why := limits{r.began, time.Unix(0, r.active.Load())}.end()
	rest := ends.Sub(now)
	switch {
	case rest <= 0 && r.conf.role == host:
		r.happen(map[Limit]event{LimitIdle: evIdle, LimitLongest: evLongest}[why])
		return
	case rest <= 0:
		r.alarm = nil
		return
	case rest > WarnTime:
		r.near.Store(false)
		r.alarm = r.conf.clock.After(rest - WarnTime)
		ends, why = time.Time{}, ""
	default:
		r.alarm = r.conf.clock.After(rest)
	}
	if !r.ends.Equal(ends) || r.limit != why {
		r.ends, r.limit = ends, why
		r.tellLive()
	}
}
