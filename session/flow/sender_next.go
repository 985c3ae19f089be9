package flow

import (
	"time"

	"github.com/beistand/beistand/session/pace"
)

const maxPatience = 400 * time.Millisecond // between probes; an outage's end is noticed within it

// Next is the next packet that may leave now, which is valid until the next
// call, or how long to wait for one: shorter when Put or Feedback is called.
func (s *Sender) Next(now time.Time) (packet []byte, wait time.Duration) {
	t := s.clock(now)
	if s.lossAt != 0 && t >= s.lossAt {
		s.findLost(t)
	}
	late := s.awaits() && t >= s.probeAt
	if late && s.open > 0 {
		return s.probe(t), 0
	}
	n, size, ok := s.choose(t)
	if !ok || !late && s.flight > 0 && s.flight+size+pace.Carriage > s.most {
		return nil, s.until(t, 0)
	}
	if wait = s.pacer.wait(t); wait > 0 {
		return nil, s.until(t, t+wait)
	}
	if n == none {
		return s.sendParity(t), 0
	}
	return s.send(t, n), 0
}

// awaits says whether an answer is needed to go on.
func (s *Sender) awaits() bool { return s.open > 0 || s.flight > 0 && s.queued > 0 }

// until is how long until the first of what there is to do; at is one more, 0
// none.
func (s *Sender) until(t, at time.Duration) time.Duration {
	wait := Never
	consider := func(at time.Duration, is bool) {
		if is {
			wait = min(wait, max(at-t, 1))
		}
	}
	consider(at, at != 0)
	consider(s.lossAt, s.lossAt != 0)
	consider(s.probeAt, s.awaits())
	consider(s.doubled.at, s.doubled.at > t)
	return wait
}

// choose is the segment to send and its packet's size: the lowest that was
// lost, a double, none for the parity of the row before, or the next.
func (s *Sender) choose(t time.Duration) (n uint64, size int, ok bool) {
	for ; s.lowest < s.next; s.lowest++ {
		if s.lowest >= s.first && s.at(s.lowest).state == lost {
			return s.lowest, s.size(s.lowest), true
		}
	}
	if d := &s.doubled; d.at != 0 && t >= d.at {
		if d.segment >= s.first && s.at(d.segment).state == flying {
			return d.segment, s.size(d.segment), true
		}
		d.at = 0
	}
	if p := &s.parity; p.ready {
		if p.first+uint64(p.count) > s.first {
			return none, headSize + paritySize + p.size, true
		}
		p.start() // all of it is there
	}
	if s.next == s.end || s.next-s.first >= window {
		return 0, 0, false
	}
	return s.next, s.size(s.next), true
}

func (s *Sender) size(n uint64) int { return headSize + len(s.at(n).data) }

// probe sends the lowest segment that is not there: its answer tells all the
// rest.
func (s *Sender) probe(t time.Duration) []byte {
	n := s.first
	for s.at(n).state != flying { // open says that there is one
		n++
	}
	s.probes = min(s.probes+1, 16)
	s.figures.Probes++
	return s.send(t, n)
}

// send makes the packet of a segment.
func (s *Sender) send(t time.Duration, n uint64) []byte {
	g := s.at(n)
	again, last := g.state != waiting, g.last
	s.account(t, n, g)
	p := appendHead(s.packet[:0], head{epoch: s.epoch, number: s.number, segment: n})
	p = append(p, g.data...)
	if again {
		s.flights[last%flightRing].again = true // or is one so old that it does not matter
	}
	g.last, g.state = s.number, flying
	s.leave(flight{t, n, uint16(len(p)), flying, again})
	s.probeAt = t + min(s.rtt.patience()<<s.probes, max(maxPatience, s.rtt.patience()))
	return p
}

// leave notes a packet that leaves.
func (s *Sender) leave(f flight) {
	if s.number-s.oldest == flightRing {
		s.resolve(f.at, s.oldest)
		s.oldest++
	}
	s.flights[s.number%flightRing] = f
	s.number++
	s.flight += int(f.size) + pace.Carriage
	s.pacer.spend(int(f.size) + pace.Carriage)
	s.figures.Sent++
}

// account moves the segment's bytes to those that are open.
func (s *Sender) account(t time.Duration, n uint64, g *segment) {
	switch g.state {
	case waiting:
		s.next++
		s.queued -= len(g.data)
		s.open += len(g.data)
		s.guard(t, n, g.data)
	case lost:
		s.queued -= len(g.data)
		s.open += len(g.data)
		s.figures.Resent++
	default:
		if d := &s.doubled; d.at != 0 && d.segment == n {
			d.at = 0
			s.figures.Doubled++
		}
	}
}
