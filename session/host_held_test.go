package session

import (
	"image"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/beistand/beistand/session/input"
	"github.com/beistand/beistand/session/invite"
	"github.com/beistand/beistand/session/rights"
)

// What is held down on the customer's machine is let go before they are told
// that nothing comes through, when the machine has slept, and when the right is
// taken back; nobody has to say so.
func TestNothingStaysPressed(t *testing.T) {
	for name, comes := range map[string]func(f *frail, slept *atomic.Bool){
		"the connection is cut": func(f *frail, _ *atomic.Bool) { f.stopRelay(); f.isBroken(true) },
		"the machine sleeps": func(f *frail, slept *atomic.Bool) {
			slept.Store(true)
			f.until("the next connection", func() bool { return len(f.took[host]) > 1 && len(f.took[viewer]) > 1 })
		},
		"the right is revoked": func(f *frail, _ *atomic.Bool) { f.h.Revoke(rights.Of(rights.Control)) },
		"the customer pauses":  func(f *frail, _ *atomic.Bool) { f.h.Pause() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFrail(t)
			var slept atomic.Bool
			f.host.seams.clocks = func(now time.Time) (wall, awake time.Time) {
				if slept.Load() {
					return now.Add(time.Hour), now // as on Linux: the other clock has stood still
				}
				return now, now
			}
			m := newMachine(f.tell)
			i := invites(invite.Supporter, control)
			f.host.Invitation, f.viewer.Invitation, f.host.Input = i, i, m
			f.begin()
			f.until("control", func() bool { return f.last[viewer].Rights.Has(rights.Control) })
			f.holds(m)
			comes(f, &slept)
			if done := m.all(); !strings.HasSuffix(done, "; released") {
				t.Errorf("done when %s: %s", name, done)
			}
		})
	}
}

// holds has the supporter hold a key and a button down.
func (f *frail) holds(m *machine) {
	f.t.Helper()
	for _, err := range []error{f.v.Move(image.Pt(7, 8)), f.v.Button(1, true), f.v.Key(input.Key{Name: "Shift"}, true)} {
		if err != nil {
			f.t.Fatal(err)
		}
	}
	f.until("a key held down", func() bool {
		return strings.HasSuffix(m.all(), "Shift} true") || strings.HasSuffix(m.all(), "Shift true")
	})
}
