//go:build !headless

package supporter

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/rights"
)

// TestAFloodOfPauses holds that the newest standing alone waits for the window.
func TestAFloodOfPauses(t *testing.T) {
	l := goLive(t, api.RoleSupporter, rights.See)
	for range 20_000 { // more than the person's queue holds
		l.w.Notify(page.Standing{Phase: session.PhaseWatching, Given: rights.Of(rights.See), Paused: true})
	}
	l.See("Paused by the customer")
	m := screen(640, 400)
	if seen := l.Window.Canvas().Capture(); has(seen, m.At(320, 200)) {
		t.Error("the picture is still in the window")
	}
}

// TestAFloodOfSigns holds that what a machine names its figures is not kept.
func TestAFloodOfSigns(t *testing.T) {
	l := newLoads()
	for i := range 50 {
		l.sample(fmt.Sprintf("name %d: %d %%\n", i, i) + "no name\nnor here\n")
	}
	var names, figures []string
	for _, g := range l.gauges {
		names, figures = append(names, g.Name), append(figures, g.Text)
	}
	if !slices.Equal(names, []string{"name 49", "", ""}) || !slices.Equal(figures, []string{"49 %", "no name", "nor here"}) {
		t.Errorf("there are %q: %q", names, figures)
	}
}

// TestTroubleIsSaidOnce holds that what fails with each move of the mouse does
// not fill the log and the window.
func TestTroubleIsSaidOnce(t *testing.T) {
	l := goLive(t, api.RoleSupporter, rights.See, rights.Control)
	l.h.err = session.ErrBusy
	l.Tap("Take control")
	hands := l.screenIn().Hands
	said := func() int { return hands.(mouseAndKeys).of.bar.said }
	before := said()
	for range 100 {
		hands.Wheel(0, 1)
	}
	l.See("That was too much at once.")
	if n := said() - before; n != 1 {
		t.Errorf("said %d times", n)
	}
	l.h.err = session.ErrHeld
	hands.Wheel(0, 1)
	l.See("Nothing can be done while the session is paused.")
}

// TestOwnHand holds that the supporter is told why their mouse does nothing.
func TestOwnHand(t *testing.T) {
	l := goLive(t, api.RoleSupporter, rights.See, rights.Control)
	l.Tap("Take control")
	given := rights.Of(rights.See, rights.Control)
	l.is(page.Standing{Given: given, Own: true})
	l.See("The customer is using the mouse or keyboard.")
	l.is(page.Standing{Given: given})
	l.See("Ctrl+Alt+Enter ends it.")
}

func TestShortReason(t *testing.T) {
	for in, want := range map[string]string{
		"":                         "",
		" to set\tthe\nprinter ":   "to set the printer",
		strings.Repeat("ü", 5000):  strings.Repeat("ü", maxReason),
		strings.Repeat("a", 8<<20): strings.Repeat("a", maxReason), // somebody's whole clipboard
	} {
		if got := short(in); got != want {
			t.Errorf("%d bytes become %q", len(in), got)
		}
	}
}
