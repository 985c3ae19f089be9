package session

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/beistand/beistand/session/flow"
	"github.com/beistand/beistand/session/pace"
	"github.com/beistand/beistand/session/wire"
)

// stream carries frames as datagrams, over whichever connection is in use.
// Each packet is sealed only while what it shows is allowed: after a hold, a
// stop or another scope nothing of it leaves, not even again.
type stream struct {
	run     *run
	allowed func() bool // the scope is still this one; the gate's mu is held
	control *steering
	motion  func() bool // part of the screen goes as video
	free    chan struct{}
	over    chan struct{} // something was withheld; holds one
	timer   *time.Timer   // when something waits for its time

	mu     sync.Mutex // guards the rest; taken before the gate's
	sender *flow.Sender
	full   bool  // there was no room, and somebody waits for it
	line   *line // what the sender's packets went over last; nil: nothing yet
	frame  []byte
	held   bool // something must not leave: the sharing is over

	pointer wire.Cursor // the newest
	repeats int         // how often it is said again: a datagram gets lost
	repeat  time.Time   // when next
}

// A pointer's last place is said again twice: the word may have been lost, or
// its shape may have come later.
const (
	pointerAgain = 60 * time.Millisecond
	pointerTimes = 2
)

const never = time.Hour

func newStream(r *run, epoch uint32, allowed func() bool, c *steering, motion func() bool) *stream {
	return &stream{
		run: r, allowed: allowed, free: make(chan struct{}, 1), over: make(chan struct{}, 1), timer: time.NewTimer(never),
		sender: flow.NewSender(epoch), control: c, motion: motion,
	}
}

func (s *stream) put(_ context.Context, f wire.Frame) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.frame = wire.AppendFrame(s.frame[:0], f)
	if err := s.sender.Put(s.frame); err != nil {
		return 0, err
	}
	s.further(time.Now()) // at once: a key that was pressed is waited for
	if s.held {
		return 0, errWithheld
	}
	return len(s.frame), nil
}

// further sends what may leave now, says that there is room again to who waits
// for it, and sets the timer to when there is more to do: nobody is woken for
// nothing.
func (s *stream) further(now time.Time) {
	wait := min(s.pump(now), s.pointAgain(now))
	if s.full {
		hold := s.control.hold(now, s.sender.Queued())
		if s.full = hold > 0; s.full {
			wait = min(wait, hold)
		} else {
			tell(s.free)
		}
	}
	if s.held {
		tell(s.over)
	}
	s.timer.Reset(wait)
}

// pump sends what may leave now, and says when to look again.
func (s *stream) pump(now time.Time) (wait time.Duration) {
	l := s.run.using.Load()
	if s.held || l == nil { // rerouted tells of the next one
		return never
	}
	if l != s.line {
		if s.line != nil {
			s.sender.Rerouted(now)
			s.control.rerouted()
		}
		s.line = l
	}
	rate, underWay := s.control.tiles(now, s.motion())
	s.sender.SetRate(now, rate, underWay)
	for {
		packet, wait := s.sender.Next(now)
		if packet == nil {
			return wait
		}
		if err := s.give(l, &wire.Flow{Packet: packet}); err != nil {
			s.held = s.held || errors.Is(err, errWithheld)
			return never
		}
		s.control.sent(now, pace.Tiles, len(packet))
	}
}

// give seals a message and sends it, while it is allowed.
func (s *stream) give(l *line, m wire.Message) error {
	g := s.run.conf.gate
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.open(see) || !s.allowed() {
		g.torn = g.torn || g.hold != 0
		return errWithheld
	}
	s.run.beside(l, m)
	return nil
}

// flowed takes what the viewer says of packets.
func (s *stream) flowed(packet []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	arrivals, err := s.sender.Feedback(now, packet)
	if err != nil {
		return err
	}
	s.control.arrived(now, pace.Tiles, arrivals)
	s.further(now)
	return nil
}

func (s *stream) room(now time.Time) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	room := s.control.room(now, s.sender.Queued())
	if s.full = room == 0; s.full {
		s.further(now)
	}
	return room
}

func (s *stream) freed() <-chan struct{} { return s.free }

func (s *stream) cursor(_ context.Context, m *wire.Cursor) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	s.pointer, s.repeats, s.repeat = *m, pointerTimes, now.Add(pointerAgain)
	err := s.point()
	s.further(now)
	return err
}

// point says where the pointer is.
func (s *stream) point() error {
	l := s.run.using.Load()
	if l == nil || s.held {
		return nil
	}
	m := s.pointer
	err := s.give(l, &m)
	s.held = s.held || errors.Is(err, errWithheld)
	return err
}

// pointAgain says it again when it is time, and when the next time is.
func (s *stream) pointAgain(now time.Time) time.Duration {
	if s.repeats == 0 {
		return never
	}
	if now.Before(s.repeat) {
		return s.repeat.Sub(now)
	}
	s.repeats--
	s.repeat = now.Add(3 * pointerAgain)
	_ = s.point() // held is looked at
	if s.repeats == 0 {
		return never
	}
	return 3 * pointerAgain
}

func (s *stream) rerouted() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.further(time.Now())
}

func (s *stream) figures() (roundTrip time.Duration, lost uint16, estimate uint32) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.sender.Figures()
	if f.Sent > 0 {
		lost = uint16(min(10000, (f.Lost-min(f.Lost, f.Spurious))*10000/f.Sent))
	}
	return f.RTT, lost, s.control.estimate()
}

// serve sends what waits for its time until ctx ends.
func (s *stream) serve(ctx context.Context) error {
	defer s.timer.Stop()
	for {
		select {
		case <-s.timer.C:
			s.mu.Lock()
			s.further(time.Now())
			s.mu.Unlock()
		case <-s.over:
			return errWithheld
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// tell wakes whoever waits on a channel that holds one.
func tell(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
