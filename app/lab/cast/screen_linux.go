package cast

import (
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"sync/atomic"
	"time"

	"github.com/beistand/beistand/session/pixel"
	"github.com/beistand/beistand/session/screen"
	"github.com/beistand/beistand/session/screen/screentest"
)

// The counter is painted as black and white squares, 16 in a row: 32 bits of
// number, 64 of time in nanoseconds since 1970.
const (
	square = 10 // pixels
	across = 16
	bits   = 32 + 64
)

var desktop = image.Rect(0, 0, 640, 400)

// counting is a screen on which every reading is another picture.
type counting struct {
	*screentest.Memory
	count atomic.Uint32
}

func newCounting() *counting {
	return &counting{Memory: screentest.New(screen.Monitor{Name: "LAB-1", Bounds: desktop, Primary: true})}
}

// Tell is screen.Teller's: every reading is another picture, which nobody can tell before.
func (c *counting) Tell() (screen.Told, error) { return nil, errors.ErrUnsupported }

// GrabView is screen.ViewSource's, by which a session reads.
func (c *counting) GrabView(m screen.Monitor, dst *image.RGBA, v screen.View) error {
	c.Paint(paint(c.count.Add(1), time.Now()))
	return c.Memory.GrabView(m, dst, v)
}

func paint(number uint32, at time.Time) image.Image {
	b := binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint32(nil, number), uint64(at.UnixNano()))
	p := image.NewRGBA(image.Rect(0, 0, across*square, bits/across*square))
	draw.Draw(p, p.Rect, image.White, image.Point{}, draw.Src)
	for i := range bits {
		if b[i/8]&(0x80>>(i%8)) != 0 {
			r := image.Rect(0, 0, square, square).Add(image.Pt(i%across*square, i/across*square))
			draw.Draw(p, r, image.Black, image.Point{}, draw.Src)
		}
	}
	return p
}

// find reads what paint has painted; ok is false when there is nothing.
func find(p *pixel.Bitmap) (number uint32, at time.Time, ok bool) {
	b := make([]byte, bits/8)
	for i := range bits {
		switch p.At(i%across*square+square/2, i/across*square+square/2) {
		case color.RGBA{A: 0xff}:
			b[i/8] |= 0x80 >> (i % 8)
		case color.RGBA{0xff, 0xff, 0xff, 0xff}:
		default:
			return 0, time.Time{}, false
		}
	}
	return binary.BigEndian.Uint32(b), time.Unix(0, int64(binary.BigEndian.Uint64(b[4:]))), true
}
