package peer

import (
	"slices"
	"time"

	"github.com/pion/rtp"
)

const held = 4096 // packets, complete or not

// assembler makes frames of packets in any order. A frame ends with the
// marker, or where another time begins. What is missing is asked for, and given
// up when that takes too long: then nothing counts before the next keyframe.
type assembler struct {
	codec VideoCodec
	ring  [held]piece

	begun   bool
	next    int64 // the first packet of the next frame
	highest int64
	gaps    []gap // in order
	keyless bool  // nothing counts but a keyframe
	asked   time.Time
	patient bool // the first frame may be one
	first   bool // none was asked for
	twice   bool // one was asked for twice

	came time.Time // the last packet

	frame [][]byte // being put together
}

type piece struct {
	payload []byte // nil: not there; empty: padding
	at      uint32
	marker  bool
	number  int64
}

func newAssembler(c VideoCodec) *assembler { return &assembler{codec: c, keyless: true} }

// take takes a packet in. The payload is kept.
func (a *assembler) take(now time.Time, h *rtp.Header, payload []byte) {
	if payload == nil {
		payload = []byte{}
	}
	a.came = now
	if !a.begun {
		a.begun = true
		a.next = int64(h.SequenceNumber)
		a.highest = a.next - 1
		a.patient, a.first, a.asked = true, true, now
	}
	number := a.highest + int64(int16(h.SequenceNumber-uint16(a.highest)))
	if number < a.next {
		return // late, or again
	}
	if number >= a.next+held || number > a.highest+maxGaps {
		a.restart(number)
	}
	for n := a.highest + 1; n < number; n++ {
		a.gaps = append(a.gaps, gap{number: n, noticed: now})
	}
	if number <= a.highest {
		a.gaps = slices.DeleteFunc(a.gaps, func(g gap) bool { return g.number == number })
	}
	a.highest = max(a.highest, number)
	a.ring[number%held] = piece{payload, h.Timestamp, h.Marker, number}
	if len(a.gaps) > maxGaps {
		a.restart(number + 1)
	}
}

// restart gives up all before a packet.
func (a *assembler) restart(number int64) {
	a.next, a.highest, a.gaps, a.keyless = number, number-1, a.gaps[:0], true
}

// whole gives the next frame that is complete, if there is one.
func (a *assembler) whole() (VideoFrame, bool) {
	for {
		end, ok := a.end()
		if !ok {
			return VideoFrame{}, false
		}
		a.frame = a.frame[:0]
		at := a.ring[a.next%held].at
		for n := a.next; n < end; n++ {
			p := &a.ring[n%held]
			if len(p.payload) > 0 {
				a.frame = append(a.frame, p.payload)
			}
			p.payload = nil
		}
		a.next = end
		if len(a.frame) == 0 {
			continue
		}
		data := join(a.codec, a.frame)
		key := isKey(a.codec, data)
		if len(data) == 0 || a.keyless && !key {
			a.keyless = true
			a.patient = false
			continue
		}
		a.keyless, a.patient = false, false
		return VideoFrame{data, at, key}, true
	}
}

// end finds where the next frame ends: behind the marker, or before another time.
func (a *assembler) end() (int64, bool) {
	first := a.ring[a.next%held].at
	for n := a.next; n <= a.highest; n++ {
		p := &a.ring[n%held]
		if p.payload == nil || p.number != n {
			return 0, false
		}
		if p.at != first {
			return n, true
		}
		if p.marker || len(p.payload) == 0 && n == a.next { // padding stands alone between frames
			return n + 1, true
		}
	}
	return 0, false
}
