//go:build !headless

package app

import (
	"context"
	"image"
	"io"
	"slices"
	"testing"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/overlay"
	"github.com/beistand/beistand/session/overlay/overlaytest"
	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/screen"
	"github.com/beistand/beistand/session/screen/screentest"
)

// until waits until it is so.
func until(t *testing.T, what string, so func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for !so() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

// TestFenceFramesWhatIsSeen also holds that a second session's end leaves the
// first one's border, and that the key takes all away.
func TestFenceFramesWhatIsSeen(t *testing.T) {
	twin := overlaytest.New()
	log := logrus.New()
	log.SetOutput(io.Discard)
	stopped := make(chan struct{})
	f := &fence{open: func() (overlay.Overlay, error) { return twin, nil }, stop: func() { close(stopped) }, log: log}
	f.enter()
	f.enter()
	shows := func(want ...overlay.Area) {
		t.Helper()
		until(t, "the border", func() bool { return slices.Equal(twin.Areas(), want) })
	}
	one, two := overlay.Area{Monitor: "DP-1"}, overlay.Area{Window: 7}
	f.show("s1", []overlay.Area{one})
	f.show("s2", []overlay.Area{two, one})
	shows(one, two)
	f.show("s2", nil)
	shows(one)
	if err := f.pointer("Anna").Mark(image.Pt(5, 6), true); err != nil {
		t.Fatal(err)
	}
	if err := f.pointer("Paul").Mark(image.Point{}, false); err != nil { // it is not Paul's
		t.Fatal(err)
	}
	if at, label, shown := twin.Marked(); !shown || label != "Anna" || at != image.Pt(5, 6) {
		t.Errorf("the mark of %q at %v: %v", label, at, shown)
	}
	twin.Press(f.pressedKey())
	<-stopped
	shows()
	f.leave()
	if f.pressedKey() == "" {
		t.Error("the key went with the first of two")
	}
	f.leave()
	if f.pressedKey() != "" || f.pointer("Anna") != nil {
		t.Error("it holds on after the last")
	}
}

func TestWhatIsFramed(t *testing.T) {
	source := screentest.New(screen.Monitor{Name: "DP-1", Bounds: image.Rect(0, 0, 100, 50)}, screen.Monitor{Name: "DP-2", Bounds: image.Rect(100, 0, 200, 50)})
	monitors, err := source.Monitors()
	if err != nil {
		t.Fatal(err)
	}
	live := session.Event{Phase: session.PhaseSharing, Rights: rights.Of(rights.See)}
	for name, test := range map[string]struct {
		change func(*session.Event)
		want   []overlay.Area
	}{
		"everything":  {func(*session.Event) {}, []overlay.Area{{Monitor: monitors[0].Name}, {Monitor: monitors[1].Name}}},
		"one monitor": {func(e *session.Event) { e.Scope.Monitors = []string{monitors[1].Name} }, []overlay.Area{{Monitor: monitors[1].Name}}},
		"paused":      {func(e *session.Event) { e.Held = session.HoldPaused }, nil},
		"locked":      {func(e *session.Event) { e.Held = session.HoldLocked }, nil},
		"no observer": {func(e *session.Event) { e.Held = session.HoldObserver }, nil},
		"taken back":  {func(e *session.Event) { e.Rights = rights.Of(rights.Logs) }, nil},
		"over":        {func(e *session.Event) { e.Phase = session.PhaseEnded }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			e := live
			test.change(&e)
			if got := framed(e, source); !slices.Equal(got, test.want) {
				t.Errorf("framed: %+v", got)
			}
		})
	}
}
