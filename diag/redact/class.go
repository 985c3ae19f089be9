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

// classify says of each of 64 bytes, the first in the lowest bit, whether it
// belongs to a word (ASCII letter, digit, underscore, or part of a character
// beyond ASCII), and whether it is a digit.
func classify(b *[block]byte) (word, digit uint64) {
	w0, d0 := eight(binary.LittleEndian.Uint64(b[0:8]))
	w1, d1 := eight(binary.LittleEndian.Uint64(b[8:16]))
	w2, d2 := eight(binary.LittleEndian.Uint64(b[16:24]))
	w3, d3 := eight(binary.LittleEndian.Uint64(b[24:32]))
	w4, d4 := eight(binary.LittleEndian.Uint64(b[32:40]))
	w5, d5 := eight(binary.LittleEndian.Uint64(b[40:48]))
	w6, d6 := eight(binary.LittleEndian.Uint64(b[48:56]))
	w7, d7 := eight(binary.LittleEndian.Uint64(b[56:64]))
	return w0 | w1<<8 | w2<<16 | w3<<24 | w4<<32 | w5<<40 | w6<<48 | w7<<56,
		d0 | d1<<8 | d2<<16 | d3<<24 | d4<<32 | d5<<40 | d6<<48 | d7<<56
}

// eight classifies eight bytes.
func eight(x uint64) (word, digit uint64) {
	t := x & lows
	l := t | cases
	d := (t + (0x80-'0')*ones) &^ (t + (0x7f-'9')*ones) &^ x & tops
	w := (l + (0x80-'a')*ones) &^ (l + (0x7f-'z')*ones)
	w = (w | ^((t ^ '_'*ones) + lows) | x | d) & tops
	return w * gather >> 56, d * gather >> 56
}
