package screen_test

import (
	"fmt"
	"image"
	"slices"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/session/screen"
	"github.com/beistand/beistand/session/x11/x11test"
)

// fillers draw all of a screen in one colour, as programs do.
var fillers = map[string]func(p *painter, size image.Point, colour uint32){
	"at once": func(p *painter, size image.Point, colour uint32) { // from a picture of its own
		p.fill(image.Rectangle{Max: size}, colour)
	},
	"line by line": func(p *painter, size image.Point, colour uint32) { // a terminal
		for y := 0; y < size.Y; y += 18 {
			p.fill(image.Rect(0, y, size.X, min(y+18, size.Y)), colour)
			p.conn.Sync() // as many as the server takes
		}
	},
	"sent in bands": func(p *painter, size image.Point, colour uint32) { // without shared memory
		const rows = 32
		data := make([]byte, 4*size.X*rows)
		for i := 0; i < len(data); i += 4 {
			data[i], data[i+1], data[i+2] = byte(colour), byte(colour>>8), byte(colour>>16)
		}
		for y := 0; y < size.Y; y += rows {
			n := min(rows, size.Y-y)
			xproto.PutImage(p.conn, xproto.ImageFormatZPixmap, xproto.Drawable(p.root), p.gc, uint16(size.X), uint16(n), 0, int16(y), 0, 24, data[:4*size.X*n])
		}
	},
}

func (p *painter) fill(r image.Rectangle, colour uint32) {
	xproto.ChangeGC(p.conn, p.gc, xproto.GcForeground, []uint32{colour})
	xproto.PolyFillRectangle(p.conn, xproto.Drawable(p.root), p.gc, []xproto.Rectangle{{X: int16(r.Min.X), Y: int16(r.Min.Y), Width: uint16(r.Dx()), Height: uint16(r.Dy())}})
}

// BenchmarkX11Settle is from the first stroke of a page until it is read to
// its end, and how many were read half drawn, by how long is waited for rest.
// Each reading is followed by 8 ms of work, as coding a page takes.
func BenchmarkX11Settle(b *testing.B) {
	const work = 8 * time.Millisecond
	size := image.Pt(1920, 1080)
	for name, fill := range fillers {
		for _, c := range []struct{ rest, patience time.Duration }{
			{0, 0},
			{time.Millisecond, 6 * time.Millisecond},
			{time.Millisecond, 12 * time.Millisecond},
			{2 * time.Millisecond, 12 * time.Millisecond},
			{3 * time.Millisecond, 12 * time.Millisecond},
			{5 * time.Millisecond, 20 * time.Millisecond},
		} {
			b.Run(fmt.Sprintf("%s/%v of %v", name, c.rest, c.patience), func(b *testing.B) {
				display := x11test.Start(b, "1920x1080x24")
				source, err := screen.OpenX11(display)
				if err != nil {
					b.Fatal(err)
				}
				defer source.Close()
				p := newPainter(b, display)
				_, k := looking(b, source)
				k.Settle(c.rest, c.patience)
				if _, err := k.Take(); err != nil {
					b.Fatal(err)
				}
				var took []time.Duration
				half := 0
				for i := 0; b.Loop(); i++ {
					colour := uint32(0x101010 + i%200*0x010203)
					begin := time.Now()
					go fill(p, size, colour)
					for {
						<-k.Changed()
						shot, err := k.Take()
						if err != nil {
							b.Fatal(err)
						}
						if len(shot.Damage) == 0 {
							continue
						}
						now := time.Now()
						top, bottom := shot.Picture.Row(0, 0, 1)[0], shot.Picture.Row(size.Y-1, size.X-1, size.X)[0]
						if bottom == colour {
							took = append(took, now.Sub(begin))
							break
						}
						if top == colour {
							half++
							for time.Since(now) < work { // the next waits for it
							}
						}
					}
					p.conn.Sync()
				}
				slices.Sort(took)
				b.ReportMetric(float64(half)/float64(len(took)), "half/page")
				b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
				b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
			})
		}
	}
}
