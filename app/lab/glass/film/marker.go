package film

import "image"

// A marker is a strip of 26 square cells: a magenta one, 24 black or white
// ones, a cyan one. The 24 bits are a 16-bit frame counter and its CRC-8. Each
// frame carries the same strip twice, top left and bottom right, so a frame
// counts as delivered only once both ends of the picture show it.
const (
	cellPx    = 24
	dataCells = 24
	stripW    = (dataCells + 2) * cellPx
	stripH    = cellPx
	magenta   = 0xff00ff
	cyan      = 0x00ffff
)

func stripRects(w, h int) (top, bottom image.Rectangle) {
	return image.Rect(0, 0, stripW, stripH), image.Rect(w-stripW, h-stripH, w, h)
}

func crc8(n uint16) uint8 {
	crc := uint8(0xff)
	for _, b := range []uint8{uint8(n >> 8), uint8(n)} {
		crc ^= b
		for range 8 {
			if crc&0x80 != 0 {
				crc = crc<<1 ^ 0x07
			} else {
				crc <<= 1
			}
		}
	}
	return crc
}

// Mark writes counter n on the frame and returns what it touched.
func Mark(f *Frame, n uint16) []image.Rectangle {
	top, bottom := stripRects(f.W, f.H)
	word := uint32(n)<<8 | uint32(crc8(n))
	for _, r := range []image.Rectangle{top, bottom} {
		for i := range dataCells + 2 {
			c := uint32(0)
			switch {
			case i == 0:
				c = magenta
			case i == dataCells+1:
				c = cyan
			case word>>(dataCells-i)&1 != 0:
				c = 0xffffff
			}
			f.fill(image.Rect(r.Min.X+i*cellPx, r.Min.Y, r.Min.X+(i+1)*cellPx, r.Max.Y), c)
		}
	}
	return []image.Rectangle{top, bottom}
}

// Counter reads the counter of a strip that fills the whole of f; ok is false
// when there is none, or its check does not hold.
func Counter(f *Frame) (n uint16, ok bool) {
	cw := float64(f.W) / (dataCells + 2)
	half := max(1, int(cw/6))
	var word uint32
	for i := 1; i <= dataCells; i++ {
		cx, cy := int((float64(i)+0.5)*cw), f.H/2
		sum := 0
		for y := cy - half; y < cy+half; y++ {
			for x := cx - half; x < cx+half; x++ {
				sum += int(f.Pix[y*f.W+x] >> 8 & 0xff) // green stands for luma
			}
		}
		word <<= 1
		if sum > 128*4*half*half {
			word |= 1
		}
	}
	n = uint16(word >> 8)
	return n, crc8(n) == uint8(word)
}
