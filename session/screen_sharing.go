package session

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/beistand/beistand/session/picture"
	"github.com/beistand/beistand/session/pixel"
	"github.com/beistand/beistand/session/screen"
	"github.com/beistand/beistand/session/wire"
)

// shownTime bounds the wait for a frame that the connection has taken to be
// shown, or for any when one was shown meanwhile: a window that hangs for longer
// is no window.
const shownTime = 2 * time.Minute

// unshown is how many frames may be on their way: enough for 60 a second to a
// viewer 200 ms away. Beyond it what changes is united.
const unshown = 16

var errShown = errors.New("the viewer does not show the picture")

// carrier brings frames to the viewer, whole and in order.
type carrier interface {
	// put takes a frame; errWithheld says that it may not leave.
	put(ctx context.Context, frame wire.Frame) (bytes int, err error)
	// room is how many bytes more can leave soon; 0 says that the way is full.
	room(now time.Time) int
	// freed is told when there may be more room. It holds one.
	freed() <-chan struct{}
	// cursor says where the pointer is, at once or not at all.
	cursor(ctx context.Context, m *wire.Cursor) error
	// serve does what the carrier has to do by itself until ctx ends.
	serve(ctx context.Context) error
	// rerouted says that there is another connection.
	rerouted()
	// figures are the way's: its round trip, what of 10,000 packets was lost,
	// and how many bytes a second it is thought to take.
	figures() (roundTrip time.Duration, lost uint16, estimate uint32)
}

// sharer sends the screen: always the newest state. What changes while the way
// is full, or the viewer slow, is sent as one.
type sharer struct {
	run     *run
	look    *screen.Look
	control *steering
	screen  wire.Screen
	encoder *picture.Encoder // nil: the screen is a video
	by      carrier          // nil likewise
	motion  *motion          // nil: regions that move are sent as tiles
	picture *pixel.Bitmap    // look's newest
	pointer pointing
	figures *gauges
	scoped  uint32  // the scope's generation: pictures of another one do not leave
	placed  *placed // where on the desktop the newest picture is
	first   uint32  // the first frame since sharing began or went on
	next    atomic.Uint32
	shown   atomic.Uint32 // the newest frame that the viewer has acknowledged
	seen    chan struct{} // told when shown has risen and nothing could be sent before; holds one
	began   time.Time     // what the frames' times count from
}

// share runs until ctx ends or something breaks.
func (s *sharer) share(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	var beside sync.WaitGroup
	defer beside.Wait()
	defer cancel(nil)
	also := func(f func(context.Context) error) {
		beside.Go(func() {
			if err := f(ctx); err != nil && ctx.Err() == nil {
				cancel(err)
			}
		})
	}
	if err := s.announce(ctx); err != nil {
		return err
	}
	if s.motion != nil {
		also(s.motion.serve)
	}
	var err error
	if s.by != nil {
		also(s.by.serve)
		err = s.frames(ctx)
	} else {
		err = s.video(ctx)
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

// announce says that a screen is shown from now on, and waits until that has
// left: what the record says of it has left before, and frames go another way.
func (s *sharer) announce(ctx context.Context) error {
	left := make(chan struct{}, 1)
	p := parcel{message: &s.screen, need: see, also: s.allowed, given: func() { tell(left) }}
	if _, err := s.run.out.put(ctx, p); err != nil {
		return err
	}
	select {
	case <-left:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// frames looks at the screen whenever something has changed and the way takes it.
func (s *sharer) frames(ctx context.Context) error {
	late := time.NewTimer(shownTime)
	defer late.Stop()
	rests := time.NewTimer(0)
	defer rests.Stop()
	<-rests.C
	changed, owed := true, false
	before := s.shown.Load() // when late was set
	for {
		way := int(s.next.Load()-1-s.shown.Load()) < unshown
		room := 0
		if (changed || owed) && way {
			room = s.by.room(time.Now())
		}
		if room > 0 {
			update, err := s.one(ctx, changed, room)
			if err != nil {
				return err
			}
			changed, owed = false, update.Owed
			if !update.Next.IsZero() {
				rests.Reset(time.Until(update.Next))
			}
			select { // without waiting: what has changed meanwhile counts before what is owed
			case <-s.look.Changed():
				changed = true
			default:
			}
			before = s.shown.Load()
			late.Reset(shownTime)
			continue
		}
		select {
		case <-s.look.Changed():
			changed = true
		case <-rests.C:
			owed = true
		case <-s.by.freed():
		case <-s.seen:
		case <-late.C:
			shown := s.shown.Load()
			if shown == before && shown+1 < s.next.Load() && !s.run.broken.Load() { // broken, it cannot know, and has OutageTime
				return errShown
			}
			before = shown
			late.Reset(shownTime)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// video gives the track the whole screen whenever it has changed.
func (s *sharer) video(ctx context.Context) error {
	for {
		select {
		case <-s.look.Changed():
		case <-ctx.Done():
			return ctx.Err()
		}
		shot, err := s.look.Take()
		if err != nil {
			return fmt.Errorf("read the screen: %w", errors.Join(ErrNoScreen, err))
		}
		s.placed.set(shot)
		s.motion.show(shot.Picture, shot.Damage, nil, s.clock(shot.At))
		s.run.frames.Add(1)
		s.run.stir()
	}
}

// one sends what has changed, if something has, or more of what is owed, and
// gives what is still to come.
func (s *sharer) one(ctx context.Context, changed bool, room int) (update picture.Update, err error) {
	began := time.Now()
	var shot screen.Shot
	if changed {
		if shot, err = s.look.Take(); err != nil {
			return update, fmt.Errorf("read the screen: %w", errors.Join(ErrNoScreen, err))
		}
		s.picture = shot.Picture
		s.placed.set(shot)
		if err := s.pointer.follow(ctx, s, shot.Cursor); err != nil {
			return update, err
		}
	}
	taken := time.Now()
	update, err = s.encoder.Encode(s.picture, shot.Damage, taken, room)
	if err != nil {
		return update, fmt.Errorf("read the screen: %w", errors.Join(ErrNoScreen, err))
	}
	coded := time.Now()
	at := s.clock(taken)
	if s.motion != nil {
		s.motion.show(s.picture, shot.Damage, update.Motion, at)
	}
	if update.Data == nil {
		return update, nil
	}
	number := s.next.Load()
	s.figures.coded(number, taken.Sub(began), coded.Sub(taken), coded)
	s.next.Store(number + 1) // from here on it may be acknowledged; a pause may leave it unfinished
	n, err := s.by.put(ctx, wire.Frame{Number: number, At: at, Update: update.Data})
	if err != nil {
		return update, err
	}
	s.run.bytes.Add(int64(n))
	s.run.frames.Add(1)
	s.figures.sent(n)
	if number > s.first && update.Moved { // the own window's clock does not keep a session alive
		s.run.stir()
	}
	return update, nil
}

// clock is a time as the video track counts it: 90,000 a second.
func (s *sharer) clock(t time.Time) uint32 {
	return uint32(t.Sub(s.began).Milliseconds() * 90)
}

// acknowledged takes what the viewer says that it has shown; false says that it
// cannot be.
func (s *sharer) acknowledged(m *wire.Shown) bool {
	if m.Number >= s.next.Load() || m.Number <= s.shown.Load() {
		return false
	}
	before := s.shown.Swap(m.Number)
	if s.next.Load()-1-before >= unshown { // it waits
		tell(s.seen)
	}
	roundTrip, lost, estimate := s.by.figures()
	s.figures.shown(m, roundTrip)
	if told := s.figures.due(time.Now(), roundTrip, lost, estimate); told != nil {
		if _, err := s.say(s.run.life, told); err != nil && !errors.Is(err, errWithheld) {
			s.run.fail(err)
		}
	}
	return true
}
