package session

import (
	"context"
	"errors"
	"image"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/beistand/beistand/session/picture"
	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/screen"
	"github.com/beistand/beistand/session/screen/screentest"
	"github.com/beistand/beistand/session/seal"
	"github.com/beistand/beistand/session/wire"
)

// taker is a carrier whose other side is never heard of.
type taker struct{ frames int }

func (t *taker) put(_ context.Context, f wire.Frame) (int, error) {
	t.frames++
	return len(f.Update), nil
}
func (*taker) room(time.Time) int                         { return 1 << 20 }
func (*taker) freed() <-chan struct{}                     { return nil }
func (*taker) cursor(context.Context, *wire.Cursor) error { return nil }
func (*taker) serve(ctx context.Context) error            { <-ctx.Done(); return ctx.Err() }
func (*taker) rerouted()                                  {}
func (*taker) figures() (time.Duration, uint16, uint32)   { return 0, 0, 0 }

// An acknowledgement of what was never sent, or of what was acknowledged
// before, ends the session.
func TestAcknowledgements(t *testing.T) {
	s := &sharer{run: &run{}, by: &taker{}, figures: &gauges{}, seen: make(chan struct{}, 1), first: 1}
	s.next.Store(4)
	h := &hosting{sharer: s, cancel: func() {}}
	r := &run{record: End{Started: time.Now()}}
	for i, test := range []struct {
		number uint32
		want   error
	}{{2, nil}, {2, ErrTampered}, {1, ErrTampered}, {4, ErrTampered}, {3, nil}} {
		if err := h.take(r, &wire.Shown{Number: test.number}); !errors.Is(err, test.want) {
			t.Errorf("%d: the acknowledgement of %d: %v, want %v", i, test.number, err, test.want)
		}
	}
}

// A viewer that shows nothing is no viewer; and it is not sent more than a few
// frames, however much changes.
func TestNothingShown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		area := image.Rect(0, 0, 320, 200)
		memory := screentest.New(screen.Monitor{Name: "MEMORY-1", Bounds: area, Primary: true})
		look, err := lookAt(memory, Scope{})
		if err != nil {
			t.Fatal(err)
		}
		defer look.Close()
		encoder, err := picture.NewEncoder(picture.Options{Method: picture.Zstd})
		if err != nil {
			t.Fatal(err)
		}
		by := &taker{}
		s := &sharer{
			run: &run{conf: config{nudged: &atomic.Bool{}, wake: make(wake, 1)}}, look: look, encoder: encoder, by: by, figures: &gauges{},
			placed: &placed{}, seen: make(chan struct{}, 1), first: 1,
		}
		s.next.Store(1)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go func() {
			for n := byte(0); ctx.Err() == nil; n++ {
				memory.Paint(screentest.Pattern(area, n))
				select {
				case <-time.After(time.Second):
				case <-ctx.Done():
				}
			}
		}()
		if err := s.frames(ctx); !errors.Is(err, errShown) {
			t.Errorf("a viewer that shows nothing: %v, want %v", err, errShown)
		}
		if by.frames != unshown {
			t.Errorf("%d frames were sent, at most %d may be on their way", by.frames, unshown)
		}
	})
}

// In which form each message counts, through the desk and over the data channel.
func TestForms(t *testing.T) {
	seal := func(s *seal.Sealer, m wire.Message) []byte {
		b, err := wire.Append(nil, m)
		if err != nil {
			t.Fatal(err)
		}
		if b, err = s.Seal(nil, b); err != nil {
			t.Fatal(err)
		}
		return b
	}
	encode := func(m wire.Message) []byte {
		b, err := wire.Append(nil, m)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	picture := &wire.Picture{Number: 1, Total: 1, Data: []byte{1}}
	for name, test := range map[string]struct {
		m                           wire.Message
		clear, sealed, data, before bool // in the clear with a key, sealed, over the data channel, in the clear before
	}{
		"share":     {&wire.Share{}, true, false, false, true}, // the state machine refuses it
		"answered":  {&wire.Answered{}, true, false, false, true},
		"confirm":   {&wire.Confirm{}, true, false, false, true},
		"bye":       {&wire.Bye{Reason: wire.Stopped}, false, true, true, true},
		"wrong":     {&wire.Bye{Reason: wire.WrongCode}, true, true, true, true},
		"granted":   {&wire.Granted{}, false, true, true, false},
		"refused":   {&wire.Refused{}, false, true, true, false},
		"offer":     {&wire.Offer{Connection: 1, SDP: "v"}, false, true, false, false},
		"answer":    {&wire.Answer{Connection: 1, SDP: "v"}, false, true, false, false},
		"candidate": {&wire.Candidate{Connection: 1}, false, true, false, false},
		"picture":   {picture, false, false, true, false},
		"shown":     {&wire.Shown{Number: 1}, false, false, true, false},
		"screen":    {&wire.Screen{Epoch: 1, Carrier: wire.ByPieces, Method: wire.Zstd}, false, false, true, false},
		"shape":     {&wire.Shape{Serial: 1, Width: 1, Height: 1, Pix: []uint32{1}}, false, false, true, false},
		"cursor":    {&wire.Cursor{Number: 1}, false, false, true, false},
		"figures":   {&wire.Figures{}, false, false, true, false},
		"flow":      {&wire.Flow{Packet: []byte{1}}, false, false, false, false}, // as datagrams alone
		"flowed":    {&wire.Flowed{Packet: []byte{1}}, false, false, false, false},
		"recorded":  {&wire.Recorded{Line: []byte("{}")}, false, true, true, false},
		"signed":    {&wire.Countersigned{Line: []byte("{}")}, false, true, true, false},
		"paused":    {&wire.Paused{Why: wire.ByCustomer}, false, false, true, false},
		"resumed":   {&wire.Resumed{}, false, false, true, false},
		"active":    {&wire.Active{}, false, false, true, false},
		"again":     {&wire.Again{Connection: 1}, false, true, false, false},
		"resume":    {&wire.Resume{}, false, false, true, false}, // taken as the first alone
		"received":  {&wire.Received{}, false, false, true, false},
		"withdrawn": {&wire.Withdrawn{}, false, false, true, false},
		"ask":       {&wire.Ask{Rights: see}, false, false, true, false},
		"give back": {&wire.GiveBack{Rights: see}, false, false, true, false},
		"pointer":   {&wire.Pointer{}, false, false, true, false},
		"move":      {&wire.Move{}, false, false, true, false},
		"button":    {&wire.Button{Number: 1}, false, false, true, false},
		"wheel":     {&wire.Wheel{DY: 1}, false, false, true, false},
		"key":       {&wire.Key{Rune: 'a'}, false, false, true, false},
		"own":       {&wire.Own{}, false, false, true, false},
		"clip":      {&wire.Clip{}, false, false, true, false},
		"want":      {&wire.Want{Right: rights.Vitals}, false, false, true, false},
		"vital":     {&wire.Vital{Text: "a"}, false, false, true, false},
		"hand":      {&wire.Hand{ID: 1, Right: rights.FilesIn, Name: "a"}, false, false, true, false},
		"accept":    {&wire.Accept{ID: 1}, false, false, true, false},
		"piece":     {&wire.Piece{ID: 1, Data: []byte{1}}, false, false, true, false},
		"took":      {&wire.Took{ID: 1, Bytes: 1}, false, false, true, false},
		"done":      {&wire.Done{ID: 1}, false, false, true, false},
		"cancel":    {&wire.Cancel{ID: 1, Why: wire.NotWanted}, false, false, true, false},
		"sealed":    {&wire.Sealed{Body: []byte{1}}, false, false, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			a, b := roomWays(1)
			c, d := ways(5)
			r := &run{room: b, line: &line{way: d}, state: connecting}
			check := func(how string, want bool, err error) {
				t.Helper()
				if (err == nil) != want {
					t.Errorf("%s: %v, want it to count: %v", how, err, want)
				}
			}
			_, err := r.openRoom(encode(&wire.Sealed{Body: seal(a.sealer, test.m)}))
			check("sealed through the desk", test.sealed, err)
			if name != "sealed" {
				_, err = r.openRoom(encode(test.m))
				check("in the clear", test.clear, err)
			}
			r.state = live
			if _, err = r.openRoom(encode(test.m)); !errors.Is(err, errForeign) {
				t.Errorf("in the clear while it is live: %v, want %v", err, errForeign)
			}
			_, err = r.openChannel(seal(c.sealer, test.m))
			check("over the data channel", test.data, err)
			_, err = (&run{}).openRoom(encode(test.m))
			check("before there is a key", test.before, err)
		})
	}
}

func FuzzOpenRoom(f *testing.F) {
	for _, m := range []wire.Message{&wire.Share{}, &wire.Bye{Reason: wire.Stopped}, &wire.Sealed{Body: []byte("nonsense")}, &wire.Offer{Connection: 1, SDP: "v=0"}} {
		b, err := wire.Append(nil, m)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		_, w := ways(3)
		_, room := roomWays(3)
		r := &run{room: room, line: &line{way: w}, state: live}
		if m, err := r.openRoom(b); !errors.Is(err, errForeign) {
			t.Fatalf("%T counted while it is live: %v", m, err)
		}
		r.state = connecting
		m, err := r.openRoom(b)
		if err == nil {
			switch m := m.(type) {
			case *wire.Share, *wire.Answered, *wire.Confirm:
			case *wire.Bye:
				if m.Reason != wire.WrongCode {
					t.Fatalf("a goodbye in the clear counted: %v", m)
				}
			default:
				t.Fatalf("%T in the clear counted", m)
			}
		}
		if m, err := r.openChannel(b); err == nil {
			t.Fatalf("%T counted without being sealed", m)
		}
	})
}
