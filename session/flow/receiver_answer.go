package flow

import (
	"encoding/binary"
	"time"
)

// Feedback is the answer that is due, which is valid until the next call, or
// how long to wait for it: shorter when Packet is called.
func (r *Receiver) Feedback(now time.Time) (packet []byte, wait time.Duration) {
	if r.due == 0 {
		return nil, Never
	}
	t := r.clock(now)
	if t < r.due {
		return nil, r.due - t
	}
	a := &r.told
	a.epoch, a.next, a.have = r.epoch, r.next, r.bits()
	a.count = min(r.fresh+r.again, maxArrivals)
	for i := range a.count {
		a.arrivals[i] = r.came[(r.count-1-uint64(i))%maxArrivals]
	}
	a.clock = uint64(t.Microseconds())
	r.fresh, r.again, r.due = 0, r.fresh, 0
	r.soon = min(2*r.soon, soonLast)
	r.figures.Answers++
	return appendAnswer(r.packet[:0], a), Never
}

// bits are those of the segments that came behind the first that is missing.
func (r *Receiver) bits() []byte {
	if r.top <= r.next+1 {
		return nil
	}
	have := r.have[:0]
	for n := r.next + 1; n < r.top; n += 64 {
		have = binary.LittleEndian.AppendUint64(have, r.kept.from(n))
	}
	count := r.top - r.next - 1
	have = have[:(count+7)/8]
	have[len(have)-1] &= 0xff >> (-count % 8) // what is behind is of other segments
	return have
}
