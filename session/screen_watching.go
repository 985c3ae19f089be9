package session

import (
	"context"
	"errors"
	"fmt"
	"image"
	"sync"
	"sync/atomic"
	"time"

	"github.com/beistand/beistand/session/codec"
	"github.com/beistand/beistand/session/picture"
	"github.com/beistand/beistand/session/pixel"
	"github.com/beistand/beistand/session/wire"
)

// shows is how many frames may wait to be shown: as many as a host sends
// before it has heard of one.
const shows = unshown

// maxShows is how many bytes of them: as many as the largest has, and a few others.
const maxShows = wire.MaxUpdate + 16<<20

var errFlood = errors.New("more frames came than are asked for")

// watching is the picture at the viewer's end. Frames are put together where
// they come in, and decoded and shown by one goroutine: nothing that comes
// waits for a window.
type watching struct {
	show func(*pixel.Bitmap, []image.Rectangle)
	gate *gate
	wait chan arrivedFrame // frames, in order

	screen atomic.Pointer[wire.Screen] // changed under mu; no carrier: nothing is to be shown
	kind   atomic.Pointer[codec.Kind]  // of the newest track; nil: there was none
	held   atomic.Int64                // bytes of what waits
	moving atomic.Bool                 // part of what is shown is video
	filmed atomic.Bool                 // the track alone has shown something

	mu      sync.Mutex       // guards the rest; held while a frame is decoded and shown
	decoder *picture.Decoder // nil: nothing is to be shown, or video alone
	tracked tracked
	shown   wire.Shown                             // the newest
	seen    *pixel.Bitmap                          // what the window shows; nil: nothing
	filming func(*pixel.Bitmap, []image.Rectangle) // is given the same; nil: there is no film

	begun bool        // something has been shown; this and the rest are run's alone
	told  uint32      // what the host has been told
	late  *time.Timer // when it is told more
	owes  bool        // late runs
}

// arrivedFrame is a frame that has come.
type arrivedFrame struct {
	epoch uint32
	frame []byte
}

func newWatching(show func(*pixel.Bitmap, []image.Rectangle), g *gate) *watching {
	w := &watching{show: show, gate: g, wait: make(chan arrivedFrame, shows), late: time.NewTimer(never)}
	w.screen.Store(&wire.Screen{})
	return w
}

// begin takes the word that a screen is shown from now on.
func (w *watching) begin(m *wire.Screen) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if before := w.screen.Load().Epoch; m.Epoch <= before {
		return fmt.Errorf("screen %d after %d: %w", m.Epoch, before, ErrTampered)
	}
	w.endLocked()
	w.screen.Store(m)
	if m.Carrier == wire.ByVideo {
		w.tracked.alone = true
		w.moving.Store(true)
		return nil
	}
	var err error
	w.decoder, err = picture.NewDecoder()
	return err
}

// end shows nothing any more until the next begin: when it returns, nothing is.
func (w *watching) end() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.endLocked()
}

func (w *watching) endLocked() {
	if w.decoder != nil {
		w.decoder.Close()
		w.decoder = nil
	}
	w.tracked.forget()
	w.moving.Store(false)
	w.seen = nil
	w.screen.Store(&wire.Screen{Epoch: w.screen.Load().Epoch})
}

// by is the epoch of what is shown that way, 0 when nothing is, and the newest
// epoch of all.
func (w *watching) by(c wire.Carrier) (epoch, newest uint32) {
	s := w.screen.Load()
	if s.Carrier != c {
		return 0, s.Epoch
	}
	return s.Epoch, s.Epoch
}

// moves is the format of what moves now; "" when nothing does. It waits for no window.
func (w *watching) moves() string {
	if k := w.kind.Load(); k != nil && w.moving.Load() {
		return string(*k)
	}
	return ""
}

// came takes a whole frame over.
func (w *watching) came(epoch uint32, frame []byte) error {
	f := arrivedFrame{epoch, frame}
	if w.held.Add(int64(len(frame))) > maxShows {
		return errFlood
	}
	for {
		select {
		case w.wait <- f:
			return nil
		default:
		}
		select { // those from before a pause do not count
		case old := <-w.wait:
			if old.epoch == epoch {
				return errFlood
			}
			w.held.Add(-int64(len(old.frame)))
		default:
		}
	}
}

// run decodes and shows until ctx ends.
func (w *watching) run(ctx context.Context, r *run) error {
	for {
		select {
		case f := <-w.wait:
			w.held.Add(-int64(len(f.frame)))
			if err := w.frame(r, f); err != nil {
				return err
			}
			if !w.begun {
				w.begun = true
				r.post(post{do: func() { r.seen() }})
			}
			if err := w.acknowledge(ctx, r, false); err != nil {
				return err
			}
		case <-w.late.C:
			if err := w.acknowledge(ctx, r, true); err != nil {
				return err
			}
		case <-ctx.Done():
			return nil
		}
	}
}

// frame decodes one and shows it.
func (w *watching) frame(r *run, f arrivedFrame) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if f.epoch != w.screen.Load().Epoch || w.decoder == nil {
		return nil // from before a pause
	}
	frame, err := wire.ReadFrame(f.frame)
	if err != nil {
		return err
	}
	if frame.Number <= w.shown.Number {
		return fmt.Errorf("frame %d after %d: %w", frame.Number, w.shown.Number, ErrTampered)
	}
	began := time.Now()
	result, err := w.decoder.Decode(frame.Update)
	if err != nil {
		return err
	}
	decoded := time.Now()
	changed := w.tracked.follow(result, frame.At)
	w.moving.Store(len(w.tracked.regions) > 0)
	r.frames.Add(1) // before it is shown: who has seen it may end the session at once
	w.showLocked(w.tracked.whole(result.Picture), changed)
	w.shown = wire.Shown{Number: frame.Number, Decode: micros(decoded.Sub(began)), Show: micros(time.Since(decoded))}
	return nil
}

// showLocked gives the window what has changed; not when the supporter has
// given the right to see back.
func (w *watching) showLocked(p *pixel.Bitmap, changed []image.Rectangle) {
	if len(changed) > 0 && w.gate.may(see) {
		w.show(p, changed)
		w.seen = p
		w.filmLocked(changed)
	}
}

// acknowledge tells the host what is shown: the first at once, then every few
// frames, or when it is late for one.
func (w *watching) acknowledge(ctx context.Context, r *run, late bool) error {
	w.mu.Lock()
	m := w.shown
	w.mu.Unlock()
	w.owes = w.owes && !late
	switch {
	case m.Number == w.told:
		return nil
	case !late && w.told != 0 && m.Number-w.told < shownMost:
		if !w.owes {
			w.owes = true
			w.late.Reset(shownGap)
		}
		return nil
	}
	w.told = m.Number
	_, err := r.send(ctx, &m)
	return err
}

// An acknowledgement, which costs both sides as much as a small frame, waits
// for others: a host goes on until many are missing.
const (
	shownMost = unshown / 4
	shownGap  = 150 * time.Millisecond
)

func micros(d time.Duration) uint32 {
	return uint32(max(0, min(d.Microseconds(), 1<<32-1)))
}

// film shows a picture of the video track, and gives one that may be used for
// the next.
func (w *watching) film(r *run, p *pixel.Bitmap, at uint32) (spare *pixel.Bitmap) {
	if w.screen.Load().Carrier == wire.ByVideo && !w.filmed.Swap(true) {
		defer r.post(post{do: func() { r.seen() }})
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.screen.Load().Carrier == 0 {
		return p
	}
	spare = w.tracked.newest
	changed := w.tracked.film(p, at)
	if w.tracked.alone {
		r.frames.Add(1)
	}
	w.showLocked(w.tracked.shown, changed)
	return spare
}
