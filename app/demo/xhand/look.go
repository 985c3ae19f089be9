package xhand

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"image"
	"time"

	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/app/demo/await"
)

// Look is a picture of a part of the display (the empty rectangle is all of it).
func (h *Hand) Look(part image.Rectangle) (*image.RGBA, error) {
	raw, part, err := h.pixels(part)
	if err != nil {
		return nil, err
	}
	return picture(raw, part.Size()), nil
}

// pixels reads a part of the display, four bytes a pixel: blue, green, red, unused.
func (h *Hand) pixels(part image.Rectangle) ([]byte, image.Rectangle, error) {
	width, height := h.Size()
	whole := image.Rect(0, 0, width, height)
	if part.Empty() {
		part = whole
	}
	inside := part.Intersect(whole)
	if inside.Empty() {
		return nil, inside, fmt.Errorf("look at %v: outside the display of %dx%d", part, width, height)
	}
	reply, err := xproto.GetImage(
		h.conn, xproto.ImageFormatZPixmap, xproto.Drawable(h.root),
		int16(inside.Min.X), int16(inside.Min.Y), uint16(inside.Dx()), uint16(inside.Dy()), 0xffffffff,
	).Reply()
	if err != nil {
		return nil, inside, fmt.Errorf("look at %v: %w", inside, err)
	}
	n := inside.Dx() * inside.Dy() * 4
	if len(reply.Data) < n {
		return nil, inside, fmt.Errorf("look at %v: %d bytes; the display is not 24 bits deep", inside, len(reply.Data))
	}
	return reply.Data[:n], inside, nil
}

// picture changes pixels as the display has them into Go's.
func picture(raw []byte, size image.Point) *image.RGBA {
	out := image.NewRGBA(image.Rectangle{Max: size})
	for i := 0; i < len(out.Pix); i += 4 {
		bgr := binary.LittleEndian.Uint32(raw[i:])
		binary.LittleEndian.PutUint32(out.Pix[i:], 0xff000000|bgr&0xff<<16|bgr&0xff00|bgr>>16&0xff)
	}
	return out
}

// Settled is a picture of a part of the display that has stopped changing. When
// it never stops within the limit, as with a moving bar, it is the last one.
func (h *Hand) Settled(ctx context.Context, limit time.Duration, part image.Rectangle) (*image.RGBA, error) {
	last, part, err := h.pixels(part)
	if err != nil {
		return nil, err
	}
	same := 0
	_ = await.Until(ctx, limit, "still picture", func() (bool, error) {
		var now []byte
		if now, _, err = h.pixels(part); err != nil {
			return true, nil
		}
		if bytes.Equal(now, last) {
			same++
		} else {
			same = 0
		}
		last = now
		return same >= 4, nil // several looks: a window redraws in steps
	}, nil)
	if err != nil {
		return nil, err
	}
	return picture(last, part.Size()), nil
}
