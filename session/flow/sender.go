package flow

import (
	"time"

	"github.com/beistand/beistand/session/pace"
)

// Sender is the end that updates are put into.
type Sender struct {
	epoch uint32
	base  time.Time // all times below are since it
	begun bool

	segments
	next   uint64 // the first segment that was never sent
	lowest uint64 // no segment before it is lost
	queued int    // bytes that wait to leave: never sent, or lost
	open   int    // bytes sent and not known to be there

	number  uint64 // the next packet's
	oldest  uint64 // no packet before it is flying
	largest uint64 // the highest packet that came, and one
	flights [flightRing]flight
	flight  int // bytes flying, with what carries them
	most    int // bytes that may fly

	pacer   pacer
	rtt     rtt
	reorder time.Duration // by which packets are known to overtake each other
	orderAt time.Duration // when reorder last grew
	lossAt  time.Duration // when to look for losses by time; never: 0
	probeAt time.Duration
	probes  uint          // in a row, without an answer that brings anything
	doubled doubled       // the segment that is sent twice
	parity  parity        // of the row that is being sent
	lossy   time.Duration // until when losses are to be expected

	told    []pace.Arrival // for the next Feedback to return
	before  []pace.Arrival // what the last one returned
	answer  answer
	packet  [MaxPacket]byte
	figures Figures
}

// flight is one packet under way.
type flight struct {
	at      time.Duration
	segment uint64 // none: it carries a parity
	size    uint16
	state   state
	again   bool // not the only packet that carried its segment
}

const (
	flightRing = 2 * slots
	none       = 1<<64 - 1
)

// Figures are what a Sender has counted, of packets, since it was made.
type Figures struct {
	Sent, Lost, Resent, Probes, Doubled, Parities uint64
	Spurious                                      uint64 // taken for lost, came later
	RTT, MinRTT                                   time.Duration
}

// NewSender makes a sender whose first epoch is this.
func NewSender(epoch uint32) *Sender {
	s := &Sender{epoch: epoch, most: 32 << 10}
	s.resize(fewSegments)
	s.pacer.set(0, 20_000_000)
	s.pacer.credit = s.pacer.burst
	return s
}

// clock is the time as a Sender counts it.
func (s *Sender) clock(now time.Time) time.Duration {
	if !s.begun {
		s.begun, s.base = true, now
	}
	return now.Sub(s.base)
}

// SetRate says how fast packets may leave, with what carries them
// (pace.Carriage), and how many bytes may be under way without an answer.
func (s *Sender) SetRate(now time.Time, bitsPerSecond, underWay int) {
	s.pacer.set(s.clock(now), bitsPerSecond)
	s.most = underWay
}

// Queued is how many bytes wait to leave: those never sent, and those to be
// sent again.
func (s *Sender) Queued() int { return s.queued }

// Unacked is how many bytes were sent and are not known to be there.
func (s *Sender) Unacked() int { return s.open }

// RTT is the round-trip time, smoothed; 0 when nothing has been answered.
func (s *Sender) RTT() time.Duration { return s.rtt.smooth }

// Figures are the counts.
func (s *Sender) Figures() Figures {
	f := s.figures
	f.RTT, f.MinRTT = s.rtt.smooth, s.rtt.lo
	return f
}

// Epoch is the epoch in use.
func (s *Sender) Epoch() uint32 { return s.epoch }

// Restart forgets every update: after a pause or a stop nothing from before it
// leaves. The receiver forgets too, with the first packet of the new epoch,
// which has to be higher than every one before; where it is not, the next
// higher one is taken.
func (s *Sender) Restart(epoch uint32) {
	s.epoch = max(epoch, s.epoch+1)
	for s.first < s.end {
		s.drop()
	}
	s.segments = segments{ring: s.ring, spare: s.spare}
	s.next, s.lowest, s.queued, s.open = 0, 0, 0, 0
	s.number, s.oldest, s.largest, s.flight = 0, 0, 0, 0
	s.lossAt, s.probeAt, s.probes, s.doubled = 0, 0, 0, doubled{}
	s.parity.start()
}

// Rerouted says that another path is beneath from now on: what was under way is
// sent again, what was learnt of the old path is forgotten.
func (s *Sender) Rerouted(now time.Time) {
	t := s.clock(now)
	for ; s.oldest < s.number; s.oldest++ {
		s.flights[s.oldest%flightRing].state = done
	}
	s.largest, s.flight, s.lossAt, s.probes = s.number, 0, 0, 0
	s.rtt, s.reorder, s.lossy = rtt{}, 0, 0
	for n := s.first; n < s.next; n++ {
		s.giveUp(n)
	}
	s.pacer.grow(t)
	s.pacer.credit = max(s.pacer.credit, 0)
}

// giveUp has a flying segment sent again.
func (s *Sender) giveUp(n uint64) {
	if g := s.at(n); g.state == flying {
		g.state = lost
		s.queued += len(g.data)
		s.open -= len(g.data)
		s.lowest = min(s.lowest, n)
	}
}
