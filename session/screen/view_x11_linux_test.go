package screen_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"sync"
	"testing"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/session/screen"
	"github.com/beistand/beistand/session/screen/screentest"
	"github.com/beistand/beistand/session/x11"
	"github.com/beistand/beistand/session/x11/x11test"
)

// hand opens windows, each as a program of its own.
type hand struct {
	t       *testing.T
	display string

	mu    sync.Mutex // guards conns
	conns map[uint32]*xgb.Conn
}

func newHand(t *testing.T, display string) *hand {
	h := &hand{t: t, display: display, conns: map[uint32]*xgb.Conn{}}
	t.Cleanup(func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		for _, c := range h.conns {
			c.Close()
		}
	})
	return h
}

func (h *hand) conn(id uint32) *xgb.Conn {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.conns[id]
}

func setText(t testing.TB, conn *xgb.Conn, id xproto.Window, property xproto.Atom, text string) {
	t.Helper()
	if err := xproto.ChangePropertyChecked(conn, xproto.PropModeReplace, id, property, xproto.AtomString, 8, uint32(len(text)), []byte(text)).Check(); err != nil {
		t.Error(err)
	}
}

// window makes a window that the server itself fills.
func window(t testing.TB, conn *xgb.Conn, o screentest.Opened, override bool) xproto.Window {
	t.Helper()
	s := xproto.Setup(conn).DefaultScreen(conn)
	id, err := xproto.NewWindowId(conn)
	if err != nil {
		t.Error(err)
		return 0
	}
	fill := uint32(o.Fill.R)<<16 | uint32(o.Fill.G)<<8 | uint32(o.Fill.B)
	flag := uint32(0)
	if override {
		flag = 1
	}
	err = xproto.CreateWindowChecked(conn, s.RootDepth, id, s.Root, int16(o.At.Min.X), int16(o.At.Min.Y), uint16(o.At.Dx()), uint16(o.At.Dy()), 0,
		xproto.WindowClassInputOutput, s.RootVisual, xproto.CwBackPixel|xproto.CwOverrideRedirect, []uint32{fill, flag}).Check()
	if err != nil {
		t.Error(err)
	}
	if o.Title != "" {
		setText(t, conn, id, xproto.AtomWmName, o.Title)
	}
	if o.Class != "" {
		setText(t, conn, id, xproto.AtomWmClass, "x\x00"+o.Class+"\x00")
	}
	hints := make([]byte, 18*4) // WM_NORMAL_HINTS, USPosition: a person has chosen the place
	hints[0] = 1
	xproto.ChangeProperty(conn, xproto.PropModeReplace, id, xproto.AtomWmNormalHints, xproto.AtomWmSizeHints, 32, 18, hints)
	if o.Over != 0 {
		over := binary.LittleEndian.AppendUint32(nil, o.Over)
		xproto.ChangeProperty(conn, xproto.PropModeReplace, id, xproto.AtomWmTransientFor, xproto.AtomWindow, 32, 1, over)
	}
	if err := xproto.MapWindowChecked(conn, id).Check(); err != nil {
		t.Error(err)
	}
	return id
}

func (h *hand) open(t testing.TB, o screentest.Opened) uint32 {
	conn, err := x11.Connect(h.display)
	if err != nil {
		t.Error(err)
		return 0
	}
	id := uint32(window(t, conn, o, false))
	h.mu.Lock()
	defer h.mu.Unlock()
	h.conns[id] = conn
	return id
}

func (h *hand) close(_ testing.TB, id uint32) {
	h.mu.Lock()
	conn := h.conns[id]
	delete(h.conns, id)
	h.mu.Unlock()
	conn.Close()
}

func (h *hand) fixture(f screentest.Fixture) screentest.ViewFixture {
	return screentest.ViewFixture{
		Fixture: f, NoProgram: true, Open: h.open, Close: h.close,
		Move: func(t testing.TB, id uint32, to image.Point) {
			err := xproto.ConfigureWindowChecked(h.conn(id), xproto.Window(id), xproto.ConfigWindowX|xproto.ConfigWindowY, []uint32{uint32(to.X), uint32(to.Y)}).Check()
			if err != nil {
				t.Error(err)
			}
		},
		Rename: func(t testing.TB, id uint32, title string) {
			setText(t, h.conn(id), xproto.Window(id), xproto.AtomWmName, title)
		},
		Lock: func(t testing.TB) {
			conn, err := x11.Connect(h.display)
			if err != nil {
				t.Fatal(err)
			}
			h.t.Cleanup(conn.Close)
			if err := xproto.ForceScreenSaverChecked(conn, xproto.ScreenSaverActive).Check(); err != nil {
				t.Fatal(err)
			}
		},
	}
}

func TestX11View(t *testing.T) {
	screentest.ViewSuite(t, func(t *testing.T) screentest.ViewFixture {
		display := x11test.Start(t, "320x240x24")
		f := fixture(t, display, display, true)
		f.Desktop = image.Rect(0, 0, 320, 240)
		return newHand(t, display).fixture(f)
	})
}

func fill(p image.Rectangle, c color.RGBA) *image.RGBA {
	picture := image.NewRGBA(p)
	for i := 0; i < len(picture.Pix); i += 4 {
		copy(picture.Pix[i:], []byte{c.R, c.G, c.B, c.A})
	}
	return picture
}

func colours(p *image.RGBA, c color.RGBA) int {
	return bytes.Count(p.Pix, []byte{c.R, c.G, c.B, c.A}) // no other pixels can make it: their bytes stand apart
}

// BenchmarkX11View is what rules cost: a monitor's picture with 40 windows
// beside the same picture without rules.
func BenchmarkX11View(b *testing.B) {
	display := x11test.Start(b, "1920x1080x24")
	conn, err := x11.Connect(display)
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close()
	for i := range 40 {
		o := screentest.Opened{Title: "Window", Class: "Program", At: image.Rect(0, 0, 300, 200).Add(image.Pt(i*40, i*20)), Fill: blue}
		if i == 20 {
			o.Class = "Keeper"
		}
		window(b, conn, o, false)
	}
	source, err := screen.OpenX11(display)
	if err != nil {
		b.Fatal(err)
	}
	defer source.Close()
	monitors, err := source.Monitors()
	if err != nil {
		b.Fatal(err)
	}
	picture := image.NewRGBA(monitors[0].Bounds)
	rules := []screen.Hidden{{Class: "keeper"}, {Title: "*bank*"}, {Program: "*/keepassxc"}, {Class: "bitwarden"}, {Title: "*1password*"}}
	for name, l := range map[string]*screen.Limited{"no rules": screen.Limit(source, nil), "5 rules": screen.Limit(source, rules)} {
		l.Choose(screen.Scope{All: true})
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := l.Grab(monitors[0], picture); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
