package revise

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"io"
)

// What one picture may cost.
const (
	MaxPicture = 64 << 20 // bytes, encoded
	MaxPixels  = 64 << 20 // 256 MiB decoded
)

// ErrTooManyPixels says that a picture is not opened because of its size.
var ErrTooManyPixels = errors.New("the picture is larger than this program shows")

// Suggester proposes what should be black in a picture, in its pixels; where
// text stands on it that the rules would replace, for example.
type Suggester interface {
	Suggest(ctx context.Context, picture image.Image) ([]image.Rectangle, error)
}

// CanBlacken says whether parts of pictures of a type can be made black.
func CanBlacken(mediaType string) bool { return mediaType == "image/png" || mediaType == "image/jpeg" }

// DecodePicture reads a picture within its limits.
func DecodePicture(r io.Reader) (image.Image, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxPicture))
	if err != nil {
		return nil, err
	}
	head, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	if head.Width <= 0 || head.Height <= 0 || head.Width > MaxPixels/head.Height {
		return nil, ErrTooManyPixels
	}
	m, _, err := image.Decode(bytes.NewReader(data))
	return m, err
}

// Blacken gives a copy of a picture whose upper left pixel is at 0,0, with
// parts of it black.
func Blacken(m image.Image, black []image.Rectangle) *image.NRGBA {
	out := image.NewNRGBA(image.Rectangle{Max: m.Bounds().Size()})
	draw.Draw(out, out.Rect, m, m.Bounds().Min, draw.Src)
	for _, r := range black {
		draw.Draw(out, r.Canon().Intersect(out.Rect), image.NewUniform(color.Black), image.Point{}, draw.Src)
	}
	return out
}

// quality is of a JPEG that is written anew; it was one before.
const quality = 92

// blacken writes a picture anew, with parts of it black. Nothing of the file
// that it was is taken over: no pixel below the black, no preview, no notes.
func blacken(r io.Reader, path, mediaType string, black []image.Rectangle) ([]byte, error) {
	m, err := DecodePicture(r)
	if err != nil {
		return nil, fmt.Errorf("read picture %q: %w", path, err)
	}
	var out bytes.Buffer
	if mediaType == "image/jpeg" {
		err = jpeg.Encode(&out, Blacken(m, black), &jpeg.Options{Quality: quality})
	} else {
		err = png.Encode(&out, Blacken(m, black))
	}
	if err != nil {
		return nil, fmt.Errorf("write picture %q: %w", path, err)
	}
	return out.Bytes(), nil
}
