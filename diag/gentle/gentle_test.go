package gentle

import (
	"context"
	"testing"
	"time"
)

// TestBucket has a run that takes a whole processor and may take a quarter.
func TestBucket(t *testing.T) {
	b := bucket{percent: 25}
	now, used := time.Unix(1_000_000, 0), time.Hour
	b.fill(now, used)
	worked, paused := time.Duration(0), time.Duration(0)
	for range 1_000 {
		now, used, worked = now.Add(20*time.Millisecond), used+20*time.Millisecond, worked+20*time.Millisecond
		if pause := b.fill(now, used); pause > 0 {
			now, paused = now.Add(pause), paused+pause
		}
	}
	if got := float64(worked) / float64(worked+paused); got < 0.245 || got > 0.26 {
		t.Errorf("%.3f of a processor", got)
	}
	// Who has paused for an hour may not take an hour then.
	now = now.Add(time.Hour)
	b.fill(now, used)
	now, used = now.Add(time.Second), used+time.Second
	if pause := b.fill(now, used); pause < 2*time.Second {
		t.Errorf("after a rest %v", pause)
	}
	// A clock that is set back and a program that is no longer counted change nothing.
	level := b.level
	if b.fill(now.Add(-10*365*24*time.Hour), used-time.Minute); b.level != level {
		t.Errorf("%v became %v", level, b.level)
	}
}

func TestThrottle(t *testing.T) {
	var none *Throttle
	none.Wait(nil)
	none.Run(context.Background())
	now, used, stopped := time.Unix(1, 0), time.Duration(0), []bool{}
	th := NewThrottle(50)
	th.clock = func() time.Time { return now }
	th.used = func() time.Duration { return used }
	th.signal = func(stop bool) { stopped = append(stopped, stop) }
	th.look()
	th.Wait(nil) // there is time to be had
	now, used = now.Add(time.Second), time.Second
	th.look()
	done := make(chan struct{})
	close(done)
	th.Wait(done) // only because of done
	waited := make(chan struct{})
	go func() {
		th.Wait(nil)
		close(waited)
	}()
	select {
	case <-waited:
		t.Error("went on while there was too much")
	case <-time.After(20 * time.Millisecond):
	}
	now = now.Add(2 * time.Second)
	th.look()
	<-waited
	if len(stopped) != 2 || !stopped[0] || stopped[1] {
		t.Errorf("programs were told %v", stopped)
	}
}
