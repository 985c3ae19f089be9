package web_test

import "math/rand/v2"

// writer makes operations, most of which can be done.
type writer struct {
	*rand.Rand
	w, h   int
	b      []byte
	glyphs int
}

func (w *writer) bytes(n int) {
	for range n {
		w.b = append(w.b, byte(w.IntN(256)))
	}
}

func (w *writer) varint(v int) {
	for v >= 0x80 {
		w.b = append(w.b, byte(v)|0x80)
		v >>= 7
	}
	w.b = append(w.b, byte(v))
}

func (w *writer) signed(v int) {
	if v < 0 {
		w.varint(-2*v - 1)
	} else {
		w.varint(2 * v)
	}
}

func (w *writer) rect(most int) (x, y, dx, dy int) {
	x, y = w.IntN(w.w), w.IntN(w.h)
	dx, dy = 1+w.IntN(min(most, w.w-x)), 1+w.IntN(min(most, w.h-y))
	for _, v := range []int{x, y, dx, dy} {
		w.varint(v)
	}
	return x, y, dx, dy
}

// operation adds one of any kind.
func (w *writer) operation() {
	op := byte(1 + w.IntN(11))
	w.b = append(w.b, op)
	switch op {
	case 1:
		w.rect(1000)
		w.bytes(3)
	case 2:
		x, y, dx, dy := w.rect(80)
		w.signed(w.IntN(w.w-dx+1) - x)
		w.signed(w.IntN(w.h-dy+1) - y)
	case 3:
		_, _, dx, dy := w.rect(40)
		n := []int{2, 3, 4, 16, 256}[w.IntN(5)]
		w.b = append(w.b, byte(n-1))
		w.bytes(3 * n)
		each := map[int]int{2: 1, 3: 2, 4: 2, 16: 4, 256: 8}[n]
		if n == 3 {
			for range (dx*each + 7) / 8 * dy {
				w.b = append(w.b, []byte{0x18, 0x24, 0x61, 0x89}[w.IntN(4)])
			}
		} else {
			w.bytes((dx*each + 7) / 8 * dy)
		}
	case 4:
		_, _, dx, dy := w.rect(50)
		w.b = append(w.b, byte(w.IntN(5)))
		w.bytes(3 * dx * dy)
	case 5:
		_, _, dx, dy := w.rect(90)
		s := 1 << w.IntN(4)
		w.b = append(w.b, byte(s), byte(w.IntN(8)), byte(w.IntN(5)))
		w.bytes(3 * ((dx + s - 1) / s) * ((dy + s - 1) / s))
	case 6, 7:
		tiles := ((w.w + 63) / 64) * ((w.h + 63) / 64)
		first := w.IntN(tiles)
		w.varint(first + w.IntN(2)*tiles)
		w.varint(first)
		w.varint(1 + w.IntN(min(2, tiles-first)))
	case 8:
		first := w.IntN(256)
		n := 1 + w.IntN(256-first)
		w.b = append(w.b, byte(w.IntN(16)), byte(first), byte(n-1))
		w.bytes(3 * n)
	case 9:
		n := 1 + w.IntN(4)
		w.varint(w.IntN(w.w / 2))
		w.varint(12 + w.IntN(max(1, w.h-12)))
		w.varint(n)
		for range n {
			w.signed(w.IntN(5) - 1)
			if w.glyphs > 0 && w.IntN(2) == 0 {
				w.varint(1 + w.IntN(w.glyphs))
				continue
			}
			dx, dy, palette := 1+w.IntN(8), 1+w.IntN(12), w.IntN(17)
			w.varint(0)
			w.varint(w.glyphs)
			w.glyphs++
			size := dx * dy
			if palette == 16 {
				palette, size = 255, 3*size
			}
			w.b = append(w.b, byte(palette), byte(dx-1), byte(dy-1))
			w.signed(-w.IntN(3))
			w.bytes(size)
		}
	case 10:
		w.b = append(w.b, byte(1+w.IntN(8)))
		w.rect(40)
	case 11:
		w.b = append(w.b, byte(1+w.IntN(3)))
	}
}
