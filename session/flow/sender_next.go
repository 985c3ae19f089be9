package flow

import (
	"time"

	"github.com/beistand/beistand/session/pace"
)

const (
	doubleAfter = 4 * time.Millisecond   // between a packet and its double: losses come in rows
	lossyFor    = 20 * time.Second       // losses are expected after one
	maxPatience = 400 * time.Millisecond // between probes; an outage's end is noticed within it
	smallUpdate = 400                    // bytes of a packet whose double costs nothing that counts
)

// doubled is a packet that is sent a second time, before anything tells that it
// was lost: the last of a row, whose loss would be noticed late.
type doubled struct {
	segment uint64
	at      time.Duration // 0: none
	credit  int           // bytes that may be spent on large ones
}

// Next is the next packet that may leave now, which is valid until the next
// call, or how long to wait for one: shorter when Put or Feedback is called.
func (s *Sender) Next(now time.Time) (packet []byte, wait time.Duration) {
	t := s.clock(now)
	if s.lossAt != 0 && t >= s.lossAt {
		s.findLost(t)
	}
	if s.open > 0 && t >= s.probeAt {
		return s.probe(t), 0
	}
	n, ok := s.choose(t)
	if ok {
		size := headSize + len(s.at(n).data) + pace.Carriage
		if s.flight == 0 || s.flight+size <= s.most {
			if wait = s.pacer.wait(t); wait == 0 {
				return s.send(t, n), 0
			}
			return nil, s.until(t, t+wait)
		}
	}
	return nil, s.until(t, 0)
}

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
	consider(s.probeAt, s.open > 0)
	consider(s.doubled.at, s.doubled.at > t)
	return wait
}

// choose is the segment to send: the lowest that was lost, a double, or the
// next.
func (s *Sender) choose(t time.Duration) (uint64, bool) {
	for ; s.lowest < s.next; s.lowest++ {
		if s.lowest >= s.first && s.at(s.lowest).state == lost {
			return s.lowest, true
		}
	}
	if d := &s.doubled; d.at != 0 && t >= d.at {
		if d.segment >= s.first && s.at(d.segment).state == flying {
			return d.segment, true
		}
		d.at = 0
	}
	return s.next, s.next < s.end && s.next-s.first < window
}

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
	if s.number-s.oldest == flightRing {
		s.resolve(t, s.oldest)
		s.oldest++
	}
	g := s.at(n)
	s.account(t, n, g)
	p := appendHead(s.packet[:0], head{s.epoch, s.number, n})
	p = append(p, g.data...)
	f := &s.flights[s.number%flightRing]
	*f = flight{t, n, uint16(len(p)), flying, g.state != waiting}
	if f.again {
		s.flights[g.last%flightRing].again = true // or is one so old that it does not matter
	}
	g.last, g.state = s.number, flying
	s.number++
	s.flight += len(p) + pace.Carriage
	s.pacer.spend(len(p) + pace.Carriage)
	s.probeAt = t + min(s.rtt.patience()<<s.probes, max(maxPatience, s.rtt.patience()))
	s.figures.Sent++
	return p
}

// account moves the segment's bytes to those that are open, and decides on a
// double.
func (s *Sender) account(t time.Duration, n uint64, g *segment) {
	d := &s.doubled
	switch g.state {
	case waiting:
		s.next++
		s.queued -= len(g.data)
		s.open += len(g.data)
		d.credit = min(d.credit+len(g.data)/4, 2*maxPayload)
		if s.next < s.end || t >= s.lossy {
			break
		}
		if len(g.data) > smallUpdate {
			if d.credit < len(g.data) {
				break
			}
			d.credit -= len(g.data)
		}
		d.segment, d.at = n, t+doubleAfter
	case lost:
		s.queued -= len(g.data)
		s.open += len(g.data)
		s.figures.Resent++
	default:
		if d.at != 0 && d.segment == n {
			d.at = 0
			s.figures.Doubled++
		}
	}
}
