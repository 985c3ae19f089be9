package flow

import (
	"encoding/binary"
	"fmt"
)

// arrival is when a packet came, in µs of the receiver's clock.
type arrival struct{ number, at uint64 }

// answer is what a receiver tells.
type answer struct {
	epoch uint32
	clock uint64 // when it was made
	next  uint64 // every segment before it is there, and it is not
	have  []byte // bits, lowest first, of the segments from next+1 on; the last byte is not 0
	// arrivals tells each packet in two answers, the newest first.
	arrivals [maxArrivals]arrival
	count    int
}

const answerSize = 1 + 4 + 8 + 8 + 2 + 1 // with nothing in it

// appendAnswer leaves out the oldest arrivals that have no room.
func appendAnswer(b []byte, a *answer) []byte {
	start := len(b)
	b = append(b, kindAnswer)
	b = binary.BigEndian.AppendUint32(b, a.epoch)
	b = binary.BigEndian.AppendUint64(b, a.clock)
	b = binary.BigEndian.AppendUint64(b, a.next)
	b = binary.BigEndian.AppendUint16(b, uint16(len(a.have)))
	b = append(b, a.have...)
	count, before := len(b), arrival{0, a.clock}
	b = append(b, 0)
	for _, r := range a.arrivals[:a.count] {
		if len(b)-start > MaxPacket-2*binary.MaxVarintLen64 {
			break
		}
		b = binary.AppendVarint(b, int64(r.number)-int64(before.number))
		b = binary.AppendUvarint(b, before.at-r.at)
		before = r
		b[count]++
	}
	return b
}

// parse takes a packet apart; have stays in it.
func (a *answer) parse(p []byte) error {
	bad := func(what string) error { return fmt.Errorf("answer of %d bytes, %s: %w", len(p), what, ErrPacket) }
	if len(p) < answerSize || len(p) > MaxPacket || p[0] != kindAnswer {
		return bad("head")
	}
	a.epoch = binary.BigEndian.Uint32(p[1:])
	a.clock, a.next = binary.BigEndian.Uint64(p[5:]), binary.BigEndian.Uint64(p[13:])
	bits := int(binary.BigEndian.Uint16(p[21:]))
	rest := p[23:]
	if a.clock >= maxClock || a.next >= maxNumber || bits > window/8 || bits >= len(rest) || bits > 0 && rest[bits-1] == 0 {
		return bad("segments")
	}
	a.have, a.count, rest = rest[:bits], int(rest[bits]), rest[bits+1:]
	if a.count > maxArrivals {
		return bad("arrivals")
	}
	before := arrival{0, a.clock}
	for i := range a.count {
		step, n := binary.Varint(rest)
		age, m := binary.Uvarint(rest[max(n, 0):])
		number := int64(before.number) + step
		if n <= 0 || m <= 0 || step > maxNumber || step < -maxNumber || number < 0 || number >= maxNumber || age > before.at {
			return bad("arrivals")
		}
		before = arrival{uint64(number), before.at - age}
		a.arrivals[i], rest = before, rest[n+m:]
	}
	if len(rest) > 0 {
		return bad("behind it")
	}
	return nil
}
