package picture

import (
	"crypto/rand"
	"encoding/binary"
	"image"
	"math/bits"

	"github.com/beistand/beistand/session/pixel"
)

// print is a fingerprint of pixels. Whoever draws on the screen may choose
// them, but does not know the key: two different pictures of one size have the
// same fingerprint with a probability of 2^-128 (NH of Black, Halevi, Krawczyk,
// Krovetz and Rogaway, UMAC, 1999; twice, with keys that lie one pair apart).
type print [4]uint64

// printer makes fingerprints, of up to 64 x 64 pixels.
type printer struct {
	key  [tileSide*tileSide/2 + 4]uint64
	gaps []uint32 // a place that is not as wide as its rows
}

func (k *printer) draw() {
	var random [8 * len(k.key)]byte
	_, _ = rand.Read(random[:]) // never fails
	for i := range k.key {
		k.key[i] = binary.LittleEndian.Uint64(random[8*i:])
	}
}

// of is the fingerprint of r's pixels, row by row. The size is no part of it.
func (k *printer) of(p *pixel.Bitmap, r image.Rectangle) print {
	w := r.Dx()
	k.gaps = enough(k.gaps, (area(r)+3)&^3)
	for y := range r.Dy() {
		copy(k.gaps[y*w:(y+1)*w], p.Row(r.Min.Y+y, r.Min.X, r.Max.X))
	}
	clear(k.gaps[area(r):])
	var low, high, low2, high2, carry uint64
	key := k.key[:len(k.gaps)/2+2]
	pix := k.gaps
	for len(pix) >= 4 && len(key) >= 4 {
		a, b := uint64(pix[0])|uint64(pix[1])<<32, uint64(pix[2])|uint64(pix[3])<<32
		h, l := bits.Mul64(a+key[0], b+key[1])
		low, carry = bits.Add64(low, l, 0)
		high, _ = bits.Add64(high, h, carry)
		h, l = bits.Mul64(a+key[2], b+key[3])
		low2, carry = bits.Add64(low2, l, 0)
		high2, _ = bits.Add64(high2, h, carry)
		pix, key = pix[4:], key[2:]
	}
	return print{low, high, low2, high2}
}
