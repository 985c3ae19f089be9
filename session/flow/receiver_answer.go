package flow

import "time"

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
	r.figures.Answers++
	return appendAnswer(r.packet[:0], a), Never
}

// bits are those of the segments that came behind the first that is missing.
func (r *Receiver) bits() []byte {
	if r.top <= r.next+1 {
		return nil
	}
	have := r.have[:(r.top-r.next-1+7)/8]
	clear(have)
	for n := r.next + 1; n < r.top; n++ {
		if i := n - r.next - 1; r.slots[n%window] != nil {
			have[i/8] |= 1 << (i % 8)
		}
	}
	return have
}
