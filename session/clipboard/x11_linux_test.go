package clipboard_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/jezek/xgb/xproto"
	"go.uber.org/goleak"

	"github.com/jezek/xgb"

	"github.com/beistand/beistand/session/clipboard"
	"github.com/beistand/beistand/session/clipboard/clipboardtest"
	"github.com/beistand/beistand/session/x11"
	"github.com/beistand/beistand/session/x11/x11test"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// holder is another program, written against ICCCM alone: each text is a
// connection of its own, which answers until the next one comes.
type holder struct {
	display string
	conn    *xgb.Conn
	done    chan struct{}
	asked   atomic.Int32 // how often the text itself was asked for
	deaf    bool         // it never answers
}

func atom(t testing.TB, conn *xgb.Conn, name string) xproto.Atom {
	t.Helper()
	reply, err := xproto.InternAtom(conn, false, uint16(len(name)), name).Reply()
	if err != nil {
		t.Fatal(err)
	}
	return reply.Atom
}

func connect(t testing.TB, display string) (*xgb.Conn, xproto.Window) {
	t.Helper()
	conn, err := x11.Connect(display)
	if err != nil {
		t.Fatal(err)
	}
	win, err := xproto.NewWindowId(conn)
	if err == nil {
		root := xproto.Setup(conn).DefaultScreen(conn).Root
		err = xproto.CreateWindowChecked(conn, 0, win, root, 0, 0, 1, 1, 0, xproto.WindowClassInputOnly, 0,
			xproto.CwEventMask, []uint32{xproto.EventMaskPropertyChange}).Check()
	}
	if err != nil {
		t.Fatal(err)
	}
	return conn, win
}

func (h *holder) close() {
	if h.conn != nil {
		h.conn.Close()
		<-h.done
	}
}

// set holds the clipboard; texts of more than 10,000 bytes go in pieces of 4,000.
func (h *holder) set(t testing.TB, text string, secret bool) {
	t.Helper()
	h.close()
	conn, win := connect(t, h.display)
	h.conn, h.done = conn, make(chan struct{})
	clip, utf8, targets, hint, incr := atom(t, conn, "CLIPBOARD"), atom(t, conn, "UTF8_STRING"), atom(t, conn, "TARGETS"), atom(t, conn, "x-kde-passwordManagerHint"), atom(t, conn, "INCR")
	if err := xproto.SetSelectionOwnerChecked(conn, win, clip, xproto.TimeCurrentTime).Check(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(h.done)
		var to xproto.SelectionRequestEvent
		var rest []byte
		sending := false
		put := func(e xproto.SelectionRequestEvent, kind xproto.Atom, format byte, data []byte) {
			xproto.ChangeProperty(conn, xproto.PropModeReplace, e.Requestor, e.Property, kind, format, uint32(len(data)/int(format/8)), data)
		}
		for {
			event, err := conn.WaitForEvent()
			if event == nil && err == nil {
				return
			}
			switch e := event.(type) {
			case xproto.SelectionRequestEvent:
				answer := xproto.SelectionNotifyEvent{Time: e.Time, Requestor: e.Requestor, Selection: e.Selection, Target: e.Target, Property: e.Property}
				switch {
				case h.deaf:
					continue
				case e.Target == targets:
					list := []xproto.Atom{targets, utf8}
					if secret {
						list = append(list, hint)
					}
					var raw []byte
					for _, a := range list {
						raw = append(raw, byte(a), byte(a>>8), byte(a>>16), byte(a>>24))
					}
					put(e, xproto.AtomAtom, 32, raw)
				case e.Target == hint && secret:
					put(e, hint, 8, []byte("secret"))
				case e.Target == utf8 && len(text) > 10_000:
					h.asked.Add(1)
					xproto.ChangeWindowAttributes(conn, e.Requestor, xproto.CwEventMask, []uint32{xproto.EventMaskPropertyChange})
					to, rest, sending = e, []byte(text), true
					put(e, incr, 32, []byte{1, 0, 0, 0})
				case e.Target == utf8:
					h.asked.Add(1)
					put(e, utf8, 8, []byte(text))
				default:
					answer.Property = 0
				}
				xproto.SendEvent(conn, false, e.Requestor, 0, string(answer.Bytes()))
			case xproto.PropertyNotifyEvent:
				if sending && e.Window == to.Requestor && e.Atom == to.Property && e.State == xproto.PropertyDelete {
					n := min(4000, len(rest))
					put(to, utf8, 8, rest[:n])
					sending = n > 0
					rest = rest[n:]
				}
			}
		}
	}()
}

// text asks for the clipboard, and takes it in pieces where they come.
func (h *holder) text(t testing.TB) string {
	t.Helper()
	conn, win := connect(t, h.display)
	defer conn.Close()
	place, incr := atom(t, conn, "PLACE"), atom(t, conn, "INCR")
	xproto.ConvertSelection(conn, win, atom(t, conn, "CLIPBOARD"), atom(t, conn, "UTF8_STRING"), place, xproto.TimeCurrentTime)
	var all []byte
	told, pieces := false, false
	for {
		event, err := conn.WaitForEvent()
		if event == nil && err == nil {
			t.Fatal("the display has gone")
		}
		switch e := event.(type) {
		case xproto.SelectionNotifyEvent:
			if e.Property == 0 {
				return ""
			}
			told = true
		case xproto.PropertyNotifyEvent:
			if !pieces || e.State != xproto.PropertyNewValue {
				continue
			}
		}
		if !told {
			continue
		}
		reply, replyErr := xproto.GetProperty(conn, true, win, place, xproto.GetPropertyTypeAny, 0, 1<<20).Reply()
		if replyErr != nil {
			t.Fatal(replyErr)
		}
		switch {
		case reply.Type == incr:
			pieces = true
		case !pieces:
			return string(reply.Value)
		case reply.Format != 0 && len(reply.Value) == 0:
			return string(all)
		default:
			all = append(all, reply.Value...)
		}
	}
}

func fixture(t *testing.T) (clipboardtest.Fixture, *holder) {
	display := x11test.Start(t, "64x64x24")
	c, err := clipboard.OpenX11(display)
	if err != nil {
		t.Fatal(err)
	}
	h := &holder{display: display}
	t.Cleanup(func() {
		c.Close()
		h.close()
	})
	return clipboardtest.Fixture{Clipboard: c, Set: h.set, Text: h.text}, h
}

func TestX11(t *testing.T) {
	clipboardtest.Suite(t, func(t *testing.T) clipboardtest.Fixture {
		f, _ := fixture(t)
		return f
	})
}

// TestX11Secret holds that a password is not even asked for.
func TestX11Secret(t *testing.T) {
	f, h := fixture(t)
	h.set(t, "correct horse battery staple", true)
	if _, err := f.Clipboard.Read(t.Context()); !errors.Is(err, clipboard.ErrSecret) {
		t.Errorf("got %v", err)
	}
	if n := h.asked.Load(); n != 0 {
		t.Errorf("the password was asked for %d times", n)
	}
}

// TestX11Deaf holds that a program that hangs is not waited for.
func TestX11Deaf(t *testing.T) {
	f, h := fixture(t)
	h.deaf = true
	h.set(t, "text", false)
	if got, err := f.Clipboard.Read(t.Context()); err == nil || got != "" {
		t.Errorf("got %q, %v", got, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.Clipboard.Read(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestX11Unavailable(t *testing.T) {
	t.Setenv("DISPLAY", "")
	if _, err := clipboard.Open(); !errors.Is(err, clipboard.ErrUnavailable) || !strings.Contains(err.Error(), "DISPLAY") {
		t.Errorf("without DISPLAY: %v", err)
	}
}
