package rendezvous

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// deaf is a room whose desk does not answer.
type deaf struct {
	Way
	asked chan struct{} // told each time that it is asked
}

func (deaf) Close() error { return nil }

func (d deaf) Ping(ctx context.Context) error {
	d.asked <- struct{}{}
	<-ctx.Done()
	return ctx.Err()
}

// A room that is asked for its health without haste is given up at once when
// something is wrong.
func TestPlaceHastens(t *testing.T) {
	for name, test := range map[string]struct {
		what func(*Place)
		want time.Duration // from then to the next room
	}{
		"it breaks":           {func(p *Place) { p.Wants(true); p.Check() }, quickPong},
		"the network changes": {func(p *Place) { p.Wants(true); p.Renew() }, 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				joined, first := make(chan time.Time, 1), deaf{asked: make(chan struct{}, 8)}
				p := NewPlace(first, func(context.Context) (Way, error) {
					joined <- time.Now()
					return deaf{asked: make(chan struct{}, 8)}, nil
				}, func() {})
				p.Keep(ctx)
				<-first.asked
				at := time.Now()
				test.what(p)
				if took := (<-joined).Sub(at); took != test.want {
					t.Errorf("the next room is entered after %v, want %v", took, test.want)
				}
				cancel()
				p.Leave()
			})
		})
	}
}
