//go:build !headless

package page

import "sync"

// Newest brings values to the user interface's thread, the newest only: what
// comes while one waits there takes its place. So a fast teller cannot fill
// the thread's queue.
type Newest[T any] struct {
	scope *Scope
	show  func(T)

	mu      sync.Mutex // guards what is below
	value   T
	waiting bool
}

// NewNewest hands values to show until s ends.
func NewNewest[T any](s *Scope, show func(T)) *Newest[T] {
	return &Newest[T]{scope: s, show: show}
}

// Put may be called from any goroutine. The value must not change afterwards.
func (n *Newest[T]) Put(value T) {
	n.mu.Lock()
	n.value = value
	asked := n.waiting
	n.waiting = true
	n.mu.Unlock()
	if !asked {
		n.scope.UI(func() { n.show(n.take()) })
	}
}

func (n *Newest[T]) take() T {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.waiting = false
	return n.value
}
