package flow

import (
	"fmt"
	"math/bits"
	"time"

	"github.com/beistand/beistand/session/pace"
)

// Feedback takes what the receiver has told and returns what became of packets,
// for the pace; it is valid until the next call. Answers to an earlier epoch
// are nothing. ErrPacket: it is no answer that a receiver gives; it changed
// nothing that counts.
func (s *Sender) Feedback(now time.Time, packet []byte) ([]pace.Arrival, error) {
	t, a := s.clock(now), &s.answer
	if err := a.parse(packet); err != nil {
		return nil, err
	}
	if a.epoch != s.epoch {
		return nil, nil
	}
	if err := s.possible(a); err != nil {
		return nil, err
	}
	open := s.open + s.queued
	s.takeSegments(a)
	s.takeArrivals(t, a)
	s.findLost(t)
	if s.open+s.queued < open {
		s.probes = 0
		s.probeAt = t + s.rtt.patience()
	}
	s.told, s.before = s.before[:0], s.told
	return s.before, nil
}

// possible refuses answers about what was never sent.
func (s *Sender) possible(a *answer) error {
	top := a.next
	if n := len(a.have); n > 0 {
		top += uint64(8*(n-1) + bits.Len8(a.have[n-1]))
		top++
	}
	if top > s.next {
		return fmt.Errorf("answer about segment %d of %d: %w", top, s.next, ErrPacket)
	}
	for _, r := range a.arrivals[:a.count] {
		if r.number >= s.number {
			return fmt.Errorf("answer about packet %d of %d: %w", r.number, s.number, ErrPacket)
		}
	}
	return nil
}

func (s *Sender) takeSegments(a *answer) {
	for s.first < a.next {
		s.arrived(s.at(s.first))
		s.drop()
	}
	for i, b := range a.have {
		for ; b != 0; b &= b - 1 {
			if n := a.next + 1 + uint64(8*i+bits.TrailingZeros8(b)); n >= s.first {
				s.arrived(s.at(n))
			}
		}
	}
	for s.first < s.next && s.at(s.first).state == done {
		s.drop()
	}
	s.lowest = max(s.lowest, s.first)
}

// arrived notes that a segment is there.
func (s *Sender) arrived(g *segment) {
	switch g.state {
	case flying:
		s.open -= len(g.data)
	case lost:
		s.queued -= len(g.data)
	}
	g.state = done
}

// takeArrivals notes which packets came, the first to come first.
func (s *Sender) takeArrivals(t time.Duration, a *answer) {
	for i := a.count - 1; i >= 0; i-- {
		r := a.arrivals[i]
		if r.number+flightRing < s.number {
			continue
		}
		f := &s.flights[r.number%flightRing]
		switch f.state {
		case lost:
			f.state = done
			s.overtaken(t)
		case flying:
			f.state = done
			s.flight -= int(f.size) + pace.Carriage
			s.tell(pace.Arrival{Sent: s.base.Add(f.at), Arrived: time.UnixMicro(int64(r.at)), Bytes: int(f.size)})
			if r.number >= s.largest {
				s.largest = r.number + 1
				s.rtt.add(t - f.at - time.Duration(a.clock-r.at)*time.Microsecond)
			}
		}
	}
}

// overtaken waits longer before it takes packets for lost (RFC 8985, section
// 6.2): one that was taken for lost has come after all.
func (s *Sender) overtaken(t time.Duration) {
	s.figures.Spurious++
	s.reorder = min(max(2*s.reorder, 2*time.Millisecond), s.rtt.value()/2, 20*time.Millisecond)
	s.orderAt = t
}

const orderKept = 30 * time.Second // by then a path is taken to keep the order again

// findLost looks for packets that later ones came before.
func (s *Sender) findLost(t time.Duration) {
	if s.reorder > 0 && t-s.orderAt > orderKept {
		s.reorder, s.orderAt = s.reorder/2, t
	}
	s.lossAt = 0
	for n := s.oldest; n < s.largest; n++ {
		f := &s.flights[n%flightRing]
		if f.state == flying {
			if at := f.at + s.rtt.value() + s.reorder; s.reorder > 0 && t < at {
				if s.lossAt == 0 || at < s.lossAt {
					s.lossAt = at
				}
				continue
			}
			s.resolve(t, n)
		}
		if n == s.oldest {
			s.oldest++
		}
	}
	if s.first == s.next { // all is there, whatever was told of the packets
		for ; s.oldest < s.number; s.oldest++ {
			s.flights[s.oldest%flightRing].state = done
		}
		s.flight, s.lossAt = 0, 0
	}
}

// resolve takes a flying packet for lost, unless its segment is there and had
// only this one to come with.
func (s *Sender) resolve(t time.Duration, n uint64) {
	f := &s.flights[n%flightRing]
	if f.state != flying {
		return
	}
	f.state = done
	s.flight -= int(f.size) + pace.Carriage
	there := f.segment == none || f.segment < s.first || s.at(f.segment).state == done
	if there && f.segment != none && !f.again {
		return
	}
	f.state = lost
	s.figures.Lost++
	s.lossy = t + lossyFor
	s.tell(pace.Arrival{Sent: s.base.Add(f.at), Bytes: int(f.size), Lost: true})
	if !there && s.at(f.segment).last == n {
		s.giveUp(f.segment)
	}
}

// tell keeps it for who measures the pace, within a bound.
func (s *Sender) tell(a pace.Arrival) {
	if len(s.told) < flightRing {
		s.told = append(s.told, a)
	}
}
