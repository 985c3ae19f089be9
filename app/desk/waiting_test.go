package desk

import (
	"net/http"
	"testing"
	"time"
)

// TestWaiting: memory is given back while a crowd comes and once after it,
// also when its last were too few to be a crowd.
func TestWaiting(t *testing.T) {
	var w waiting
	now := time.Unix(1000, 0)
	for i, s := range []struct {
		come int
		due  bool
	}{
		{0, false},
		{crowd - 1, false},
		{few, true}, // the first after the crowd's beginning
		{9000, false},
		{500, false},
		{500, true},     // 15 s after the last
		{few, false},    // they still come
		{few - 1, true}, // the end of the crowd
		{0, false},
		{few - 1, false},
		{crowd, true},
		{0, true},
		{0, false},
	} {
		for range s.come {
			w.count(nil, http.StateNew)
			w.count(nil, http.StateActive)
		}
		if now = now.Add(5 * time.Second); w.due(now) != s.due {
			t.Errorf("step %d: due is %t", i, !s.due)
		}
	}
}
