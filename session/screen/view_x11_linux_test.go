package screen_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/composite"
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

// compositor takes the desktop's painting as a compositor does, and shows a
// window somewhere else, as an overview of all windows would.
func compositor(t *testing.T, display string) *painter {
	p := newPainter(t, display)
	if err := screen.UseExtension(p.conn, "Composite"); err != nil {
		t.Fatal(err)
	}
	if _, err := composite.QueryVersion(p.conn, 0, 4).Reply(); err != nil {
		t.Fatal(err)
	}
	atom, err := xproto.InternAtom(p.conn, false, uint16(len("_NET_WM_CM_S0")), "_NET_WM_CM_S0").Reply()
	if err != nil {
		t.Fatal(err)
	}
	owner, err := xproto.NewWindowId(p.conn)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []interface{ Check() error }{
		xproto.CreateWindowChecked(p.conn, 0, owner, p.root, -10, -10, 1, 1, 0, xproto.WindowClassInputOnly, 0, 0, nil),
		xproto.SetSelectionOwnerChecked(p.conn, owner, atom.Atom, 0),
		composite.RedirectSubwindowsChecked(p.conn, p.root, composite.RedirectManual),
	} {
		if err := c.Check(); err != nil {
			t.Fatal(err)
		}
	}
	return p
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

// TestX11ViewComposited holds that what a compositor shows of a hidden window
// in another place is not seen either, and everything else is.
func TestX11ViewComposited(t *testing.T) {
	display := x11test.Start(t, "320x240x24")
	h := newHand(t, display)
	p := compositor(t, display)
	at := image.Rect(10, 10, 60, 60)
	h.open(t, screentest.Opened{Title: "Ledger", Class: "Ledger", At: at, Fill: blue})
	source, err := screen.OpenX11(display)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { source.Close() })
	l := screen.Limit(source, []screen.Hidden{{Class: "keeper"}})
	l.Choose(screen.Scope{All: true})
	monitors, err := l.Monitors()
	if err != nil {
		t.Fatal(err)
	}
	picture := image.NewRGBA(monitors[0].Bounds)
	look := func() *image.RGBA {
		if err := l.Grab(monitors[0], picture); err != nil {
			t.Fatal(err)
		}
		return picture
	}
	p.paint(t, fill(image.Rect(200, 100, 260, 160), red)) // the overview's small picture
	if n := colours(look(), red); n == 0 {
		t.Fatal("a compositor's painting is not seen at all")
	}
	id := h.open(t, screentest.Opened{Title: "Vault", Class: "Keeper", At: image.Rect(40, 40, 100, 100), Fill: red})
	if n := colours(look(), red); n > 0 {
		t.Errorf("%d pixels of the hidden window", n)
	}
	if n := colours(look(), blue); n != 2500-400 {
		t.Errorf("%d pixels of the window beside it, want 2100", n)
	}
	h.close(t, id)
	for end := time.Now().Add(5 * time.Second); colours(look(), blue) != 2500 && colours(look(), red) == 0; {
		if time.Now().After(end) {
			t.Fatal("what was hidden has gone, and its picture has not come back")
		}
	}
}

// TestX11ViewOpenbox takes pictures while a window manager frames, moves and
// closes what is hidden, with menus that it opens beside.
func TestX11ViewOpenbox(t *testing.T) {
	display := x11test.Start(t, "640x480x24")
	wm := exec.Command("openbox", "--sm-disable")
	wm.Env = append(wm.Environ(), "DISPLAY="+display, "HOME="+t.TempDir())
	if err := wm.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		wm.Process.Kill()
		wm.Wait() // says that it was killed
	})
	h := newHand(t, display)
	source, err := screen.OpenX11(display)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { source.Close() })
	h.open(t, screentest.Opened{Title: "Ledger", Class: "Ledger", At: image.Rect(580, 420, 620, 460), Fill: blue})
	managed := func() bool {
		all, err := source.(screen.WindowSource).Windows()
		return err == nil && len(all) == 1 && all[0].Title == "Ledger"
	}
	for end := time.Now().Add(5 * time.Second); !managed(); <-time.After(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("no window manager")
		}
	}
	stop, done := make(chan struct{}), make(chan struct{})
	steps := make(chan struct{}, 8) // so that the storm does not take the whole machine
	go func() {
		defer close(done)
		for i := 0; ; i++ {
			id := h.open(t, screentest.Opened{Title: "Vault", Class: "Keeper", At: image.Rect(0, 0, 150, 120), Fill: red})
			conn := h.conn(id)
			menu := window(t, conn, screentest.Opened{At: image.Rect(400, 50, 450, 150).Add(image.Pt(i%90, 0)), Fill: red}, true)
			for j := range 25 {
				xproto.ConfigureWindow(conn, xproto.Window(id), xproto.ConfigWindowX|xproto.ConfigWindowY, []uint32{uint32((i*31 + j*47) % 400), uint32((j * 37) % 300)})
				xproto.ConfigureWindow(conn, menu, xproto.ConfigWindowY, []uint32{uint32((j * 41) % 300)})
				conn.Sync()
				select {
				case <-steps:
				case <-stop:
				}
			}
			h.close(t, id)
			select {
			case <-stop:
				return
			default:
			}
		}
	}()
	defer func() {
		select {
		case <-done:
		default:
			close(stop)
			<-done
		}
	}()
	monitors, err := source.Monitors()
	if err != nil {
		t.Fatal(err)
	}
	picture := image.NewRGBA(monitors[0].Bounds)
	l := screen.Limit(source, []screen.Hidden{{Class: "keeper"}})
	l.Choose(screen.Scope{All: true})
	shown, seen := 0, 0
	for i := range 600 {
		if err := l.Grab(monitors[0], picture); err != nil {
			t.Fatal(err)
		}
		if n := colours(picture, red); n > 0 {
			t.Fatalf("picture %d has %d pixels of what is hidden", i, n)
		}
		if colours(picture, blue) > 0 {
			seen++
		}
		for range 2 {
			select {
			case steps <- struct{}{}:
			default:
			}
		}
		if i%10 == 0 { // the same without the rule: it is there
			if err := source.Grab(monitors[0], picture); err != nil {
				t.Fatal(err)
			}
			if colours(picture, red) > 0 {
				shown++
			}
		}
	}
	if l.Black() != nil || shown < 15 || seen == 0 {
		t.Errorf("shown without the rule in %d of 60 pictures, what is not hidden in %d of 600; black because %v", shown, seen, l.Black())
	}
	close(stop)
	<-done
	for end := time.Now().Add(10 * time.Second); colours(picture, blue) != 40*40; {
		if time.Now().After(end) {
			t.Fatalf("%d pixels are seen of what was not hidden", colours(picture, blue))
		}
		if err := l.Grab(monitors[0], picture); err != nil {
			t.Fatal(err)
		}
	}
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
