package film

import (
	"fmt"
	"image"
	"io"
	"time"

	"github.com/beistand/beistand/session/codec"
	"github.com/beistand/beistand/session/pixel"
)

// cutter makes frames of pictures, one goroutine's.
type cutter struct {
	key   time.Duration
	enc   codec.Encoder
	out   *muxer
	frm   *pixel.Bitmap // as it is encoded
	raw   *pixel.Bitmap // as it was seen; frm itself when that has its size
	fresh image.Rectangle
	drawn image.Rectangle // of raw, where the pointer is
	began time.Time       // of the first frame
	last  time.Duration
	keyAt time.Duration
	any   bool // a frame was written
}

// newCutter begins a film; now goes into it as the date.
func newCutter(out io.Writer, size image.Point, o Options, now time.Time) (*cutter, error) {
	enc, err := codec.NewEncoder(format, size, codec.EncoderOptions{Rate: rate(size), FPS: o.FPS, Text: true})
	if err != nil {
		return nil, err
	}
	m, err := newMuxer(out, size, now)
	if err != nil {
		enc.Close()
		return nil, err
	}
	return &cutter{key: o.Key, enc: enc, out: m, frm: pixel.New(image.Rectangle{Max: size})}, nil
}

// rate is the bits a second that a film of a size is made for: 2 Mbit/s for
// 1920x1080. Text keeps a quality of its own and may take more for a while.
func rate(size image.Point) int { return max(size.X*size.Y, 300_000) }

// take takes over what seen has in changed, and draws the pointer there.
func (c *cutter) take(seen *pixel.Bitmap, changed image.Rectangle, over pointer) {
	if c.raw == nil || c.raw.Rect != seen.Rect {
		c.frm.Fill(c.frm.Rect, 0)
		if seen.Rect == c.frm.Rect {
			c.raw = c.frm
		} else {
			c.raw = pixel.New(seen.Rect)
		}
		changed = seen.Rect
	}
	changed = changed.Union(c.drawn.Intersect(seen.Rect)) // what was below the pointer
	c.raw.Copy(seen, changed)
	c.drawn = over.draw(c.raw)
	c.fresh = c.fresh.Union(changed).Union(c.drawn)
}

// frame encodes what was taken as what is seen from at on.
func (c *cutter) frame(at time.Time) error {
	if c.raw != c.frm && !c.fresh.Empty() {
		fit(c.frm, c.raw)
	}
	c.fresh = image.Rectangle{}
	if !c.any {
		c.began = at
	}
	since := at.Sub(c.began).Truncate(unit)
	if c.any {
		since = max(since, c.last+unit)
	}
	key := !c.any || since-c.keyAt >= c.key
	p, err := c.enc.Encode(c.frm, c.frm.Rect, since, key)
	if err != nil {
		return fmt.Errorf("record: %w", err)
	}
	if p.Key {
		c.keyAt = since
	}
	c.any, c.last = true, since
	return c.out.block(since, p.Key, p.Data)
}

// close ends the film; the encoder is given back in any case.
func (c *cutter) close() error {
	c.enc.Close()
	return c.out.close(c.last)
}
