package xhand

import (
	"context"
	"fmt"
	"image"
	"time"

	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/app/demo/await"
)

// Look is a picture of a part of the display (the empty rectangle is all of it).
func (h *Hand) Look(part image.Rectangle) (*image.RGBA, error) {
	width, height := h.Size()
	whole := image.Rect(0, 0, width, height)
	if part.Empty() {
		part = whole
	}
	part = part.Intersect(whole)
	if part.Empty() {
		return nil, fmt.Errorf("look at %v: outside the display of %dx%d", part, width, height)
	}
	reply, err := xproto.GetImage(
		h.conn, xproto.ImageFormatZPixmap, xproto.Drawable(h.root),
		int16(part.Min.X), int16(part.Min.Y), uint16(part.Dx()), uint16(part.Dy()), 0xffffffff,
	).Reply()
	if err != nil {
		return nil, fmt.Errorf("look at %v: %w", part, err)
	}
	if len(reply.Data) < part.Dx()*part.Dy()*4 {
		return nil, fmt.Errorf("look at %v: %d bytes; the display is not 24 bits deep", part, len(reply.Data))
	}
	out := image.NewRGBA(image.Rect(0, 0, part.Dx(), part.Dy()))
	for i := 0; i < len(out.Pix); i += 4 { // blue, green, red, unused
		b := reply.Data[i : i+4 : i+4]
		out.Pix[i], out.Pix[i+1], out.Pix[i+2], out.Pix[i+3] = b[2], b[1], b[0], 0xff
	}
	return out, nil
}

// Settled is a picture of a part of the display that has stopped changing. When
// it never stops within the limit, as with a moving bar, it is the last one.
func (h *Hand) Settled(ctx context.Context, limit time.Duration, part image.Rectangle) (*image.RGBA, error) {
	last, err := h.Look(part)
	if err != nil {
		return nil, err
	}
	same := 0
	_ = await.Until(ctx, limit, "still picture", func() (bool, error) {
		var now *image.RGBA
		if now, err = h.Look(part); err != nil {
			return true, nil
		}
		if string(now.Pix) == string(last.Pix) {
			same++
		} else {
			same = 0
		}
		last = now
		return same >= 4, nil // several looks: a window redraws in steps
	}, nil)
	return last, err
}
