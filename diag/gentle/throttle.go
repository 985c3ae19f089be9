package gentle

import (
	"context"
	"sync"
	"time"
)

// tick is how often processor time is looked at.
const tick = 50 * time.Millisecond

// Throttle holds a run's use of the processor within a limit: it pauses who
// asks it, and stops the programs that this process has started, where the
// system lets it, while there was too much. A nil Throttle does nothing.
type Throttle struct {
	clock  func() time.Time
	used   func() time.Duration // of this process, the programs it started, and theirs
	signal func(stop bool)      // to these programs

	mu     sync.Mutex // guards what follows
	bucket bucket
	gate   chan struct{} // closed while all is well; nil the same
}

// NewThrottle allows percent of one processor. 0 or less is no limit, and nil.
func NewThrottle(percent int) *Throttle {
	if percent <= 0 {
		return nil
	}
	return &Throttle{clock: time.Now, used: cpuTime, signal: signalChildren, bucket: bucket{percent: percent}}
}

// Run looks after it until ctx ends.
func (t *Throttle) Run(ctx context.Context) {
	if t == nil {
		return
	}
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	defer t.set(false)
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			t.look()
		}
	}
}

// look pauses or goes on.
func (t *Throttle) look() {
	used := t.used()
	t.mu.Lock()
	pause := t.bucket.fill(t.clock(), used) > 0
	t.mu.Unlock()
	t.set(pause)
}

func (t *Throttle) set(pause bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case pause:
		if t.gate == nil {
			t.gate = make(chan struct{})
		}
		t.signal(true) // again: there may be new ones
	case t.gate != nil:
		t.signal(false)
		close(t.gate)
		t.gate = nil
	}
}

// Wait returns when there is processor time to be had, or done is closed.
func (t *Throttle) Wait(done <-chan struct{}) {
	if t == nil {
		return
	}
	t.mu.Lock()
	gate := t.gate
	t.mu.Unlock()
	if gate == nil {
		return
	}
	select {
	case <-gate:
	case <-done:
	}
}
