package session

import (
	"context"
	"errors"
	"testing"
	"time"
)

// The relay stops and starts again, more than once: the session goes on by
// itself, nobody is asked anything, and every picture arrives.
func TestRelayRestarts(t *testing.T) {
	t.Parallel()
	f := newFrail(t)
	f.begin()
	for n := range byte(2) {
		f.stopRelay()
		f.isBroken(true)
		want := f.repaint(50 + n)
		f.startRelay()
		f.sees(want)
		f.isBroken(false)
	}
	f.finish()
}

// The desk goes too, and comes back after the relay.
func TestDeskAndRelayRestart(t *testing.T) {
	t.Parallel()
	f := newFrail(t)
	f.begin()
	f.stopDesk()
	want := f.repaint(60) // the path does not need the desk
	f.sees(want)
	f.stopRelay()
	f.isBroken(true)
	f.until("both to know that the desk is away", func() bool {
		return f.last[host].Broken == BrokenDesk && f.last[viewer].Broken == BrokenDesk
	})
	f.startRelay()
	want = f.repaint(61)
	f.startDesk()
	f.sees(want)
	f.isBroken(false)
	f.finish()
}

// A direct path does not care for the desk, and both come back to it.
func TestDeskRestarts(t *testing.T) {
	t.Parallel()
	f := newFrail(t)
	f.host.Relay, f.viewer.Relay = false, false
	changes := make(chan struct{}, 1)
	f.viewer.Changes = func(context.Context) <-chan struct{} { return changes }
	f.begin()
	f.stopDesk()
	f.sees(f.repaint(60))
	f.startDesk()
	f.sees(f.repaint(61))
	// The way that they have come back is good for a next connection.
	changes <- struct{}{}
	f.until("the next connection", func() bool { return len(f.took[host]) > 1 && len(f.took[viewer]) > 1 })
	f.sees(f.repaint(62))
	f.mu.Lock()
	for r, e := range f.last {
		if e.Broken != "" {
			t.Errorf("role %d was told of an interruption", r)
		}
	}
	f.mu.Unlock()
	f.finish()
}

// A network that changes on either side leads to another connection, while
// pictures go on over the one before; the numbers only rise.
func TestNetworkChanges(t *testing.T) {
	t.Parallel()
	f := newFrail(t)
	f.host.Relay, f.viewer.Relay = false, false
	changes := map[role]chan struct{}{host: make(chan struct{}, 1), viewer: make(chan struct{}, 1)}
	f.host.Changes = func(context.Context) <-chan struct{} { return changes[host] }
	f.viewer.Changes = func(context.Context) <-chan struct{} { return changes[viewer] }
	f.begin()
	for n, r := range []role{host, viewer, host, viewer} {
		f.mu.Lock()
		had := len(f.took[host])
		f.mu.Unlock()
		changes[r] <- struct{}{}
		f.sees(f.repaint(byte(70 + n)))
		f.until("the next connection", func() bool { return len(f.took[host]) > had && len(f.took[viewer]) > had })
	}
	f.sees(f.repaint(80))
	f.mu.Lock()
	for r, numbers := range f.took {
		for i := 1; i < len(numbers); i++ {
			if numbers[i] <= numbers[i-1] {
				t.Errorf("role %d took over %v", r, numbers)
			}
		}
	}
	f.mu.Unlock()
	f.finish()
}

// A pause while nothing comes through counts at once, and what was painted
// before and during it is not seen afterwards.
func TestPauseWhileBroken(t *testing.T) {
	t.Parallel()
	f := newFrail(t)
	f.begin()
	f.stopRelay()
	f.isBroken(true)
	f.repaint(90) // it may have been read when the pause comes
	f.h.Pause()
	f.isPaused(host, true)
	f.mu.Lock()
	updates := f.updates
	f.mu.Unlock()
	f.startRelay()
	f.isPaused(viewer, true)
	f.isBroken(false)
	f.mu.Lock()
	if f.updates != updates {
		t.Errorf("%d pictures were shown after the pause", f.updates-updates)
	}
	f.mu.Unlock()
	f.h.Resume()
	f.sees(f.repaint(91))
	f.stopViewer()
	h, v := f.ends()
	h.check(t, "host", nil, BySupporter)
	v.check(t, "viewer", nil, BySupporter)
}

// A stop while nothing comes through ends it at once, and the other side is
// told through the desk when that is there.
func TestStopWhileBroken(t *testing.T) {
	t.Parallel()
	f := newFrail(t)
	f.begin()
	f.stopRelay()
	f.isBroken(true)
	f.finish()
}

// When both ways are gone it waits, and then ends by name; a stop meanwhile
// ends the own side.
func TestOutage(t *testing.T) {
	t.Parallel()
	for name, stop := range map[string]bool{"endured": false, "stopped": true} {
		t.Run(name, func(t *testing.T) {
			f := newFrail(t)
			f.host.outage, f.viewer.outage = 6*time.Second, 6*time.Second
			f.begin()
			f.stopDesk()
			f.stopRelay()
			f.isBroken(true)
			want := ErrConnectionLost
			if stop {
				want = nil
				f.stopHost()
			}
			h, v := f.ends()
			v.check(t, "viewer", ErrConnectionLost, ByNetwork)
			if !errors.Is(h.err, want) || want == nil && h.end.By != ByCustomer {
				t.Errorf("the host ended with %v by %s", h.err, h.end.By)
			}
		})
	}
}

// A desk that says that it is over ends a session only while that has no other way.
func TestDeskSaysOver(t *testing.T) {
	t.Parallel()
	f := newFrail(t)
	f.begin()
	f.desk.say(`{"event":"peer-left"}`)
	f.desk.say(`{"event":"ended","reason":"closed"}`)
	f.sees(f.repaint(55))
	f.stopRelay()
	f.isBroken(true)
	f.until("both in the room again", func() bool { return f.desk.inside() == 2 })
	f.desk.say(`{"event":"ended","reason":"closed"}`)
	h, v := f.ends()
	for who, r := range map[string]result{"host": h, "viewer": v} {
		r.check(t, who, ErrDesk, ByDesk)
	}
}
