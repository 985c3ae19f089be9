//go:build !headless

package page

import (
	"context"
	"sync"
)

// Scope is how long something's work lives: a page's until it is left, a
// window's until it is closed. It owns the cancel of its context.
type Scope struct {
	ctx    context.Context
	cancel context.CancelFunc
	work   *sync.WaitGroup // of the whole window
	do     func(func())
}

// NewScope is a window's scope. do brings a function to the user interface's
// thread: fyne.Do in a window, a test's own queue in a test.
func NewScope(ctx context.Context, do func(func())) *Scope {
	ctx, cancel := context.WithCancel(ctx)
	return &Scope{ctx: ctx, cancel: cancel, work: &sync.WaitGroup{}, do: do}
}

// Child ends with its parent or by its own End.
func (s *Scope) Child() *Scope {
	ctx, cancel := context.WithCancel(s.ctx)
	return &Scope{ctx: ctx, cancel: cancel, work: s.work, do: s.do}
}

// Go runs work away from the user interface's thread, until the scope ends.
func (s *Scope) Go(work func(ctx context.Context)) {
	s.work.Go(func() { work(s.ctx) })
}

// UI runs show on the user interface's thread, unless the scope has ended by then.
func (s *Scope) UI(show func()) {
	s.do(func() {
		if s.ctx.Err() == nil {
			show()
		}
	})
}

// Ended says whether the scope is over.
func (s *Scope) Ended() bool { return s.ctx.Err() != nil }

// End cancels the scope's work.
func (s *Scope) End() { s.cancel() }

// Wait waits for the work of the whole window. It must not be called on the
// user interface's thread while that still runs.
func (s *Scope) Wait() { s.work.Wait() }

// Load runs load away from the user interface's thread and hands what it gave
// to show on it, once, unless the scope has ended.
func Load[M any](s *Scope, load func(context.Context) (M, error), show func(M, error)) {
	s.Go(func(ctx context.Context) {
		m, err := load(ctx)
		s.UI(func() { show(m, err) })
	})
}
