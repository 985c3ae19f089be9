package redact

import (
	"encoding/binary"
)

// block is how many bytes are classified at once: one bit each in a word of
// the machine.
const block = 64

// Bits of eight bytes at a time (SWAR): every operation below works on eight
// bytes without a carry from one into the next, because the top bit of each is
// cleared first.
const (
	tops  = 0x8080808080808080
	lows  = 0x7f7f7f7f7f7f7f7f
	ones  = 0x0101010101010101
	cases = 0x2020202020202020
	// gather brings the top bit of each byte into the top byte, first byte lowest.
	gather = 0x0002040810204081
)

// within has the top bit of each byte of t (top bits clear) that lies from lo to hi.
func within(t uint64, lo, hi uint64) uint64 {
	return (t + (0x80-lo)*ones) & ^(t + (0x7f-hi)*ones)
}

// classify says of each of 64 bytes, the first in the lowest bit, whether it
// belongs to a word (ASCII letter, digit, underscore, or part of a character
// beyond ASCII), and whether it is a digit.
func classify(b *[block]byte) (word, digit uint64) {
	for i := 0; i < block; i += 8 {
		x := binary.LittleEndian.Uint64(b[i : i+8])
		t := x & lows
		d := within(t, '0', '9') &^ x
		w := (d | within(t|cases, 'a', 'z') | ^((t ^ '_'*ones) + lows) | x)
		digit |= (d & tops) * gather >> 56 << i
		word |= (w & tops) * gather >> 56 << i
	}
	return word, digit
}
