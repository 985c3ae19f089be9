package web_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/desk/web"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/invite"
	"github.com/beistand/beistand/session/pixel"
	"github.com/beistand/beistand/session/record"
	"github.com/beistand/beistand/session/rendezvous"
	"github.com/beistand/beistand/session/rights"
)

// customer is the page in a browser whose screen is a film that Chromium makes up.
func (h *house) customer(language string) *browser {
	h.t.Helper()
	b := chromium(h.t, chromedp.WindowSize(900, 760), chromedp.Flag("accept-lang", language), chromedp.Flag("lang", language),
		chromedp.Flag("use-fake-ui-for-media-stream", true), chromedp.Flag("use-fake-device-for-media-stream", true))
	b.do(
		chromedp.Navigate(h.url+web.Prefix+"share"),
		chromedp.WaitVisible("#name"), chromedp.SendKeys("#name", "Ümit Jansen"), chromedp.SendKeys("#what", "Rechnungen drucken nicht"),
	)
	b.shot("20-file")
	b.do(chromedp.Click("#file button.main"), chromedp.WaitVisible("#number"))
	b.shot("21-wait")
	return b
}

// staff is the desk's interface as sam has it.
func (h *house) staff() *client.Client {
	h.t.Helper()
	c, err := client.New(h.url, client.Options{})
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(c.CloseIdle)
	if _, err := c.SignIn(h.t.Context(), "sam", password); err != nil {
		h.t.Fatal(err)
	}
	return c
}

// watching is the supporter's program in a session.
type watching struct {
	*session.Viewer
	frames atomic.Int64
	size   atomic.Pointer[image.Point]
	event  atomic.Pointer[session.Event]
	stop   func()
	ended  chan error
}

// watch runs the supporter's program with a code.
func (h *house) watch(c *client.Client, s api.Session, code string) *watching {
	h.t.Helper()
	asked, err := rights.Parse(s.Rights)
	if err != nil {
		h.t.Fatal(err)
	}
	conn, err := c.Room(h.t.Context(), s.ID)
	if err != nil {
		h.t.Fatal(err)
	}
	room, err := rendezvous.Join(h.t.Context(), conn)
	if err != nil {
		h.t.Fatal(err)
	}
	w := &watching{ended: make(chan error, 1)}
	w.Viewer, err = session.NewViewer(session.ViewerConfig{
		Invitation: session.Invitation{Invitation: invite.Invitation{
			ID: s.ID, Ticket: s.Ticket, Supporter: s.Supporter, Organisation: s.Organisation, FirstPart: s.FirstPart,
			Role: invite.Role(s.Role), Rights: asked, DeskKey: s.DeskKey, Signature: s.Signature,
		}, Asked: s.Asked, Expires: s.Expires},
		Code: code, Room: room,
		Show: func(p *pixel.Bitmap, _ []image.Rectangle) {
			size := p.Rect.Size()
			w.size.Store(&size)
			w.frames.Add(1)
		},
		Notify: func(e session.Event) { w.event.Store(&e) },
	})
	if err != nil {
		h.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	w.stop = cancel
	go func() {
		_, err := w.Run(ctx)
		w.ended <- err
	}()
	h.t.Cleanup(func() {
		if h.t.Failed() {
			h.t.Logf("the supporter's program is at %+v", w.event.Load())
		}
		cancel()
		_ = room.Close()
	})
	return w
}

func (w *watching) end(t testing.TB) error {
	t.Helper()
	select {
	case err := <-w.ended:
		return err
	case <-time.After(20 * time.Second):
		t.Fatal("the supporter's program did not end")
		return nil
	}
}

// TestShare has a browser show its screen to the supporter's program.
func TestShare(t *testing.T) {
	h := open(t)
	b := h.customer("de")
	c := h.staff()
	s, err := c.AskSession(t.Context(), 2, api.NewSession{Rights: []string{"see", "control"}})
	if err != nil {
		t.Fatal(err)
	}
	b.says("#caller-title", "Sam Support")
	b.shot("22-caller")
	b.do(chromedp.Click("#was-called"))
	b.says("#warned-title", "Bitte seien Sie vorsichtig")
	b.shot("23-warned")
	if eval[bool](b, `!document.querySelector("#nevertheless").disabled`) {
		t.Error("who was called can go on at once")
	}
	b.do(chromedp.WaitEnabled("#nevertheless"), chromedp.Click("#nevertheless"), chromedp.WaitVisible("#digits"))
	b.shot("24-code")
	w := h.watch(c, s, text(b, "#digits"))
	b.says("#consent-title", "Darf Sam Support jetzt Ihren Bildschirm sehen?")
	b.shot("25-consent")
	b.do(chromedp.Click("#choose"))
	b.says("#sharing-title", "Sam Support sieht Ihren Bildschirm")
	h.until("pictures come", func() bool { return w.frames.Load() > 5 })
	b.shot("26-sharing")
	if e := w.event.Load(); e.Rights != rights.Of(rights.See) || text(b, "#sharing .words b") != e.Words[0]+" "+e.Words[1] {
		t.Errorf("the supporter's program is told %+v", e)
	}
	t.Logf("pictures of %v", w.size.Load())
	b.do(chromedp.Click("#pause"))
	h.until("it is paused", func() bool { return w.event.Load().Held == session.HoldPaused })
	b.says("#sharing-title", "Pause: Sam Support sieht nichts")
	b.shot("27-paused")
	before := w.frames.Load()
	b.do(chromedp.Click("#pause"))
	h.until("pictures come again", func() bool { return w.frames.Load() > before+5 })
	b.do(chromedp.Click("#stop"))
	b.says("#over-what", "Sie haben beendet.")
	b.shot("28-over")
	if err := w.end(t); err != nil {
		t.Error(err)
	}
	h.recorded(c, s.ID)
}

// recorded holds the desk's copy of a record, which the browser has written and
// the program signed, against what a whole one is.
func (h *house) recorded(c *client.Client, id string) {
	h.t.Helper()
	var chain *record.Chain
	h.until("the desk has the whole record", func() bool {
		text, err := c.Record(h.t.Context(), id)
		if err != nil {
			return false
		}
		if chain, err = record.Read(bytes.NewReader(text)); err != nil {
			h.t.Fatalf("%v: %s", err, text)
		}
		return chain.Ended()
	})
	if chain.Countersigned() != chain.Len() || chain.Last().By != record.Customer || chain.Rights() != rights.Of(rights.See) {
		h.t.Errorf("%d of %d entries are signed, the last is %+v", chain.Countersigned(), chain.Len(), chain.Last())
	}
}

// TestShareRefused proves that a no shows nothing, and that the desk is told.
func TestShareRefused(t *testing.T) {
	h := open(t)
	b := h.customer("en")
	c := h.staff()
	s, err := c.AskSession(t.Context(), 2, api.NewSession{})
	if err != nil {
		t.Fatal(err)
	}
	b.says("#caller-title", "Sam Support")
	b.do(chromedp.Click("#called"), chromedp.WaitVisible("#digits"))
	w := h.watch(c, s, text(b, "#digits"))
	b.says("#consent-title", "May Sam Support see your screen now?")
	b.do(chromedp.Click("#consent .refuse"))
	b.says("#over-what", "You refused.")
	if err := w.end(t); !errors.Is(err, session.ErrRefused) {
		t.Errorf("the supporter's program ended with %v, want %v", err, session.ErrRefused)
	}
	h.until("the desk knows", func() bool {
		ticket, err := c.Ticket(t.Context(), 2)
		return err == nil && len(ticket.Sessions) == 1 && ticket.Sessions[0].Reason == api.ReasonRefused
	})
	if w.frames.Load() != 0 {
		t.Errorf("%d pictures were shown", w.frames.Load())
	}
}
