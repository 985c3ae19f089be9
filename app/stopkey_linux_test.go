//go:build !headless

package app

import (
	"context"
	"crypto/ed25519"
	"image"
	"io"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
	"github.com/sirupsen/logrus"

	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/input"
	"github.com/beistand/beistand/session/invite"
	"github.com/beistand/beistand/session/overlay"
	"github.com/beistand/beistand/session/pixel"
	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/screen"
)

// heardRoom passes messages on in memory.
type heardRoom struct {
	out chan<- []byte
	in  <-chan []byte
}

func (r heardRoom) Send(ctx context.Context, m []byte) error {
	select {
	case r.out <- m:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (r heardRoom) Receive(ctx context.Context) ([]byte, error) {
	select {
	case m := <-r.in:
		return m, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (heardRoom) Close() error { return nil }

// TestTheKeyStopsEverything presses the key on a real desktop whose picture
// changes all the time, and says how old the newest frame is that arrived.
func TestTheKeyStopsEverything(t *testing.T) {
	desktop(t)
	invited := session.Invitation{Invitation: invite.Invitation{
		ID: "s1", Ticket: 7, Supporter: "Anna Berg", FirstPart: "482", Role: invite.Supporter, Rights: rights.Of(rights.See),
	}}
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := invited.Sign(key); err != nil {
		t.Fatal(err)
	}
	log := logrus.New()
	log.SetOutput(io.Discard)
	company := session.NewCompany(false)
	f := &fence{open: overlay.Open, stop: company.StopAll, log: log}
	f.enter()
	defer f.leave()
	if f.pressedKey() != overlay.Keys()[0] {
		t.Fatalf("the key is %q", f.pressedKey())
	}
	raw, err := screen.Open()
	if err != nil {
		t.Fatal(err)
	}
	source := newShownScreen(raw, nil)
	defer source.Close()
	toHost, toViewer := make(chan []byte, 100), make(chan []byte, 100)
	host, err := session.NewHost(session.HostConfig{
		Invitation: invited, Room: heardRoom{toViewer, toHost}, Screen: source,
		Consent: func(context.Context, session.Question) (session.Grant, error) {
			return session.Grant{Rights: rights.Of(rights.See)}, nil
		},
		Notify: func(e session.Event) { f.show("s1", framed(e, source)) },
	})
	if err != nil {
		t.Fatal(err)
	}
	company.Join(host)
	var newest, frames atomic.Int64
	enough := make(chan struct{})
	viewer, err := session.NewViewer(session.ViewerConfig{
		Invitation: invited, Code: host.Code(), Room: heardRoom{toHost, toViewer},
		Show: func(*pixel.Bitmap, []image.Rectangle) {
			newest.Store(time.Now().UnixNano())
			if frames.Add(1) == 10 {
				close(enough)
			}
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go flicker(ctx, t)
	type result struct {
		end session.End
		err error
	}
	ends, seen := make(chan result, 1), make(chan result, 1)
	go func() { end, err := host.Run(ctx); ends <- result{end, err} }()
	go func() { end, err := viewer.Run(ctx); seen <- result{end, err} }()
	select {
	case <-enough:
	case r := <-ends:
		t.Fatalf("it ended before: %+v", r)
	case <-time.After(time.Minute):
		t.Fatal("no pictures")
	}
	keys, err := input.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer keys.Close()
	pressed := time.Now()
	for _, name := range []string{"Control", "Alt", "End"} {
		if err := keys.Key(input.Key{Name: name}, true); err != nil {
			t.Fatal(err)
		}
	}
	if err := keys.ReleaseAll(); err != nil {
		t.Fatal(err)
	}
	for who, c := range map[string]chan result{"customer": ends, "supporter": seen} {
		if r := <-c; r.err != nil || r.end.By != session.ByCustomer {
			t.Errorf("the %s's side ended by %q: %v", who, r.end.By, r.err)
		}
	}
	last := time.Unix(0, newest.Load()).Sub(pressed)
	t.Logf("the newest of %d frames came %v after the key (the limit is 300 ms)", frames.Load(), last.Round(time.Millisecond))
	if last > 2*time.Second { // a busy machine is slow, no session is
		t.Errorf("a frame came %v after the key", last)
	}
}

// flicker changes the picture until ctx ends.
func flicker(ctx context.Context, t *testing.T) {
	c, err := xgb.NewConn()
	if err != nil {
		t.Error(err)
		return
	}
	defer c.Close()
	root := xproto.Setup(c).DefaultScreen(c).Root
	gc, err := xproto.NewGcontextId(c)
	if err != nil {
		t.Error(err)
		return
	}
	xproto.CreateGC(c, gc, xproto.Drawable(root), xproto.GcSubwindowMode, []uint32{xproto.SubwindowModeIncludeInferiors})
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for n := uint32(0); ; n++ {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
		xproto.ChangeGC(c, gc, xproto.GcForeground, []uint32{n * 0x10305})
		xproto.PolyFillRectangle(c, xproto.Drawable(root), gc, []xproto.Rectangle{{X: int16(20 + n%40), Y: 60, Width: 60, Height: 60}})
		c.Sync()
	}
}
