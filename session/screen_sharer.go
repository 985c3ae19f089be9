package session

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/beistand/beistand/session/codec"
	"github.com/beistand/beistand/session/peer"
	"github.com/beistand/beistand/session/picture"
	"github.com/beistand/beistand/session/screen"
	"github.com/beistand/beistand/session/wire"
)

// looker is a screen that shows what was chosen and nothing else: once Choose
// has returned, no look at it has a pixel that is outside.
type looker interface {
	screen.Source
	Choose(s screen.Scope)
	Look() (*screen.Look, error)
}

// windowList tells where windows are, of a screen that can show single ones.
type windowList interface {
	Windows() ([]screen.Window, error)
}

// lookAt limits a source that does not do so by itself.
func lookAt(source screen.Source, s Scope) (*screen.Look, error) {
	l, ok := source.(looker)
	if !ok {
		l = screen.Limit(source, nil)
	}
	seen := screen.Scope{All: s.All(), Monitors: s.Monitors}
	for _, w := range s.Windows {
		seen.Windows = append(seen.Windows, w.ID)
	}
	l.Choose(seen)
	return l.Look()
}

// newSharer begins to show the screen: the first frame has this number, and
// what is shown this epoch. How it comes is chosen by what the viewer can take.
func newSharer(r *run, source screen.Source, measure *gauges, first, epoch uint32) (*sharer, error) {
	g := r.conf.gate
	g.mu.Lock()
	scope, scoped := g.scope, g.scoped
	g.mu.Unlock()
	look, err := lookAt(source, scope)
	if err != nil {
		return nil, errors.Join(errSetUp, err)
	}
	s := &sharer{
		run: r, look: look, scoped: scoped, placed: &placed{single: scope.Windows != nil}, first: first,
		seen: make(chan struct{}, 1), began: time.Now(), figures: measure,
	}
	s.next.Store(first)
	s.shown.Store(first - 1)
	s.control = newSteering()
	control := s.control
	s.screen = wire.Screen{Epoch: epoch, Carrier: wire.ByPieces}
	switch l := r.using.Load(); {
	case r.able&(wire.Zstd|wire.Deflate) == 0 && r.able&wire.Plain != 0:
		s.screen.Carrier = wire.ByVideo
	case r.able&(wire.Zstd|wire.Deflate) == 0:
		s.close()
		return nil, fmt.Errorf("show a screen to who can take nothing of it: %w", ErrTampered)
	case r.able&wire.Datagrams != 0 && l != nil && l.beside != nil:
		s.screen.Carrier = wire.ByDatagrams
	}
	if kind := r.films(); kind != "" && (r.able&wire.Motion != 0 || s.screen.Carrier == wire.ByVideo) {
		s.motion = &motion{
			run: r, kind: kind, allowed: s.allowed, control: control, whole: s.screen.Carrier == wire.ByVideo,
			news: make(chan struct{}, 1),
		}
	}
	switch s.screen.Carrier {
	case wire.ByVideo:
		if s.motion == nil {
			s.close()
			return nil, fmt.Errorf("%w: the viewer takes nothing but video, and none was agreed on", errSetUp)
		}
		return s, nil
	case wire.ByDatagrams:
		s.by = newStream(r, epoch, s.allowed, control, s.motion.moving)
	default:
		s.by = newByPieces(r, s.allowed, control)
	}
	s.screen.Method = wire.Zstd
	method := picture.Zstd
	if r.able&wire.Zstd == 0 {
		s.screen.Method, method = wire.Deflate, picture.Deflate
	}
	if s.encoder, err = picture.NewEncoder(picture.Options{Method: method, Motion: s.motion != nil}); err != nil {
		s.close()
		return nil, errors.Join(errSetUp, err)
	}
	return s, nil
}

// films is the format that the line in use and this program have for video; ""
// is none.
func (r *run) films() codec.Kind {
	l := r.using.Load()
	if l == nil {
		return ""
	}
	kind := codec.Kind(l.conn.VideoCodec())
	if !slices.Contains(codec.Encoders(), kind) {
		return ""
	}
	return kind
}

// videoCodecs are the formats as connections name them.
func videoCodecs(kinds []codec.Kind) (all []peer.VideoCodec) {
	for _, k := range kinds {
		all = append(all, peer.VideoCodec(k))
	}
	return all
}

// allowed says whether what the sharer shows is still what is to be seen; the
// gate's mu is held.
func (s *sharer) allowed() bool { return s.run.conf.gate.scoped == s.scoped }

// say sends a message that belongs to what is shown, over the data channel.
func (s *sharer) say(ctx context.Context, m wire.Message) (int, error) {
	return s.run.out.put(ctx, parcel{message: m, need: see, also: s.allowed})
}

func (s *sharer) close() { _ = s.look.Close() } // it has only been read
