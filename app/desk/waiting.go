package desk

import (
	"net"
	"net/http"
	"runtime/debug"
	"sync/atomic"
	"time"
)

// What a crowd's coming leaves behind is given back when this many have come,
// and not more often than this.
const (
	crowd      = 1000
	tidyMemory = 15 * time.Second
)

// waiting gives memory back to the system after many have come at once, as
// after a restart: they wait then, and make no garbage that would call for
// collecting what their coming needed, which is more than what their waiting does.
type waiting struct {
	came atomic.Int64 // connections since the desk began

	seen int64     // of came, when memory was last given back; the sweep's alone
	at   time.Time // when that was
}

// count is a http.Server's ConnState.
func (w *waiting) count(_ net.Conn, state http.ConnState) {
	if state == http.StateNew {
		w.came.Add(1)
	}
}

// tidy is called by the sweep.
func (w *waiting) tidy(now time.Time) {
	came := w.came.Load()
	if came-w.seen < crowd || now.Sub(w.at) < tidyMemory {
		return
	}
	w.seen, w.at = came, now
	debug.FreeOSMemory()
}
