package gate

import (
	"strconv"
	"testing"
	"time"
)

// TestCrowd: whoever comes with more keys than are remembered keeps nobody else
// away, and gives nobody back what they have used up.
func TestCrowd(t *testing.T) {
	l := Limiter{Burst: 3, Every: time.Minute}
	now := time.Unix(1000, 0)
	for range l.Burst {
		l.Take("empty", now)
	}
	for i := range maxBuckets + 1000 {
		if _, ok := l.Take(strconv.Itoa(i), now); !ok {
			t.Fatalf("%d is kept away by others", i)
		}
	}
	if n := l.Len(); n > maxBuckets {
		t.Errorf("%d keys are remembered", n)
	}
	if _, ok := l.Take("empty", now); ok {
		t.Error("what was used up is there again")
	}
}
