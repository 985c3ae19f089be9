package session

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"image"
	"image/draw"
	"slices"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/beistand/beistand/session/invite"
	"github.com/beistand/beistand/session/pixel"
	"github.com/beistand/beistand/session/rendezvous"
	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/screen"
	"github.com/beistand/beistand/session/screen/screentest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var (
	deskKey    = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, ed25519.SeedSize))
	invitation = invites(invite.Supporter, see)
)

// invites is the desk's invitation.
func invites(as invite.Role, asked rights.Set) Invitation {
	i := Invitation{
		Invitation: invite.Invitation{
			ID: "7f1c", Ticket: 17, Supporter: "Sam Support", Organisation: "Example GmbH", FirstPart: "042", Role: as, Rights: asked,
		},
		Asked: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
	}
	i.sign()
	return i
}

// sign puts the desk's signature under what was changed.
func (i *Invitation) sign() {
	if err := i.Sign(deskKey); err != nil {
		panic(err)
	}
}

// yes gives all that is asked for.
func yes(_ context.Context, q Question) (Grant, error) { return Grant{Rights: q.Rights}, nil }

// pair is both sides of a session with an in-memory screen. Tests change the
// configurations before start.
type pair struct {
	t      testing.TB
	host   HostConfig
	viewer ViewerConfig
	code   func(drawn string) string // what the supporter types; nil is the right one
	screen *screentest.Memory

	h                    *Host
	v                    *Viewer
	stopHost, stopViewer context.CancelFunc
	hostDone, viewerDone chan result

	mu      sync.Mutex // guards the rest
	phases  map[role][]Phase
	last    map[role]Event
	paths   map[role]string
	shown   *image.RGBA
	updates int
	changed chan struct{} // told when one of them changes
}

type result struct {
	end End
	err error
}

func newPair(t testing.TB) *pair {
	t.Helper()
	a, b := rendezvous.Pair()
	p := &pair{
		t: t, phases: map[role][]Phase{}, last: map[role]Event{}, paths: map[role]string{}, changed: make(chan struct{}, 1),
		screen:   screentest.New(screen.Monitor{Name: "MEMORY-1", Bounds: image.Rect(0, 0, 320, 200), Primary: true}),
		hostDone: make(chan result, 1), viewerDone: make(chan result, 1),
	}
	p.screen.Paint(screentest.Pattern(image.Rect(0, 0, 320, 200), 1))
	p.host = HostConfig{
		Invitation: invitation, Room: a, Screen: p.screen,
		Consent: yes,
		Notify:  func(e Event) { p.note(host, e) },
	}
	p.viewer = ViewerConfig{Invitation: invitation, Room: b, Show: p.show, Notify: func(e Event) { p.note(viewer, e) }}
	return p
}

func (p *pair) note(r role, e Event) {
	p.mu.Lock()
	p.phases[r] = append(p.phases[r], e.Phase)
	p.last[r] = e
	if e.Path != "" {
		p.paths[r] = e.Path
	}
	p.mu.Unlock()
	p.tell()
}

func (p *pair) show(picture *pixel.Bitmap, _ []image.Rectangle) {
	p.mu.Lock()
	p.shown = image.NewRGBA(picture.Rect)
	picture.Give(p.shown, picture.Rect)
	p.updates++
	p.mu.Unlock()
	p.tell()
}

func (p *pair) tell() {
	select {
	case p.changed <- struct{}{}:
	default:
	}
}

// start runs both sides; they have ended when the test has.
func (p *pair) start() {
	p.t.Helper()
	h, err := NewHost(p.host)
	if err != nil {
		p.t.Fatal(err)
	}
	p.startWith(h)
}

// startWith is start with a host that was made before.
func (p *pair) startWith(h *Host) {
	p.t.Helper()
	p.viewer.Code = h.Code()
	if p.code != nil {
		p.viewer.Code = p.code(h.Code())
	}
	v, err := NewViewer(p.viewer)
	if err != nil {
		p.t.Fatal(err)
	}
	p.h, p.v = h, v
	var hostCtx, viewerCtx context.Context
	hostCtx, p.stopHost = context.WithCancel(context.Background())
	viewerCtx, p.stopViewer = context.WithCancel(context.Background())
	var all sync.WaitGroup
	all.Go(func() { end, err := h.Run(hostCtx); p.host.Room.Close(); p.hostDone <- result{end, err} })
	all.Go(func() { end, err := v.Run(viewerCtx); p.viewer.Room.Close(); p.viewerDone <- result{end, err} })
	p.t.Cleanup(func() { p.stopHost(); p.stopViewer(); all.Wait() })
}

// until waits for a condition on what the two sides were told and shown.
func (p *pair) until(what string, holds func() bool) {
	p.t.Helper()
	deadline := time.After(40 * time.Second)
	for {
		p.mu.Lock()
		ok := holds()
		p.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-p.changed:
		case r := <-p.hostDone:
			p.t.Fatalf("before %s: the host ended with %+v, %v", what, r.end, r.err)
		case r := <-p.viewerDone:
			p.t.Fatalf("before %s: the viewer ended with %+v, %v", what, r.end, r.err)
		case <-deadline:
			p.t.Fatalf("%s did not happen: phases %v, %d updates", what, p.phases, p.updates)
		}
	}
}

// sees waits until the viewer's picture is want.
func (p *pair) sees(want *image.RGBA) {
	p.t.Helper()
	p.until("the picture", func() bool {
		return p.shown != nil && p.shown.Rect == want.Rect && slices.Equal(p.shown.Pix, want.Pix)
	})
}

// ends waits for both sides and gives how they ended.
func (p *pair) ends() (h, v result) {
	p.t.Helper()
	for range 2 {
		select {
		case h = <-p.hostDone:
		case v = <-p.viewerDone:
		case <-time.After(60 * time.Second):
			p.t.Fatalf("a side did not end; phases %v", p.phases)
		}
	}
	return h, v
}

func (r result) check(t testing.TB, who string, want error, by string) {
	t.Helper()
	if !errors.Is(r.err, want) || (want == nil) != (r.err == nil) {
		t.Errorf("the %s ended with %v, want %v", who, r.err, want)
	}
	if r.end.By != by || r.end.Reason == "" || r.end.Ended.IsZero() {
		t.Errorf("the %s's record says by %q (%q) at %v, want by %q", who, r.end.By, r.end.Reason, r.end.Ended, by)
	}
}

func TestPictureArrives(t *testing.T) {
	p := newPair(t)
	p.start()
	p.sees(screentest.Pattern(image.Rect(0, 0, 320, 200), 1))

	want := screentest.Pattern(image.Rect(0, 0, 320, 200), 1)
	for i := range 5 { // small changes, one after the other
		part := screentest.Pattern(image.Rect(10*i, 20*i, 10*i+40, 20*i+30), byte(i+2))
		p.screen.Paint(part)
		draw.Draw(want, part.Rect, part, part.Rect.Min, draw.Src)
		p.sees(want)
	}

	// Monitors come and go while the screen is watched; between them it is black.
	left, right := image.Rect(-100, 0, 0, 80), image.Rect(0, 40, 120, 140)
	p.screen.SetMonitors(screen.Monitor{Name: "LEFT", Bounds: left}, screen.Monitor{Name: "RIGHT", Bounds: right})
	wall := image.NewRGBA(image.Rect(0, 0, 220, 140))
	draw.Draw(wall, wall.Rect, image.Black, image.Point{}, draw.Src)
	for i, r := range []image.Rectangle{left, right} {
		part := screentest.Pattern(r, byte(20+i))
		p.screen.Paint(part)
		draw.Draw(wall, r.Add(image.Pt(100, 0)), part, r.Min, draw.Src)
	}
	p.sees(wall)

	p.stopViewer()
	h, v := p.ends()
	h.check(t, "host", nil, BySupporter)
	v.check(t, "viewer", nil, BySupporter)
	for who, r := range map[string]result{"host": h, "viewer": v} {
		e := r.end
		times := []time.Time{e.Asked, e.KeyAgreed, e.Consented, e.Started, e.Ended}
		if !slices.IsSortedFunc(times, time.Time.Compare) || e.KeyAgreed.IsZero() || e.Consented.IsZero() || e.Started.IsZero() {
			t.Errorf("the %s's times are %v", who, times)
		}
		if e.Frames < 7 || e.Bytes == 0 {
			t.Errorf("the %s counts %d pictures of %d bytes", who, e.Frames, e.Bytes)
		}
	}
	for r, want := range map[role][]Phase{
		host:   {PhaseWaiting, PhaseCode, PhaseConsent, PhaseConnecting, PhaseSharing, PhaseEnded},
		viewer: {PhaseWaiting, PhaseCode, PhaseConsent, PhaseConnecting, PhaseWatching, PhaseEnded},
	} {
		got := slices.Compact(slices.Clone(p.phases[r]))                                             // what else changes is told with the same phase
		if !slices.Equal(got, want) && !slices.Equal(got, slices.Delete(slices.Clone(want), 1, 2)) { // the answer can be quicker than the word that it was asked for
			t.Errorf("role %d went through %v, want %v", r, got, want)
		}
		if p.paths[r] != PathDirect {
			t.Errorf("role %d says that the path is %q", r, p.paths[r])
		}
	}
}

func TestCustomerStops(t *testing.T) {
	p := newPair(t)
	p.start()
	before := screentest.Pattern(image.Rect(0, 0, 320, 200), 1)
	p.sees(before)
	p.stopHost()
	p.screen.Paint(screentest.Pattern(image.Rect(0, 0, 320, 200), 66)) // must not be seen
	h, v := p.ends()
	h.check(t, "host", nil, ByCustomer)
	v.check(t, "viewer", nil, ByCustomer)
	if !slices.Equal(p.shown.Pix, before.Pix) {
		t.Error("a picture was shown that was painted after the stop")
	}
}

// incompressible is a picture of cheap noise.
func incompressible(r image.Rectangle) *image.RGBA {
	p := image.NewRGBA(r)
	for i := range p.Pix {
		p.Pix[i] = byte(i * i * 2654435761 >> 13)
		if i%4 == 3 {
			p.Pix[i] = 0xff
		}
	}
	return p
}

// A stop in the middle of a large picture ends it: no piece follows the
// goodbye, and the viewer is told who stopped.
func TestCustomerStopsInTheMidst(t *testing.T) {
	p := newPair(t)
	large := image.Rect(0, 0, 2000, 2000)
	p.screen.SetMonitors(screen.Monitor{Name: "LARGE", Bounds: large})
	noisy := incompressible(large)
	p.screen.Paint(noisy)
	p.start()
	p.until("sharing", func() bool { return slices.Contains(p.phases[host], PhaseSharing) && p.screen.Grabs() > 0 })
	p.stopHost()
	h, v := p.ends()
	h.check(t, "host", nil, ByCustomer)
	v.check(t, "viewer", nil, ByCustomer)
	if p.updates > 1 || h.end.Frames > 1 {
		t.Errorf("%d updates were shown, %d sent, after the stop", p.updates, h.end.Frames)
	}
}

// An idle screen is looked at and nothing is sent.
func TestIdleScreen(t *testing.T) {
	p := newPair(t)
	p.start()
	p.sees(screentest.Pattern(image.Rect(0, 0, 320, 200), 1))
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for range 5 { // it is looked at, and nothing has changed
		from := p.screen.Grabs()
		p.screen.Paint(screentest.Pattern(image.Rect(0, 0, 320, 200), 1))
		for p.screen.Grabs() == from {
			<-tick.C
		}
	}
	p.stopHost()
	h, _ := p.ends()
	if h.end.Frames != 1 || p.updates != 1 {
		t.Errorf("%d pictures of an idle screen were sent, %d shown", h.end.Frames, p.updates)
	}
}

func TestScreenFails(t *testing.T) {
	p := newPair(t)
	p.start()
	p.sees(screentest.Pattern(image.Rect(0, 0, 320, 200), 1))
	p.screen.Fail(errors.New("the display is gone"))
	h, v := p.ends()
	h.check(t, "host", ErrNoScreen, ByCustomer)
	v.check(t, "viewer", ErrNoScreen, ByCustomer)
}

func TestConfigurations(t *testing.T) {
	p := newPair(t)
	for name, change := range map[string]func(*HostConfig){
		"no room":       func(c *HostConfig) { c.Room = nil },
		"no screen":     func(c *HostConfig) { c.Screen = nil },
		"no signature":  func(c *HostConfig) { c.Invitation.Signature = nil },
		"another desk":  func(c *HostConfig) { c.DeskKey = make([]byte, ed25519.PublicKeySize) },
		"no question":   func(c *HostConfig) { c.Consent = nil },
		"no first part": func(c *HostConfig) { c.Invitation.FirstPart = "" },
	} {
		c := p.host
		change(&c)
		if _, err := NewHost(c); err == nil {
			t.Errorf("%s: a host came about", name)
		}
	}
	for code, want := range map[string]error{"042-12345": ErrBadCode, "043-123456": ErrNotThisSession, "042 123 456": nil} {
		c := p.viewer
		c.Code = code
		if _, err := NewViewer(c); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", code, err, want)
		}
	}
	p.viewer.Show = nil
	if _, err := NewViewer(p.viewer); err == nil {
		t.Error("a viewer without a window came about")
	}
}
