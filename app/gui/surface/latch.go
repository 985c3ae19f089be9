//go:build !headless

package surface

import "sync"

// latch remembers that something is on its way.
type latch struct {
	mu       sync.Mutex // guards what is below
	on, more bool
}

// set says whether it was not on its way yet.
func (l *latch) set(more bool) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	was := l.on
	l.on, l.more = true, l.more || more
	return !was
}

func (l *latch) take() (more bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	more = l.more
	l.on, l.more = false, false
	return more
}
