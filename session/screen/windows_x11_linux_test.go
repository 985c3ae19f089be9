package screen_test

import (
	"errors"
	"image"
	"image/color"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/composite"
	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/session/screen"
	"github.com/beistand/beistand/session/x11/x11test"
)

var (
	red    = color.RGBA{R: 0xe0, G: 0x10, B: 0x20, A: 0xff}
	blue   = color.RGBA{R: 0x10, G: 0x20, B: 0xe0, A: 0xff}
	black  = color.RGBA{A: 0xff}
	byName = func(title string) func(screen.Window) bool {
		return func(w screen.Window) bool { return w.Title == title }
	}
)

// program has a window that it fills with a colour, all of it at first, and
// later what the display asks it to paint, unless it hangs.
type program struct {
	conn *xgb.Conn
	id   xproto.Window
}

func startProgram(t *testing.T, display, title string, at image.Rectangle, fill color.RGBA, hangs bool) *program {
	t.Helper()
	conn, err := xgb.NewConnDisplay(display)
	if err != nil {
		t.Fatal(err)
	}
	p := &program{conn: conn}
	t.Cleanup(conn.Close)
	s := xproto.Setup(conn).DefaultScreen(conn)
	if p.id, err = xproto.NewWindowId(conn); err != nil {
		t.Fatal(err)
	}
	check := func(c interface{ Check() error }) {
		t.Helper()
		if err := c.Check(); err != nil {
			t.Fatal(err)
		}
	}
	check(xproto.CreateWindowChecked(conn, s.RootDepth, p.id, s.Root, int16(at.Min.X), int16(at.Min.Y), uint16(at.Dx()), uint16(at.Dy()), 0,
		xproto.WindowClassInputOutput, s.RootVisual, xproto.CwEventMask, []uint32{xproto.EventMaskExposure}))
	check(xproto.ChangePropertyChecked(conn, xproto.PropModeReplace, p.id, xproto.AtomWmName, xproto.AtomString, 8, uint32(len(title)), []byte(title)))
	class := "instance\x00" + "Class of " + title + "\x00"
	check(xproto.ChangePropertyChecked(conn, xproto.PropModeReplace, p.id, xproto.AtomWmClass, xproto.AtomString, 8, uint32(len(class)), []byte(class)))
	gc, err := xproto.NewGcontextId(conn)
	if err != nil {
		t.Fatal(err)
	}
	colour := uint32(fill.R)<<16 | uint32(fill.G)<<8 | uint32(fill.B)
	check(xproto.CreateGCChecked(conn, gc, xproto.Drawable(p.id), xproto.GcForeground, []uint32{colour}))
	check(xproto.MapWindowChecked(conn, p.id))
	paint := func(r xproto.Rectangle) xproto.PolyFillRectangleCookie {
		return xproto.PolyFillRectangleChecked(conn, xproto.Drawable(p.id), gc, []xproto.Rectangle{r})
	}
	check(paint(xproto.Rectangle{Width: uint16(at.Dx()), Height: uint16(at.Dy())}))
	done := make(chan struct{})
	t.Cleanup(func() {
		conn.Close()
		<-done
	})
	go func() {
		defer close(done)
		for {
			event, err := conn.WaitForEvent()
			if event == nil && err == nil {
				return
			}
			if e, ok := event.(xproto.ExposeEvent); ok && !hangs {
				paint(xproto.Rectangle{X: int16(e.X), Y: int16(e.Y), Width: e.Width, Height: e.Height})
			}
		}
	}()
	return p
}

func windowSource(t *testing.T, display string) screen.WindowSource {
	t.Helper()
	source, err := screen.OpenX11(display)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { source.Close() })
	return source.(screen.WindowSource)
}

func findWindow(t *testing.T, s screen.WindowSource, which func(screen.Window) bool) screen.Window {
	t.Helper()
	all, err := s.Windows()
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range all {
		if which(w) {
			return w
		}
	}
	t.Fatalf("no such window in %v", all)
	return screen.Window{}
}

func TestX11Windows(t *testing.T) {
	display := x11test.Start(t, "640x480x24")
	startProgram(t, display, "Ledger", image.Rect(20, 30, 220, 130), red, false)
	front := startProgram(t, display, "M\xfcller", image.Rect(100, 60, 400, 260), blue, false)
	s := windowSource(t, display)
	all, err := s.Windows()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 2 || all[0].Title != "Müller" || all[0].Program != "Class of Müller" || all[0].ID != uint32(front.id) ||
		all[0].Bounds != image.Rect(100, 60, 400, 260) || all[1].Title != "Ledger" {
		t.Errorf("got %+v", all)
	}
	if err := xproto.UnmapWindowChecked(front.conn, front.id).Check(); err != nil {
		t.Fatal(err)
	}
	if all, err = s.Windows(); err != nil || len(all) != 1 {
		t.Errorf("a hidden window is listed: %v, %v", all, err)
	}
	for _, id := range []uint32{uint32(front.id), 0x7ffffff} {
		if _, err := s.GrabWindow(id); !errors.Is(err, screen.ErrNoWindow) {
			t.Errorf("window %#x: %v", id, err)
		}
	}
}

// What lies over a window is never in its picture: with Composite there is
// what its program paints, and black where it does not or cannot.
func TestX11GrabWindow(t *testing.T) {
	at := image.Rect(20, 30, 220, 130)
	for name, c := range map[string]struct {
		options    []string
		compositor bool
		at         image.Rectangle
		over       image.Rectangle
		hangs      bool
		corner     color.RGBA
		missing    bool
	}{
		"in front":                     {nil, false, at, image.Rectangle{}, false, red, false},
		"in front, no Composite":       {[]string{"-extension", "Composite"}, false, at, image.Rectangle{}, false, red, false},
		"covered":                      {nil, false, at, image.Rect(100, 60, 400, 260), false, red, false},
		"covered wholly":               {nil, false, at, image.Rect(0, 0, 400, 260), false, red, false},
		"covered, hangs":               {nil, false, at, image.Rect(100, 60, 400, 260), true, black, true},
		"covered, no Composite":        {[]string{"-extension", "Composite"}, false, at, image.Rect(100, 60, 400, 260), false, black, true},
		"covered, compositor":          {nil, true, at, image.Rect(100, 60, 400, 260), false, red, false},
		"covered, hangs, compositor":   {nil, true, at, image.Rect(100, 60, 400, 260), true, red, false},
		"partly outside":               {nil, false, image.Rect(540, 430, 740, 530), image.Rectangle{}, false, red, false},
		"partly outside, no Composite": {[]string{"-extension", "Composite"}, false, image.Rect(540, 430, 740, 530), image.Rectangle{}, false, black, true},
		"beyond the upper left":        {nil, false, image.Rect(-50, -50, 100, 50), image.Rect(20, 10, 40, 30), false, red, false},
	} {
		t.Run(name, func(t *testing.T) {
			display := x11test.Start(t, "640x480x24", c.options...)
			if c.compositor {
				p := newPainter(t, display)
				if err := screen.UseExtension(p.conn, "Composite"); err != nil {
					t.Fatal(err)
				}
				if _, err := composite.QueryVersion(p.conn, 0, 4).Reply(); err != nil {
					t.Fatal(err)
				}
				if err := composite.RedirectSubwindowsChecked(p.conn, p.root, composite.RedirectManual).Check(); err != nil {
					t.Fatal(err)
				}
			}
			startProgram(t, display, "Ledger", c.at, red, c.hangs)
			if !c.over.Empty() {
				startProgram(t, display, "secret", c.over, blue, false)
			}
			s := windowSource(t, display)
			w := findWindow(t, s, byName("Ledger"))
			p, err := s.GrabWindow(w.ID)
			if err != nil {
				t.Fatal(err)
			}
			if p.Missing != c.missing || p.Bounds != c.at || p.Image.Rect != image.Rect(0, 0, c.at.Dx(), c.at.Dy()) {
				t.Errorf("missing %v, at %v, %v", p.Missing, p.Bounds, p.Image.Rect)
			}
			if got := p.Image.RGBAAt(p.Image.Rect.Dx()-1, p.Image.Rect.Dy()-1); got != c.corner {
				t.Errorf("the lower right corner is %v, want %v", got, c.corner)
			}
			for y := range p.Image.Rect.Dy() {
				for x := range p.Image.Rect.Dx() {
					if got := p.Image.RGBAAt(x, y); got != red && (got != black || !c.missing) {
						t.Fatalf("at %d, %d is %v", x, y, got)
					}
				}
			}
		})
	}
}

// After a picture was taken the desktop looks as before.
func TestX11GrabWindowLeavesNothing(t *testing.T) {
	display := x11test.Start(t, "640x480x24")
	startProgram(t, display, "Ledger", image.Rect(20, 30, 220, 130), red, true)
	startProgram(t, display, "over", image.Rect(100, 60, 400, 260), blue, true)
	s := windowSource(t, display)
	source := s.(screen.Source)
	monitors, err := source.Monitors()
	if err != nil {
		t.Fatal(err)
	}
	look := func() *image.RGBA {
		p := image.NewRGBA(monitors[0].Bounds)
		if err := source.Grab(monitors[0], p); err != nil {
			t.Fatal(err)
		}
		return p
	}
	before := look()
	if _, err := s.GrabWindow(findWindow(t, s, byName("Ledger")).ID); err != nil {
		t.Fatal(err)
	}
	after := look()
	for deadline := time.Now().Add(5 * time.Second); string(before.Pix) != string(after.Pix); after = look() {
		if time.Now().After(deadline) {
			t.Fatal("the desktop has changed")
		}
	}
}
