package flow

import "time"

const (
	doubleAfter = 4 * time.Millisecond // between a packet and its double: losses come in rows
	lossyFor    = 20 * time.Second     // losses are expected after one
	smallUpdate = 400                  // bytes of a packet whose double costs nothing that counts
	guardShare  = 4                    // at most one byte in so many is spent on large ones
)

// doubled is a packet that is sent a second time, before anything tells that it
// was lost: one that stands alone, so that its loss would be noticed late.
type doubled struct {
	segment uint64
	at      time.Duration // 0: none
	credit  int           // bytes that may be spent
}

// guard sees to it that what is sent for the first time need not be sent again,
// where losses are expected: rows get a parity, and what stands alone a double.
// What has a round trip's worth behind it needs nothing: it is mended before
// the rest is there.
func (s *Sender) guard(t time.Duration, n uint64, data []byte) {
	d, p := &s.doubled, &s.parity
	d.credit = min(d.credit+len(data)/guardShare, 2*MaxPacket)
	behind := time.Duration(float64(s.queued) / s.pacer.rate * float64(time.Second))
	if t >= s.lossy || behind > s.rtt.patience() {
		p.start()
		return
	}
	if p.ready || p.first+uint64(p.count) != n {
		p.start()
	}
	if p.count == 0 {
		p.first = n
	}
	p.add(data)
	if p.count < rowMost && s.next < s.end {
		return
	}
	cost := p.size
	if p.count == 1 && cost <= smallUpdate {
		cost = 0
	}
	alone := p.count == 1
	if p.ready = !alone && cost <= d.credit; !p.ready {
		p.start()
	}
	if cost > d.credit {
		return
	}
	d.credit -= cost
	if alone {
		d.segment, d.at = n, t+doubleAfter
	}
}

// sendParity makes the packet of the row's parity.
func (s *Sender) sendParity(t time.Duration) []byte {
	b := appendHead(s.packet[:0], head{true, s.epoch, s.number, s.parity.first})
	b = s.parity.append(b)
	s.parity.start()
	s.leave(flight{t, none, uint16(len(b)), flying, false})
	s.figures.Parities++
	return b
}
