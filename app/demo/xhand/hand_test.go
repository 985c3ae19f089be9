package xhand_test

import (
	"context"
	"errors"
	"image"
	"strings"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/app/demo/await"
	"github.com/beistand/beistand/app/demo/pattern"
	"github.com/beistand/beistand/app/demo/xhand"
	"github.com/beistand/beistand/app/demo/xserver"
)

const limit = 10 * time.Second

// open starts a display of 640 by 480 pixels and takes hold of it.
func open(t *testing.T) (*xserver.Server, *xhand.Hand) {
	t.Helper()
	server, err := xserver.Start(t.Context(), 640, 480, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
	})
	hand, err := xhand.Open(server.Display)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(hand.Close)
	return server, hand
}

// window is a small program of its own: a window that notes what happens to it.
type window struct {
	conn *xgb.Conn
	id   xproto.Window
}

func newWindow(t *testing.T, display, title string) *window {
	t.Helper()
	conn, err := xgb.NewConnDisplay(display)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	id, err := xproto.NewWindowId(conn)
	if err != nil {
		t.Fatal(err)
	}
	screen := xproto.Setup(conn).DefaultScreen(conn)
	err = xproto.CreateWindowChecked(conn, screen.RootDepth, id, screen.Root, 0, 0, 300, 200, 0,
		xproto.WindowClassInputOutput, screen.RootVisual, xproto.CwBackPixel|xproto.CwEventMask,
		[]uint32{0x336699, xproto.EventMaskKeyPress | xproto.EventMaskButtonPress}).Check()
	if err != nil {
		t.Fatal(err)
	}
	for name, kind := range map[string]string{"_NET_WM_NAME": "UTF8_STRING", "WM_NAME": "STRING"} {
		atom, err := xproto.InternAtom(conn, false, uint16(len(name)), name).Reply()
		if err != nil {
			t.Fatal(err)
		}
		as, err := xproto.InternAtom(conn, false, uint16(len(kind)), kind).Reply()
		if err != nil {
			t.Fatal(err)
		}
		err = xproto.ChangePropertyChecked(conn, xproto.PropModeReplace, id, atom.Atom, as.Atom, 8, uint32(len(title)), []byte(title)).Check()
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := xproto.MapWindowChecked(conn, id).Check(); err != nil {
		t.Fatal(err)
	}
	return &window{conn, id}
}

// typed collects characters from key events, by the layout that holds at each.
func (w *window) typed(t *testing.T, n int) string {
	t.Helper()
	setup := xproto.Setup(w.conn)
	var got []rune
	err := await.Until(t.Context(), limit, "keys", func() (bool, error) {
		for {
			event, xerr := w.conn.PollForEvent()
			if event == nil && xerr == nil {
				return len(got) >= n, nil
			}
			key, ok := event.(xproto.KeyPressEvent)
			if !ok {
				continue
			}
			reply, err := xproto.GetKeyboardMapping(w.conn, setup.MinKeycode, byte(setup.MaxKeycode-setup.MinKeycode+1)).Reply()
			if err != nil {
				return false, err
			}
			level := 0
			if key.State&xproto.ModMaskShift != 0 {
				level = 1
			}
			sym := reply.Keysyms[int(key.Detail-setup.MinKeycode)*int(reply.KeysymsPerKeycode)+level]
			switch {
			case sym >= 0x01000000:
				got = append(got, rune(sym-0x01000000))
			case sym == 0xff0d:
				got = append(got, '\n')
			case sym < 0xff00:
				got = append(got, rune(sym))
			}
		}
	}, func() string { return string(got) })
	if err != nil {
		t.Fatal(err)
	}
	return string(got)
}

func TestTyping(t *testing.T) {
	server, hand := open(t)
	const title = "Übung – typing"
	w := newWindow(t, server.Display, title)
	found, err := hand.Find(t.Context(), limit, 0, title)
	if err != nil {
		t.Fatal(err)
	}
	if err := hand.Activate(t.Context(), found); err != nil {
		t.Fatal(err)
	}
	const text = "Hello, World!\nÄrger & Öl: grüße 100% {[~|\\@#^`]} – \"€ 3,50\" <x@y.z>; 'ok'? ё 漢"
	if err := hand.Type(text); err != nil {
		t.Fatal(err)
	}
	if got := w.typed(t, len([]rune(text))); got != text {
		t.Errorf("typed %q, got %q", text, got)
	}
}

func TestClickAndBounds(t *testing.T) {
	server, hand := open(t)
	w := newWindow(t, server.Display, "click")
	found, err := hand.Find(t.Context(), limit, 0, "click")
	if err != nil {
		t.Fatal(err)
	}
	if err := hand.Activate(t.Context(), found); err != nil {
		t.Fatal(err)
	}
	bounds, err := hand.Bounds(found)
	if err != nil {
		t.Fatal(err)
	}
	if bounds.Dx() != 300 || bounds.Dy() != 200 {
		t.Errorf("content of %v, want 300 by 200", bounds)
	}
	frame, err := hand.Frame(found)
	if err != nil {
		t.Fatal(err)
	}
	if !bounds.In(frame) || frame == bounds {
		t.Errorf("content %v not framed by %v", bounds, frame)
	}
	if err := hand.Click(bounds.Min.Add(image.Pt(17, 23))); err != nil {
		t.Fatal(err)
	}
	var press xproto.ButtonPressEvent
	err = await.Until(t.Context(), limit, "click", func() (bool, error) {
		event, _ := w.conn.PollForEvent()
		var ok bool
		press, ok = event.(xproto.ButtonPressEvent)
		return ok, nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if press.EventX != 17 || press.EventY != 23 || byte(press.Detail) != byte(xhand.Left) {
		t.Errorf("button %d at %d,%d; want button 1 at 17,23", press.Detail, press.EventX, press.EventY)
	}
}

func TestShowAndLook(t *testing.T) {
	_, hand := open(t)
	at := image.Pt(321, 123)
	shown, err := hand.Show(pattern.Draw(9), at)
	if err != nil {
		t.Fatal(err)
	}
	see := func(seed byte) {
		t.Helper()
		err := await.Until(t.Context(), limit, "pattern on the display", func() (bool, error) {
			picture, err := hand.Look(image.Rectangle{})
			if err != nil {
				return false, err
			}
			where, ok := pattern.Find(picture, seed)
			return ok && where == at, nil
		}, nil)
		if err != nil {
			t.Error(err)
		}
	}
	see(9)
	if err := shown.Change(pattern.Draw(77)); err != nil {
		t.Fatal(err)
	}
	see(77)
}

func TestNobodyOwnsClipboard(t *testing.T) {
	_, hand := open(t)
	if _, err := hand.Clipboard(t.Context(), limit); !errors.Is(err, xhand.ErrNoClipboard) {
		t.Errorf("got %v, want %v", err, xhand.ErrNoClipboard)
	}
}

func TestFindTellsWhatThereWas(t *testing.T) {
	server, hand := open(t)
	newWindow(t, server.Display, "the one that is there")
	if _, err := hand.Find(t.Context(), limit, 0, "the one that is there"); err != nil {
		t.Fatal(err)
	}
	_, err := hand.Find(t.Context(), 50*time.Millisecond, 0, "another")
	if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "the one that is there") {
		t.Errorf("got %v, want a deadline and the window's title", err)
	}
}
