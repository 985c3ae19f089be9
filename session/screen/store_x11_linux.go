package screen

import (
	"encoding/binary"
	"image"
	"unsafe"

	"github.com/beistand/beistand/session/pixel"
)

// store writes pixels, which follow each other without gaps, into r of dst.
func (f pixelFormat) store(dst *pixel.Bitmap, r image.Rectangle, pixels []byte) {
	usual := f == pixelFormat{red: 2, green: 1, blue: 0} && binary.NativeEndian.Uint16([]byte{1, 0}) == 1
	width := 4 * r.Dx()
	for y := range r.Dy() {
		row := dst.Row(r.Min.Y+y, r.Min.X, r.Max.X)
		from := pixels[y*width : (y+1)*width]
		if usual {
			storeRow(row, from)
			continue
		}
		for i := range row {
			p := from[4*i : 4*i+4 : 4*i+4]
			row[i] = uint32(p[f.red&3])<<16 | uint32(p[f.green&3])<<8 | uint32(p[f.blue&3])
		}
	}
}

// storeRow is the usual format, which is the machine's own. The fourth byte is
// anything, mostly 0: it is looked at while the row is near the processor.
func storeRow(row []uint32, from []byte) {
	if len(row) == 0 {
		return
	}
	to := unsafe.Slice((*byte)(unsafe.Pointer(&row[0])), 4*len(row))
	copy(to, from[:len(to)])
	const fourth = 0xff000000_ff000000
	if among(to)&fourth == 0 {
		return
	}
	for ; len(to) >= 8; to = to[8:] {
		binary.NativeEndian.PutUint64(to, binary.NativeEndian.Uint64(to)&^fourth)
	}
	if len(to) > 0 {
		row[len(row)-1] &^= fourth >> 32
	}
}

// among are the bits that any two pixels of a row have.
func among(row []byte) (bits uint64) {
	for ; len(row) >= 32; row = row[32:] {
		bits |= binary.NativeEndian.Uint64(row) | binary.NativeEndian.Uint64(row[8:16]) | binary.NativeEndian.Uint64(row[16:24]) | binary.NativeEndian.Uint64(row[24:32])
	}
	for ; len(row) >= 4; row = row[4:] {
		bits |= uint64(binary.NativeEndian.Uint32(row))
	}
	return bits
}
