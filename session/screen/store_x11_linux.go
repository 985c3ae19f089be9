package screen

import (
	"encoding/binary"
	"image"

	"github.com/beistand/beistand/session/pixel"
)

// store writes pixels, which follow each other without gaps, into r of dst.
func (f pixelFormat) store(dst *pixel.Bitmap, r image.Rectangle, pixels []byte) {
	usual := f == pixelFormat{red: 2, green: 1, blue: 0}
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

// storeRow is the usual format. The fourth byte is anything.
func storeRow(row []uint32, from []byte) {
	from = from[:4*len(row)]
	for len(row) >= 4 {
		a, b := binary.LittleEndian.Uint64(from), binary.LittleEndian.Uint64(from[8:16])
		row[0], row[1] = uint32(a)&0xffffff, uint32(a>>32)&0xffffff
		row[2], row[3] = uint32(b)&0xffffff, uint32(b>>32)&0xffffff
		row, from = row[4:], from[16:]
	}
	for i := range row {
		row[i] = binary.LittleEndian.Uint32(from[4*i:]) & 0xffffff
	}
}
