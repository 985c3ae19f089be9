package session

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/beistand/beistand/session/picture"
	"github.com/beistand/beistand/session/screen"
	"github.com/beistand/beistand/session/wire"
)

// pollRate is how often a second the screen is looked at.
const pollRate = 15

// shownTime bounds the wait for a picture that the connection has taken to be
// shown: a window that hangs for longer is no window.
const shownTime = 2 * time.Minute

var errShown = errors.New("the viewer does not show the picture")

// sharer sends the screen: one update under way, always the newest state.
type sharer struct {
	run     *run
	screen  *desktop
	encoder *picture.RGBAEncoder
	gate    *gate
	scoped  uint32      // the scope's generation: pictures of another one do not leave
	placed  *placed     // where on the desktop the newest picture is
	first   uint32      // the first update since sharing began or went on
	next    uint32      // the update that has not begun to leave; share's until it returns
	shown   chan uint32 // what the viewer has acknowledged; holds one
}

// newSharer makes one whose first update is a whole picture with this number.
func newSharer(r *run, source screen.Source, first uint32, g *gate) (*sharer, error) {
	encoder, err := picture.NewRGBAEncoder()
	if err != nil {
		return nil, err
	}
	g.mu.Lock()
	scope, scoped := g.scope, g.scoped
	g.mu.Unlock()
	return &sharer{
		run: r, screen: newDesktop(source, scope), encoder: encoder, gate: g, scoped: scoped, placed: &placed{},
		first: first, next: first, shown: make(chan uint32, 1),
	}, nil
}

// share runs until ctx ends or something breaks.
func (s *sharer) share(ctx context.Context) error {
	tick := time.NewTicker(time.Second / pollRate)
	defer tick.Stop()
	for {
		number := s.next
		sent, err := s.one(ctx, number)
		if err != nil {
			return err
		}
		if sent {
			if err := s.await(ctx, number); err != nil {
				return err
			}
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// one sends what has changed; nothing when nothing has.
func (s *sharer) one(ctx context.Context, number uint32) (bool, error) {
	p, err := s.screen.grab()
	if err != nil {
		return false, fmt.Errorf("read the screen: %w", errors.Join(ErrNoScreen, err))
	}
	if p == nil {
		return false, nil
	}
	update, _, err := s.encoder.Encode(p)
	if err != nil {
		return false, fmt.Errorf("read the screen: %w", errors.Join(ErrNoScreen, err))
	}
	if update == nil {
		return false, nil
	}
	for offset := 0; offset < len(update); offset += wire.MaxChunk {
		piece := update[offset:min(offset+wire.MaxChunk, len(update))]
		n, err := s.run.out.put(ctx, parcel{
			message: &wire.Picture{Number: number, Total: uint32(len(update)), Offset: uint32(offset), Data: piece},
			need:    see, also: func() bool { return s.gate.scoped == s.scoped },
		})
		if err != nil {
			return false, err
		}
		s.next = number + 1 // a pause may leave it unfinished
		s.run.bytes.Add(int64(n))
	}
	s.placed.set(s.screen)
	s.run.frames.Add(1)
	if s.encoder.Moved() && number > s.first { // the own window's clock does not keep a session alive
		s.run.stir()
	}
	return true, nil
}

// await waits until the viewer has shown the update.
func (s *sharer) await(ctx context.Context, number uint32) error {
	timer := time.NewTicker(shownTime)
	defer timer.Stop()
	for {
		select {
		case got := <-s.shown:
			if got != number {
				return fmt.Errorf("update %d acknowledged, not %d: %w", got, number, ErrTampered)
			}
			return nil
		case <-timer.C:
			if !s.run.broken.Load() { // else it cannot know, and has OutageTime
				return errShown
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
