package session

import (
	"testing"
	"time"
)

// Each step is how far the wall's clock and the monotonic one have gone on.
func TestNap(t *testing.T) {
	type step struct{ wall, awake time.Duration }
	for name, test := range map[string]struct {
		steps []step
		want  bool // at the last look
	}{
		"the first look":      {nil, false},
		"awake":               {[]step{{time.Second, time.Second}}, false},
		"slow":                {[]step{{sleepTime - time.Millisecond, sleepTime - time.Millisecond}}, false},
		"suspended on Linux":  {[]step{{time.Second, time.Second}, {time.Hour, time.Second}}, true},
		"suspended shortly":   {[]step{{sleepTime, 0}}, true},
		"too short to tell":   {[]step{{sleepTime - time.Millisecond, 0}}, false},
		"suspended elsewhere": {[]step{{time.Hour, time.Hour}}, true}, // both clocks go on, and nobody looks
		"awake again":         {[]step{{time.Hour, time.Second}, {time.Second, time.Second}}, false},
		"clock set back":      {[]step{{-time.Hour, time.Second}}, false},
		"clock set forward":   {[]step{{time.Hour, time.Second}}, true}, // it looks the same
	} {
		var n nap
		wall, awake := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), time.Unix(0, 0)
		got := n.slept(wall, awake)
		for _, s := range test.steps {
			wall, awake = wall.Add(s.wall), awake.Add(s.awake)
			got = n.slept(wall, awake)
		}
		if got != test.want {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
	var n nap
	now := time.Now() // one reading has both
	if n.slept(now, now) || n.slept(now.Add(time.Second), now.Add(time.Second)) || !n.slept(now.Add(time.Minute), now.Add(time.Minute)) {
		t.Error("a time with both readings is misjudged")
	}
}
