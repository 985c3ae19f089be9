package picture

import (
	"errors"
	"fmt"
	"image"

	"github.com/beistand/beistand/session/pixel"
)

// Decoder follows an encoder's picture. It is not safe for concurrent use.
type Decoder struct {
	picture *pixel.Bitmap // nil before the first update
	in      inflater
	raw     raw
	work    int // pixels that this update may still write
	changed changes
	motion  []Region
	tiles   [tileSlots]kept
	glyphs  glyphs
	colours [palettes][256]uint32
	wide    []uint64 // a row of what is scaled up
	small   []uint32
}

// kept is a tile in its slot; its size is zero before.
type kept struct {
	size image.Point
	pix  []uint32
}

// Result is a picture after an update. It stays the decoder's and is valid
// until the next call, but Motion, which callers may keep.
type Result struct {
	Picture *pixel.Bitmap
	Changed []image.Rectangle // a few that cover what was written
	Motion  []Region          // where video is to be seen instead of the picture
}

// NewDecoder makes a decoder; Close gives its memory back.
func NewDecoder() (*Decoder, error) { return &Decoder{}, nil }

// Close gives the decompressor's memory back.
func (d *Decoder) Close() { d.in.close() }

// Decode takes the next update. The error is ErrUpdate for anything but an
// update of this picture; then only a fresh update can follow, and nothing was
// written outside of the picture.
func (d *Decoder) Decode(update []byte) (Result, error) {
	fail := func(err error) (Result, error) {
		d.in.method = 0
		return Result{}, fmt.Errorf("decode an update of %d bytes: %w", len(update), errors.Join(ErrUpdate, err))
	}
	h, rest, err := readHeader(update)
	if err != nil {
		return fail(err)
	}
	d.changed = d.changed[:0]
	if h.fresh {
		if err := d.restart(h); err != nil {
			return fail(err)
		}
	} else if d.in.method != h.method {
		return fail(errors.New("an update of another stream"))
	}
	size := d.picture.Rect.Size()
	if h.raw < 1 || h.raw > maxRaw(size) {
		return fail(errors.New("too many operations"))
	}
	d.work = maxWork(size)
	d.in.feed.left = rest
	d.raw.reset(d.in.out, h.raw)
	for !d.raw.done() {
		d.operation(d.raw.byte())
	}
	if d.raw.err != nil {
		return fail(d.raw.err)
	}
	if len(d.in.feed.left) > 0 {
		return fail(errors.New("more than was promised"))
	}
	return Result{d.picture, d.changed, d.motion}, nil
}

// restart forgets everything.
func (d *Decoder) restart(h header) error {
	if err := d.in.restart(h.method); err != nil {
		return err
	}
	if whole := (image.Rectangle{Max: h.size}); d.picture == nil || d.picture.Rect != whole {
		d.picture = pixel.New(whole)
	} else {
		clear(d.picture.Pix)
	}
	d.changed.add(d.picture.Rect)
	d.motion = nil
	for i := range d.tiles {
		d.tiles[i].size = image.Point{}
	}
	d.glyphs = glyphs{}
	d.colours = [palettes][256]uint32{}
	return nil
}

type header struct {
	method Method
	fresh  bool
	size   image.Point // if fresh
	raw    int
}

func readHeader(b []byte) (header, []byte, error) {
	r := raw{buf: b}
	if r.byte() != version {
		return header{}, nil, errors.New("another version")
	}
	flags := r.byte()
	h := header{method: Method(flags & 0x0f), fresh: flags&freshFlag != 0}
	if flags&^(freshFlag|0x0f) != 0 || h.method != Zstd && h.method != Deflate {
		return header{}, nil, errors.New("another method")
	}
	if h.fresh {
		if n := r.take(4); n != nil {
			h.size = image.Pt(int(n[0])<<8|int(n[1]), int(n[2])<<8|int(n[3]))
		}
		if err := checkSize(h.size); err != nil {
			return header{}, nil, err
		}
	}
	h.raw = r.varint()
	return h, b[r.at:], r.err
}

func (h header) append(b []byte) []byte {
	if h.fresh {
		b = append(b, version, byte(h.method)|freshFlag, byte(h.size.X>>8), byte(h.size.X), byte(h.size.Y>>8), byte(h.size.Y))
	} else {
		b = append(b, version, byte(h.method))
	}
	return appendVarint(b, h.raw)
}

func appendVarint(b []byte, v int) []byte {
	for v >= 0x80 {
		b = append(b, byte(v)|0x80)
		v >>= 7
	}
	return append(b, byte(v))
}

func appendRect(b []byte, r image.Rectangle) []byte {
	b = appendVarint(appendVarint(b, r.Min.X), r.Min.Y)
	return appendVarint(appendVarint(b, r.Dx()), r.Dy())
}

func appendColour(b []byte, c uint32) []byte { return append(b, byte(c>>16), byte(c>>8), byte(c)) }
