package rendezvous

import (
	"testing"
	"time"
)

// What is broken tries at once and then often; what is not is spread over
// seconds, and is back within 30 seconds of the desk.
func TestWait(t *testing.T) {
	for name, test := range map[string]struct {
		try    int
		urgent bool
		from   time.Duration // with the lowest chance
		to     time.Duration // with the highest
	}{
		"broken, at once":    {0, true, 0, 0},
		"broken, second":     {1, true, 100 * time.Millisecond, 200 * time.Millisecond},
		"broken, third":      {2, true, 200 * time.Millisecond, 400 * time.Millisecond},
		"broken, later":      {4, true, 500 * time.Millisecond, time.Second},
		"broken, much later": {1 << 40, true, 500 * time.Millisecond, time.Second},
		"fine, first":        {0, false, 0, 2 * time.Second},
		"fine, second":       {1, false, 0, 4 * time.Second},
		"fine, later":        {3, false, 0, 15 * time.Second},
		"fine, much later":   {1 << 40, false, 0, 15 * time.Second},
		"before the first":   {-1, false, 0, 2 * time.Second},
	} {
		if from, to := Wait(test.try, test.urgent, 0), Wait(test.try, test.urgent, 1); from != test.from || to != test.to {
			t.Errorf("%s: %v to %v, want %v to %v", name, from, to, test.from, test.to)
		}
	}
}
