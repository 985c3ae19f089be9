package overlaytest

import (
	"errors"
	"image"
	"testing"
	"time"

	"github.com/beistand/beistand/session/overlay"
)

// Fixture is a driver on a desktop that a test can look at.
type Fixture struct {
	Overlay overlay.Overlay
	Monitor string                                  // a monitor's name
	Window  uint32                                  // a window
	Framed  func(t testing.TB, a overlay.Area) bool // it has a border, where it is now
	Marked  func(t testing.TB, at image.Point) bool // the ring is around that place
	Move    func(t testing.TB)                      // moves the window
	Take    func(t testing.TB, key string)          // another program holds a key; before Overlay is asked for it
	Press   func(t testing.TB, key string)          // a person presses it
}

// Suite is what every driver must do; open gives a fresh fixture.
func Suite(t *testing.T, open func(t *testing.T) Fixture) {
	for name, test := range map[string]func(*testing.T, Fixture){
		"frames": frames, "marks": marks, "hears the key": hears, "takes the next key": next, "closes": closes,
	} {
		t.Run(name, func(t *testing.T) {
			f := open(t)
			t.Cleanup(func() { f.Overlay.Close() })
			test(t, f)
		})
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func until(t testing.TB, what string, good func() bool) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); !good(); <-time.After(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal(what)
		}
	}
}

func frames(t *testing.T, f Fixture) {
	monitor, window := overlay.Area{Monitor: f.Monitor}, overlay.Area{Window: f.Window}
	are := func(m, w bool) func() bool {
		return func() bool { return f.Framed(t, monitor) == m && f.Framed(t, window) == w }
	}
	until(t, "there is a border before any was asked for", are(false, false))
	must(t, f.Overlay.Border([]overlay.Area{monitor}))
	until(t, "the monitor has no border", are(true, false))
	must(t, f.Overlay.Border([]overlay.Area{window}))
	until(t, "the window alone should have a border", are(false, true))
	f.Move(t)
	until(t, "the border has not followed the window", are(false, true))
	must(t, f.Overlay.Border([]overlay.Area{window, monitor, {Monitor: "gone"}, {Window: 1}}))
	until(t, "both should have a border", are(true, true))
	must(t, f.Overlay.Border(nil))
	until(t, "a border is left", are(false, false))
}

func marks(t *testing.T, f Fixture) {
	at, other := image.Pt(100, 80), image.Pt(220, 60)
	must(t, f.Overlay.Label("Jan de Vries, Müller & Söhne"))
	must(t, f.Overlay.Mark(at, true))
	until(t, "no mark", func() bool { return f.Marked(t, at) })
	must(t, f.Overlay.Mark(other, true))
	until(t, "the mark has not moved", func() bool { return f.Marked(t, other) && !f.Marked(t, at) })
	must(t, f.Overlay.Label(""))
	until(t, "the mark has gone with its label", func() bool { return f.Marked(t, other) })
	must(t, f.Overlay.Mark(other, false))
	until(t, "the mark is left", func() bool { return !f.Marked(t, other) })
	for _, far := range []image.Point{{X: -1 << 40, Y: 5}, {X: 1 << 40, Y: 1 << 40}} {
		must(t, f.Overlay.Mark(far, true))
	}
}

func hears(t *testing.T, f Fixture) {
	const want = "Ctrl+Alt+End"
	key, pressed, err := f.Overlay.Hotkey(overlay.Keys()...)
	if err != nil || key != want {
		t.Fatalf("got %q, %v", key, err)
	}
	for range 3 {
		f.Press(t, want)
		select {
		case <-pressed:
		case <-time.After(5 * time.Second):
			t.Fatal("the key was not heard")
		}
	}
	must(t, f.Overlay.Close())
	if _, ok := <-pressed; ok {
		t.Error("a key that nobody has pressed")
	}
}

func next(t *testing.T, f Fixture) {
	for _, key := range overlay.Keys()[:2] {
		f.Take(t, key)
	}
	key, pressed, err := f.Overlay.Hotkey(overlay.Keys()...)
	if err != nil || key != overlay.Keys()[2] {
		t.Fatalf("got %q, %v", key, err)
	}
	f.Press(t, key)
	select {
	case <-pressed:
	case <-time.After(5 * time.Second):
		t.Fatal("the key was not heard")
	}
	if _, _, err := f.Overlay.Hotkey(overlay.Keys()[:2]...); !errors.Is(err, overlay.ErrTaken) {
		t.Errorf("got %v, want %v", err, overlay.ErrTaken)
	}
	for _, wrong := range []string{"", "End", "Shift+End", "Ctrl+Ctrl+End", "Ctrl+a", "Ctrl+F13", "Ctrl+"} {
		if _, _, err := f.Overlay.Hotkey(wrong); !errors.Is(err, overlay.ErrKey) {
			t.Errorf("%q: %v, want %v", wrong, err, overlay.ErrKey)
		}
	}
}

func closes(t *testing.T, f Fixture) {
	area := overlay.Area{Monitor: f.Monitor}
	must(t, f.Overlay.Border([]overlay.Area{area}))
	must(t, f.Overlay.Mark(image.Pt(100, 80), true))
	until(t, "no border", func() bool { return f.Framed(t, area) })
	for range 2 {
		must(t, f.Overlay.Close())
	}
	until(t, "something is left", func() bool { return !f.Framed(t, area) && !f.Marked(t, image.Pt(100, 80)) })
	_, _, err := f.Overlay.Hotkey("Ctrl+Alt+End")
	for _, err := range []error{err, f.Overlay.Border(nil), f.Overlay.Mark(image.Point{}, true), f.Overlay.Label("x")} {
		if !errors.Is(err, overlay.ErrClosed) {
			t.Errorf("got %v, want %v", err, overlay.ErrClosed)
		}
	}
}
