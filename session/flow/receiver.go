package flow

import (
	"fmt"
	"time"
)

// Receiver is the end that updates come out of.
type Receiver struct {
	epoch uint32
	begun bool
	base  time.Time     // its clock's zero
	last  time.Duration // the clock never goes back
	wrong error         // sticky within an epoch

	next, top uint64        // the first segment that is missing; one past the highest that came
	slots     [slots][]byte // also of the last rowMost before next, for parities
	kept      bitRing       // which slots are not nil
	spare     [][]byte
	parity    parity
	joiner    joiner
	frames    [][]byte

	numbers uint64               // one past the highest packet that came
	came    [maxArrivals]arrival // a ring
	count   uint64               // of all arrivals in this epoch
	lately  time.Duration        // when the last came
	soon    int                  // arrivals after which to answer
	fresh   int                  // arrivals that were told in no answer
	again   int                  // arrivals before them that were told in one
	due     time.Duration        // when to answer; never: 0
	told    answer
	have    [slots / 8]byte
	packet  [MaxPacket]byte
	figures ReceiverFigures
}

// ReceiverFigures are what a Receiver has counted, of packets, since it was made.
type ReceiverFigures struct {
	Came    uint64
	Again   uint64 // with a segment that was there
	Late    uint64 // of an earlier epoch
	Mended  uint64 // segments that a parity made
	Answers uint64
}

const (
	ackDelay  = 10 * time.Millisecond // how long an answer waits for more to tell
	soonFirst = 4                     // arrivals after which it waits no longer, when nothing came for long
	soonLast  = maxArrivals / 2       // and later; it doubles in between
	quiet     = 50 * time.Millisecond
	fewSpare  = 64
)

// NewReceiver makes a receiver, which takes the epoch of the first packet.
func NewReceiver() *Receiver { return &Receiver{} }

// Epoch is the sender's epoch in use: another than before means that frames
// from now on do not follow those from before. False: nothing has come.
func (r *Receiver) Epoch() (uint32, bool) { return r.epoch, r.begun }

// Figures are the counts.
func (r *Receiver) Figures() ReceiverFigures { return r.figures }

// Packet takes a packet and returns the frames that it completes, in order. The
// frames are the caller's, the slice that holds them is valid until the next
// call. Packets of earlier epochs, and those that come twice, are nothing.
// ErrPacket: it is none that a sender makes; where it breaks the row of frames,
// everything else in its epoch is refused too.
func (r *Receiver) Packet(now time.Time, packet []byte) (frames [][]byte, err error) {
	h, payload, err := parseHead(packet)
	if err != nil {
		return nil, err
	}
	if !r.begun {
		r.base = now.Add(-time.Microsecond) // no answer is due at 0
	}
	if !r.begun || h.epoch > r.epoch {
		r.restart(h.epoch)
	}
	if h.epoch < r.epoch {
		r.figures.Late++
		return nil, nil
	}
	if r.wrong != nil {
		return nil, r.wrong
	}
	if h.segment >= r.next+window {
		return nil, r.fail(fmt.Errorf("segment %d before %d: %w", h.segment, r.next, ErrPacket))
	}
	r.figures.Came++
	t := r.clock(now)
	gap := r.note(t, h.number)
	clear(r.frames)
	r.frames = r.frames[:0]
	if h.parity {
		r.mend(h.segment, payload)
	} else {
		r.segment(h.segment, payload)
	}
	if r.wrong != nil {
		return nil, r.wrong
	}
	at := t + ackDelay
	if gap || len(r.frames) > 0 || r.fresh >= r.soon {
		at = t
	}
	if r.due == 0 || at < r.due {
		r.due = max(at, 1)
	}
	return r.frames, nil
}

func (r *Receiver) clock(now time.Time) time.Duration {
	r.last = max(r.last, now.Sub(r.base))
	return r.last
}

// restart forgets everything of the epoch before.
func (r *Receiver) restart(epoch uint32) {
	r.empty()
	r.epoch, r.begun, r.wrong = epoch, true, nil
	r.next, r.top, r.joiner = 0, 0, joiner{}
	r.numbers, r.count, r.fresh, r.again, r.due = 0, 0, 0, 0, 0
}

func (r *Receiver) fail(err error) error {
	r.empty()
	r.joiner, r.top, r.due, r.wrong = joiner{}, r.next, 0, err
	return err
}

// note keeps when a packet came and says whether one before it has not.
func (r *Receiver) note(t time.Duration, number uint64) (gap bool) {
	gap = number > r.numbers
	r.numbers = max(r.numbers, number+1)
	if t-r.lately > quiet || r.count == 0 {
		r.soon = soonFirst
	}
	r.lately = t
	r.came[r.count%maxArrivals] = arrival{number, uint64(t.Microseconds())}
	r.count++
	r.fresh = min(r.fresh+1, maxArrivals)
	r.again = min(r.again, maxArrivals-r.fresh)
	return gap
}
