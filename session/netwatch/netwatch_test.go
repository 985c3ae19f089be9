package netwatch

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// place is a network that tests change.
type place struct {
	mu sync.Mutex
	is string
}

func (p *place) look() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.is
}

func (p *place) move(to string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.is = to
}

// A change is told once, with hints and without; hints alone are no change.
func TestChanges(t *testing.T) {
	for name, hinted := range map[string]bool{"hinted": true, "polled": false} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				p, hints := &place{is: "here"}, make(chan struct{}, 1)
				changes := watch(ctx, p.look, func(ctx context.Context) <-chan struct{} {
					if hinted {
						context.AfterFunc(ctx, func() { close(hints) })
					} else {
						close(hints) // this system does not tell
					}
					return hints
				})
				if hinted {
					hints <- struct{}{}
					synctest.Wait()
				}
				select {
				case <-changes:
					t.Error("nothing has changed")
				default:
				}
				for _, to := range []string{"there", "elsewhere"} {
					p.move(to)
					if hinted {
						hints <- struct{}{}
					}
					<-changes
				}
				cancel()
				if _, more := <-changes; more {
					t.Error("a change was told twice")
				}
			})
		})
	}
}

// A change is told also where hints never end.
func TestUnrest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		p := &place{is: "here"}
		changes := watch(ctx, p.look, func(ctx context.Context) <-chan struct{} {
			hints := make(chan struct{})
			go func() {
				defer close(hints)
				tick := time.NewTicker(settle / 2)
				defer tick.Stop()
				for {
					select {
					case <-tick.C:
						hints <- struct{}{}
					case <-ctx.Done():
						return
					}
				}
			}()
			return hints
		})
		synctest.Wait()
		p.move("there")
		select {
		case <-changes:
		case <-time.After(2 * pollEvery):
			t.Error("nobody has looked")
		}
		cancel()
		for range changes {
		}
	})
}

// The system's own, without a change: it ends with its context.
func TestEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	changes := Changes(ctx)
	cancel()
	for range changes {
	}
}
