package desk

import (
	"net"
	"net/http"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"
)

// What a crowd's coming leaves behind is given back when this many have come:
// not more often than this while more come, and once when few do any more.
const (
	crowd      = 1000
	few        = 100 // between two sweeps
	tidyMemory = 15 * time.Second
)

// waiting gives memory back to the system after many have come at once, as
// after a restart: they wait then, and make no garbage that would call for
// collecting what their coming needed, which is more than what their waiting does.
type waiting struct {
	came atomic.Int64 // connections since the desk began

	mu   sync.Mutex // guards what follows
	last int64      // of came, at the last sweep
	seen int64      // of came, when memory was given back and few came any more
	at   time.Time  // when it was last given back
}

// count is a http.Server's ConnState.
func (w *waiting) count(_ net.Conn, state http.ConnState) {
	if state == http.StateNew {
		w.came.Add(1)
	}
}

// tidy is called by the sweep.
func (w *waiting) tidy(now time.Time) {
	if w.due(now) {
		debug.FreeOSMemory()
	}
}

// due says whether memory is to be given back now.
func (w *waiting) due(now time.Time) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	came := w.came.Load()
	calm := came-w.last < few
	w.last = came
	if came-w.seen < crowd || !calm && now.Sub(w.at) < tidyMemory {
		return false
	}
	if w.at = now; calm { // else the rest of the crowd leaves something, too
		w.seen = came
	}
	return true
}
