package overlay_test

import (
	"errors"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
	"github.com/jezek/xgb/xtest"
	"go.uber.org/goleak"

	"github.com/beistand/beistand/session/overlay"
	"github.com/beistand/beistand/session/overlay/overlaytest"
	"github.com/beistand/beistand/session/screen"
	"github.com/beistand/beistand/session/x11"
	"github.com/beistand/beistand/session/x11/x11test"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// desk is the desktop with a program's window on it, half dark and half light.
type desk struct {
	conn   *xgb.Conn
	root   xproto.Window
	win    xproto.Window
	at     image.Rectangle
	source screen.Source
}

func newDesk(t *testing.T, display string) *desk {
	t.Helper()
	conn, err := x11.Connect(display)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	d := &desk{conn: conn, root: xproto.Setup(conn).DefaultScreen(conn).Root, at: image.Rect(200, 150, 420, 330)}
	d.win = d.window(t, d.at, 0xffffff)
	if _, err := x11.Use(conn, "XTEST"); err != nil {
		t.Fatal(err)
	}
	if d.source, err = screen.OpenX11(display); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.source.Close() })
	return d
}

func (d *desk) window(t *testing.T, at image.Rectangle, fill uint32) xproto.Window {
	t.Helper()
	s := xproto.Setup(d.conn).DefaultScreen(d.conn)
	id, err := xproto.NewWindowId(d.conn)
	if err == nil {
		err = xproto.CreateWindowChecked(d.conn, 0, id, d.root, int16(at.Min.X), int16(at.Min.Y), uint16(at.Dx()), uint16(at.Dy()), 0,
			xproto.WindowClassInputOutput, s.RootVisual, xproto.CwBackPixel|xproto.CwEventMask, []uint32{fill, xproto.EventMaskButtonPress}).Check()
	}
	if err == nil {
		err = xproto.MapWindowChecked(d.conn, id).Check()
	}
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (d *desk) look(t testing.TB) *image.RGBA {
	t.Helper()
	monitors, err := d.source.Monitors()
	if err != nil {
		t.Fatal(err)
	}
	p := image.NewRGBA(monitors[0].Bounds)
	if err := d.source.Grab(monitors[0], p); err != nil {
		t.Fatal(err)
	}
	return p
}

var orange = color.RGBA{0xff, 0x5a, 0x00, 0xff}

// framed looks at every pixel of a frame's second line.
func framed(p *image.RGBA, r image.Rectangle) bool {
	r = r.Inset(1)
	for x := r.Min.X; x < r.Max.X; x++ {
		if p.RGBAAt(x, r.Min.Y) != orange || p.RGBAAt(x, r.Max.Y-1) != orange {
			return false
		}
	}
	for y := r.Min.Y; y < r.Max.Y; y++ {
		if p.RGBAAt(r.Min.X, y) != orange || p.RGBAAt(r.Max.X-1, y) != orange {
			return false
		}
	}
	return true
}

func (d *desk) key(t testing.TB, sym xproto.Keysym) xproto.Keycode {
	setup := xproto.Setup(d.conn)
	m, err := xproto.GetKeyboardMapping(d.conn, setup.MinKeycode, byte(setup.MaxKeycode-setup.MinKeycode+1)).Reply()
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range m.Keysyms {
		if s == sym {
			return setup.MinKeycode + xproto.Keycode(i/int(m.KeysymsPerKeycode))
		}
	}
	t.Fatalf("no key gives %#x", sym)
	return 0
}

var syms = map[string]xproto.Keysym{"Ctrl": 0xffe3, "Alt": 0xffe9, "Shift": 0xffe1, "End": 0xff57, "Pause": 0xff13, "F12": 0xffc9}

func (d *desk) press(t testing.TB, key string) {
	t.Helper()
	parts := strings.Split(key, "+")
	for i := range 2 * len(parts) {
		kind, part := byte(xproto.KeyPress), i
		if i >= len(parts) {
			kind, part = xproto.KeyRelease, 2*len(parts)-1-i
		}
		xtest.FakeInput(d.conn, kind, byte(d.key(t, syms[parts[part]])), 0, d.root, 0, 0, 0)
	}
	d.conn.Sync()
}

func fixture(t *testing.T) (overlaytest.Fixture, *desk) {
	t.Helper()
	display := x11test.Start(t, "640x480x24")
	d := newDesk(t, display)
	o, err := overlay.OpenX11(display)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { o.Close() })
	monitors, err := d.source.Monitors()
	if err != nil {
		t.Fatal(err)
	}
	return overlaytest.Fixture{
		Overlay: o, Monitor: monitors[0].Name, Window: uint32(d.win),
		Framed: func(t testing.TB, a overlay.Area) bool {
			if a.Monitor != "" {
				return framed(d.look(t), monitors[0].Bounds)
			}
			return framed(d.look(t), d.at.Inset(-6))
		},
		Marked: func(t testing.TB, at image.Point) bool {
			p := d.look(t)
			return p.RGBAAt(at.X-20, at.Y) == orange && p.RGBAAt(at.X, at.Y-20) == orange && p.RGBAAt(at.X, at.Y) != orange
		},
		Move: func(t testing.TB) {
			d.at = d.at.Add(image.Pt(-73, 41))
			xproto.ConfigureWindow(d.conn, d.win, xproto.ConfigWindowX|xproto.ConfigWindowY, []uint32{uint32(d.at.Min.X), uint32(d.at.Min.Y)})
			d.conn.Sync()
		},
		Take: func(t testing.TB, key string) {
			c, err := overlay.ParseChord(key)
			if err != nil {
				t.Fatal(err)
			}
			mask := uint16(0)
			for flag, m := range map[uint16]bool{xproto.ModMaskControl: c.Ctrl, xproto.ModMask1: c.Alt, xproto.ModMaskShift: c.Shift} {
				if m {
					mask |= flag
				}
			}
			err = xproto.GrabKeyChecked(d.conn, true, d.root, mask, d.key(t, syms[c.Key]), xproto.GrabModeAsync, xproto.GrabModeAsync).Check()
			if err != nil {
				t.Fatal(err)
			}
		},
		Press: d.press,
	}, d
}

func TestX11(t *testing.T) {
	overlaytest.Suite(t, func(t *testing.T) overlaytest.Fixture {
		f, _ := fixture(t)
		return f
	})
}

// TestX11Locks holds that the key is heard with NumLock and CapsLock on, too.
func TestX11Locks(t *testing.T) {
	f, d := fixture(t)
	_, pressed, err := f.Overlay.Hotkey(overlay.Keys()...)
	if err != nil {
		t.Fatal(err)
	}
	for _, lock := range []xproto.Keysym{0xff7f, 0xffe5} {
		code := byte(d.key(t, lock))
		xtest.FakeInput(d.conn, xproto.KeyPress, code, 0, d.root, 0, 0, 0)
		xtest.FakeInput(d.conn, xproto.KeyRelease, code, 0, d.root, 0, 0, 0)
		d.press(t, "Ctrl+Alt+End")
		<-pressed
	}
}

// TestX11ClicksThrough clicks on border and mark: the program below gets it.
func TestX11ClicksThrough(t *testing.T) {
	f, d := fixture(t)
	if err := f.Overlay.Border([]overlay.Area{{Window: f.Window}, {Monitor: f.Monitor}}); err != nil {
		t.Fatal(err)
	}
	at := image.Pt(300, 200)
	if err := f.Overlay.Mark(at, true); err != nil {
		t.Fatal(err)
	}
	below := d.window(t, image.Rect(0, 0, 640, 480), 0x202020) // all of the desktop, behind what it shows
	for name, place := range map[string]image.Point{"mark": at.Sub(image.Pt(20, 0)), "window": d.at.Min.Sub(image.Pt(3, 3)), "monitor": {X: 2, Y: 100}} {
		for end := 0; d.look(t).RGBAAt(place.X, place.Y) != orange; end++ {
			if end > 2000 {
				t.Fatalf("the %s is not in front", name)
			}
		}
		xtest.FakeInput(d.conn, xproto.MotionNotify, 0, 0, d.root, int16(place.X), int16(place.Y), 0)
		xtest.FakeInput(d.conn, xproto.ButtonPress, 1, 0, d.root, 0, 0, 0)
		xtest.FakeInput(d.conn, xproto.ButtonRelease, 1, 0, d.root, 0, 0, 0)
		for {
			event, err := d.conn.WaitForEvent()
			if event == nil && err == nil {
				t.Fatal("the display has gone")
			}
			if e, ok := event.(xproto.ButtonPressEvent); ok {
				if e.Event != below || image.Pt(int(e.RootX), int(e.RootY)) != place {
					t.Errorf("%s: window %#x got the click at %d, %d", name, e.Event, e.RootX, e.RootY)
				}
				break
			}
		}
	}
}

// TestX11Picture leaves a picture to look at where BEISTAND_PICTURES says.
func TestX11Picture(t *testing.T) {
	f, d := fixture(t)
	d.window(t, image.Rect(0, 0, 640, 480), 0x101418)
	d.window(t, image.Rect(320, 0, 640, 480), 0xf4f4f4)
	xproto.ConfigureWindow(d.conn, d.win, xproto.ConfigWindowStackMode, []uint32{xproto.StackModeAbove})
	d.conn.Sync()
	if err := f.Overlay.Label("Anna Müller"); err != nil {
		t.Fatal(err)
	}
	if err := f.Overlay.Border([]overlay.Area{{Window: f.Window}, {Monitor: f.Monitor}}); err != nil {
		t.Fatal(err)
	}
	pictures := os.Getenv("BEISTAND_PICTURES")
	for name, at := range map[string]image.Point{"dark": {X: 90, Y: 90}, "light": {X: 480, Y: 90}, "edge": {X: 610, Y: 420}} {
		if err := f.Overlay.Mark(at, true); err != nil {
			t.Fatal(err)
		}
		for end := 0; !f.Marked(t, at) || !f.Framed(t, overlay.Area{Monitor: f.Monitor}) || !f.Framed(t, overlay.Area{Window: f.Window}); end++ {
			if end > 2000 {
				t.Fatal("it does not come")
			}
		}
		p := d.look(t)
		beside := map[bool]int{true: at.X - 60, false: at.X + 60}[name == "edge"]
		if p.RGBAAt(beside, at.Y-12) == p.RGBAAt(beside, at.Y+30) {
			t.Errorf("%s: no label beside the mark", name)
		}
		if pictures == "" {
			continue
		}
		w, err := os.Create(filepath.Join(pictures, name+".png"))
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(png.Encode(w, p), w.Close()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestX11Unavailable(t *testing.T) {
	t.Setenv("DISPLAY", "")
	if _, err := overlay.Open(); !errors.Is(err, overlay.ErrUnavailable) || !strings.Contains(err.Error(), "DISPLAY") {
		t.Errorf("without DISPLAY: %v", err)
	}
}

func FuzzParseChord(f *testing.F) {
	for _, k := range append(overlay.Keys(), "", "+", "Ctrl++", "Ctrl+F1+F2") {
		f.Add(k)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := overlay.ParseChord(text)
		if err != nil && !errors.Is(err, overlay.ErrKey) || err == nil && !c.Ctrl && !c.Alt {
			t.Errorf("%q: %+v, %v", text, c, err)
		}
	})
}
