package session

import (
	"testing"
	"time"
)

// The clock's monotonic reading cannot be made, so that a sleep on Linux, in
// which it stands still, is made by a step of the other one.
func TestNap(t *testing.T) {
	now := time.Now()
	for name, test := range map[string]struct {
		looks []time.Time
		want  bool // at the last look
	}{
		"the first look":    {[]time.Time{now}, false},
		"awake":             {[]time.Time{now, now.Add(time.Second)}, false},
		"slow":              {[]time.Time{now, now.Add(sleepTime - time.Millisecond)}, false},
		"nobody has looked": {[]time.Time{now, now.Add(sleepTime)}, true},
		"awake again":       {[]time.Time{now, now.Add(time.Hour), now.Add(time.Hour + time.Second)}, false},
		"clock set back":    {[]time.Time{now.Round(0), now.Add(-time.Hour).Round(0)}, false},
	} {
		var n nap
		var got bool
		for _, at := range test.looks {
			got = n.slept(at)
		}
		if got != test.want {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}
