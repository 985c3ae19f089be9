package peer

import "time"

// history are the track's packets that left, for those that the other side
// misses. What it may ask for is bounded: each comes again a few times, and
// not while it may still be on its way.
type history [remembered]leaving

const (
	remembered = 2048 // packets
	mostAgain  = 6    // times that one is sent again
	leastAgain = 8 * time.Millisecond
)

// leaving is one packet of a frame.
type leaving struct {
	payload []byte // nil: none
	at      uint32 // RTP time
	number  uint16
	marker  bool // the frame's last

	left  time.Time
	again int
}

func (h *history) keep(now time.Time, p leaving) {
	p.left = now
	h[p.number%remembered] = p
}

// ask gives a packet that is to be sent again now; nil where it is not.
func (h *history) ask(now time.Time, number uint16, rtt time.Duration) *leaving {
	p := &h[number%remembered]
	if p.payload == nil || p.number != number || p.again == mostAgain || p.again > 0 && now.Sub(p.left) < max(rtt/2, leastAgain) {
		return nil
	}
	p.left = now
	p.again++
	return p
}
