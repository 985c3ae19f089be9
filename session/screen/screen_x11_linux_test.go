package screen_test

import (
	"errors"
	"image"
	"strings"
	"testing"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/randr"
	"github.com/jezek/xgb/xproto"
	"go.uber.org/goleak"

	"github.com/beistand/beistand/session/screen"
	"github.com/beistand/beistand/session/screen/screentest"
	"github.com/beistand/beistand/session/x11/x11test"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// painter is a second client of the display.
type painter struct {
	conn *xgb.Conn
	root xproto.Window
	gc   xproto.Gcontext

	xtest bool // it can be used
}

func newPainter(t testing.TB, display string) *painter {
	t.Helper()
	conn, err := xgb.NewConnDisplay(display)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	p := &painter{conn: conn, root: xproto.Setup(conn).DefaultScreen(conn).Root}
	if p.gc, err = xproto.NewGcontextId(conn); err != nil {
		t.Fatal(err)
	}
	if err := xproto.CreateGCChecked(conn, p.gc, xproto.Drawable(p.root), 0, nil).Check(); err != nil {
		t.Fatal(err)
	}
	return p
}

// paint puts a picture on the root window, a few rows at once as requests are
// small. Xvfb's pixels are blue, green, red, nothing.
func (p *painter) paint(t testing.TB, picture *image.RGBA) {
	t.Helper()
	r := picture.Rect
	rows := max(1, 200_000/(4*r.Dx()))
	for y := r.Min.Y; y < r.Max.Y; y += rows {
		n := min(rows, r.Max.Y-y)
		var data []byte
		for i := range n * r.Dx() {
			c := picture.RGBAAt(r.Min.X+i%r.Dx(), y+i/r.Dx())
			data = append(data, c.B, c.G, c.R, 0)
		}
		err := xproto.PutImageChecked(p.conn, xproto.ImageFormatZPixmap, xproto.Drawable(p.root), p.gc,
			uint16(r.Dx()), uint16(n), int16(r.Min.X), int16(y), 0, 24, data).Check()
		if err != nil {
			t.Fatal(err)
		}
	}
}

func (p *painter) setMonitors(t testing.TB, monitors ...screen.Monitor) {
	t.Helper()
	if err := screen.UseExtension(p.conn, "RANDR"); err != nil {
		t.Fatal(err)
	}
	if _, err := randr.QueryVersion(p.conn, 1, 5).Reply(); err != nil {
		t.Fatal(err)
	}
	resources, err := randr.GetScreenResourcesCurrent(p.conn, p.root).Reply()
	if err != nil {
		t.Fatal(err)
	}
	outputs := resources.Outputs // the first takes the real output, so that it stands for it
	for _, m := range monitors {
		atom, err := xproto.InternAtom(p.conn, false, uint16(len(m.Name)), m.Name).Reply()
		if err != nil {
			t.Fatal(err)
		}
		info := randr.MonitorInfo{
			Name: atom.Atom, Primary: m.Primary, NOutput: uint16(len(outputs)), Outputs: outputs,
			X: int16(m.Bounds.Min.X), Y: int16(m.Bounds.Min.Y), Width: uint16(m.Bounds.Dx()), Height: uint16(m.Bounds.Dy()),
		}
		if err := randr.SetMonitorChecked(p.conn, p.root, info).Check(); err != nil {
			t.Fatal(err)
		}
		outputs = nil
	}
}

func fixture(t *testing.T, display, paintOn string, monitors bool) screentest.Fixture {
	t.Helper()
	p := newPainter(t, paintOn)
	source, err := screen.OpenX11(display)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { source.Close() })
	f := screentest.Fixture{Source: source, Desktop: image.Rect(0, 0, 640, 480), Paint: p.paint}
	if monitors {
		f.SetMonitors = p.setMonitors
	}
	return f
}

func TestX11(t *testing.T) {
	screentest.Suite(t, func(t *testing.T) screentest.Fixture {
		display := x11test.Start(t, "640x480x24")
		f := fixture(t, display, display, true)
		if !screen.Shared(f.Source) {
			t.Error("memory is not shared with a display on this machine")
		}
		return f
	})
}

// Over a network there is no shared memory.
func TestX11Remote(t *testing.T) {
	screentest.Suite(t, func(t *testing.T) screentest.Fixture {
		display := x11test.Start(t, "640x480x24", "-listen", "tcp", "-ac")
		f := fixture(t, "127.0.0.1"+display, display, true)
		if screen.Shared(f.Source) {
			t.Error("memory is shared with a display that is elsewhere")
		}
		return f
	})
}

func TestX11WithoutRandR(t *testing.T) {
	screentest.Suite(t, func(t *testing.T) screentest.Fixture {
		display := x11test.Start(t, "640x480x24", "-extension", "RANDR")
		return fixture(t, display, display, false)
	})
}

func TestX11Visuals(t *testing.T) {
	for _, geometry := range []string{"640x480x16", "640x480x8"} {
		t.Run(geometry, func(t *testing.T) {
			_, err := screen.OpenX11(x11test.Start(t, geometry))
			if !errors.Is(err, screen.ErrVisual) || !errors.Is(err, screen.ErrUnavailable) {
				t.Errorf("got %v, want %v and %v", err, screen.ErrVisual, screen.ErrUnavailable)
			}
		})
	}
}

// A server that goes away is an error, not a wait.
func TestX11ServerGone(t *testing.T) {
	var source screen.Source
	t.Run("server", func(t *testing.T) { // its end ends the server
		var err error
		if source, err = screen.OpenX11(x11test.Start(t, "640x480x24")); err != nil {
			t.Fatal(err)
		}
	})
	if _, err := source.Monitors(); err == nil {
		t.Error("a display that is gone has monitors")
	}
	if err := source.Close(); err != nil {
		t.Error(err)
	}
}

// What Xwayland would show is black: it is refused by name.
func TestXwayland(t *testing.T) {
	display := x11test.Start(t, "640x480x24")
	newPainter(t, display).setMonitors(t, screen.Monitor{Name: "XWAYLAND0", Bounds: image.Rect(0, 0, 640, 480)})
	if _, err := screen.OpenX11(display); !errors.Is(err, screen.ErrUnavailable) || !strings.Contains(err.Error(), "Wayland") {
		t.Errorf("got %v, want %v that names Wayland", err, screen.ErrUnavailable)
	}
}

func TestOpen(t *testing.T) {
	t.Setenv("DISPLAY", "")
	if _, err := screen.Open(); !errors.Is(err, screen.ErrUnavailable) || !strings.Contains(err.Error(), "DISPLAY") {
		t.Errorf("without DISPLAY: %v", err)
	}
	for _, wrong := range []string{"unix:/path", ":", "host", "a:b:c", "/tmp/x:", ":99999999999999"} {
		t.Setenv("DISPLAY", wrong)
		if _, err := screen.Open(); !errors.Is(err, screen.ErrUnavailable) {
			t.Errorf("DISPLAY=%s: %v", wrong, err)
		}
	}
	t.Setenv("DISPLAY", ":no such display")
	if _, err := screen.Open(); !errors.Is(err, screen.ErrUnavailable) {
		t.Errorf("with a wrong DISPLAY: %v", err)
	}
	t.Setenv("DISPLAY", x11test.Start(t, "640x480x24"))
	source, err := screen.Open()
	if err != nil {
		t.Fatal(err)
	}
	source.Close()
}

// BenchmarkX11Grab is reading a whole monitor, beside copying as many bytes.
func BenchmarkX11Grab(b *testing.B) {
	for _, geometry := range []string{"1920x1080x24", "3840x2160x24"} {
		source, err := screen.OpenX11(x11test.Start(b, geometry))
		if err != nil {
			b.Fatal(err)
		}
		defer source.Close()
		monitors, err := source.Monitors()
		if err != nil {
			b.Fatal(err)
		}
		dst := image.NewRGBA(monitors[0].Bounds)
		b.Run("grab "+geometry, func(b *testing.B) {
			b.SetBytes(int64(len(dst.Pix)))
			for b.Loop() {
				if err := source.Grab(monitors[0], dst); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("copy "+geometry, func(b *testing.B) {
			from := make([]byte, len(dst.Pix))
			b.SetBytes(int64(len(dst.Pix)))
			for b.Loop() {
				copy(dst.Pix, from)
			}
		})
	}
}
