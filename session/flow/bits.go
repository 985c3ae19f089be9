package flow

import "math/bits"

// bitRing is a bit for each slot.
type bitRing [slots / 64]uint64

func (b *bitRing) set(n uint64)   { b[n/64%(slots/64)] |= 1 << (n % 64) }
func (b *bitRing) unset(n uint64) { b[n/64%(slots/64)] &^= 1 << (n % 64) }

// from is the bits of n and the 63 behind it, n's the lowest.
func (b *bitRing) from(n uint64) uint64 {
	i, shift := n/64%(slots/64), n%64
	return b[i]>>shift | b[(i+1)%(slots/64)]<<(64-shift)
}

// any is a slot whose bit is set.
func (b *bitRing) any() (n uint64, ok bool) {
	for i, word := range b {
		if word != 0 {
			return uint64(64*i + bits.TrailingZeros64(word)), true
		}
	}
	return 0, false
}
