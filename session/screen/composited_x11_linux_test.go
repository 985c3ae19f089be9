package screen_test

import (
	"image"
	"os/exec"
	"testing"
	"time"

	"github.com/jezek/xgb/composite"
	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/session/screen"
	"github.com/beistand/beistand/session/screen/screentest"
	"github.com/beistand/beistand/session/x11/x11test"
)

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

// eyes are the ways to see the first monitor: by Grab, and by a Look that goes on.
var eyes = map[string]func(t testing.TB, l *screen.Limited) func() *image.RGBA{
	"grab": func(t testing.TB, l *screen.Limited) func() *image.RGBA {
		monitors, err := l.Monitors()
		if err != nil {
			t.Fatal(err)
		}
		picture := image.NewRGBA(monitors[0].Bounds)
		return func() *image.RGBA {
			if err := l.Grab(monitors[0], picture); err != nil {
				t.Fatal(err)
			}
			return picture
		}
	},
	"look": func(t testing.TB, l *screen.Limited) func() *image.RGBA {
		k, err := l.Look()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := k.Close(); err != nil {
				t.Error(err)
			}
		})
		return func() *image.RGBA {
			shot, err := k.Take()
			if err != nil {
				t.Fatal(err)
			}
			picture := image.NewRGBA(shot.Picture.Rect)
			shot.Picture.Give(picture, picture.Rect)
			return picture
		}
	},
}

// TestX11ViewComposited holds that what a compositor shows of a hidden window
// in another place is not seen either, and everything else is.
func TestX11ViewComposited(t *testing.T) {
	for name, eye := range eyes {
		t.Run(name, func(t *testing.T) { composited(t, eye) })
	}
}

func composited(t *testing.T, eye func(testing.TB, *screen.Limited) func() *image.RGBA) {
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
	look := eye(t, l)
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
	for name, eye := range eyes {
		t.Run(name, func(t *testing.T) { managed(t, eye) })
	}
}

func managed(t *testing.T, eye func(testing.TB, *screen.Limited) func() *image.RGBA) {
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
	framed := func() bool {
		all, err := source.(screen.WindowSource).Windows()
		return err == nil && len(all) == 1 && all[0].Title == "Ledger"
	}
	for end := time.Now().Add(5 * time.Second); !framed(); <-time.After(time.Millisecond) {
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
	look := eye(t, l)
	shown, seen := 0, 0
	for i := range 600 {
		p := look()
		if n := colours(p, red); n > 0 {
			t.Fatalf("picture %d has %d pixels of what is hidden", i, n)
		}
		if colours(p, blue) > 0 {
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
	for end := time.Now().Add(10 * time.Second); colours(look(), blue) != 40*40; {
		if time.Now().After(end) {
			t.Fatalf("%d pixels are seen of what was not hidden", colours(look(), blue))
		}
	}
}
