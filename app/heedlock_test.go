//go:build !headless

package app

import (
	"context"
	"fmt"
	"testing"

	"github.com/sirupsen/logrus"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/lock"
	"github.com/beistand/beistand/session/lock/locktest"
	"github.com/beistand/beistand/session/rights"
)

// toldLock is what a session and its window were told, in order.
type toldLock chan string

func (t toldLock) Hold(why session.Hold)    { t <- fmt.Sprint("hold ", why) }
func (t toldLock) Release(why session.Hold) { t <- fmt.Sprint("release ", why) }
func (t toldLock) tell(locked bool)         { t <- fmt.Sprint("locked ", locked) }

// The window knows first that it is locked, and last that it goes on.
func TestHeedLock(t *testing.T) {
	m := locktest.New()
	l := openLock(func() (lock.Lock, error) { return m, nil }, logrus.New())
	told := make(toldLock)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); l.heed(ctx, told, told.tell) }()
	hold, release := fmt.Sprint("hold ", session.HoldLocked), fmt.Sprint("release ", session.HoldLocked)
	for range 2 {
		m.Set(true)
		for _, want := range []string{"locked true", hold} {
			if got := <-told; got != want {
				t.Fatalf("told %q, want %q", got, want)
			}
		}
		m.Set(false)
		for _, want := range []string{release, "locked false"} {
			if got := <-told; got != want {
				t.Fatalf("told %q, want %q", got, want)
			}
		}
	}
	cancel()
	<-done
	l.close()
}

// A yes that comes while the screen is locked is none; where nobody knows, it is one.
func TestNoYesWhileLocked(t *testing.T) {
	yes := func(context.Context, page.Wish) (page.Grant, error) {
		return page.Grant{Rights: rights.Of(rights.See)}, nil
	}
	take := func(context.Context, page.Handing) bool { return true }
	locked := locktest.New()
	locked.Set(true)
	for name, test := range map[string]struct {
		lock *heeded
		want bool
	}{
		"locked":    {&heeded{locked}, false},
		"unlocked":  {&heeded{locktest.New()}, true},
		"not known": {openLock(func() (lock.Lock, error) { return nil, lock.ErrUnavailable }, logrus.New()), true},
	} {
		t.Run(name, func(t *testing.T) {
			defer test.lock.close()
			g, err := test.lock.consent(yes)(t.Context(), page.Wish{})
			if err != nil || (g.Rights != 0) != test.want {
				t.Errorf("consent: %v, %v", g.Rights, err)
			}
			if got := test.lock.hand(take)(t.Context(), page.Handing{}); got != test.want {
				t.Errorf("a file: %v", got)
			}
		})
	}
}
