// Package picture turns pictures of a screen into updates and back, without loss.
//
// docs/picture.md says what an update is. An Encoder compares each picture with
// the last one, finds what has moved, and sends the rest as text, tiles that
// the viewer has seen before, few colours, or photographs.
package picture

import (
	"errors"
	"image"
)

// Limits of a picture. Four monitors of 3840x2160 fit.
const (
	MaxSide   = 16384    // pixels
	MaxPixels = 40 << 20 // pixels; four bytes each in memory
	MaxUpdate = 128 << 20
)

// Reasons that callers branch on.
var (
	ErrSize   = errors.New("the picture is empty or too large")
	ErrUpdate = errors.New("not an update of this picture")
)

// Method is how updates are compressed.
type Method byte

// The methods.
const (
	Zstd    Method = 1 // for our own viewers
	Deflate Method = 2 // raw, which every browser can inflate
)

// Region is a part of the picture whose content comes as video.
type Region struct {
	ID   byte
	Rect image.Rectangle
}

const (
	version   = 2
	freshFlag = 0x80

	window     = 4 << 20 // bytes that a decoder must remember, at most
	maxRegions = 8

	tileSide  = 64
	tileSlots = 4096

	glyphSide   = 64
	glyphSlots  = 1 << 14
	glyphPixels = 4 << 20 // of all slots together

	palettes  = 16
	inColours = 255 // a glyph's palette: none, each pixel is a colour

	maxPhoto = 1 << 18 // samples of a plane
)

// Operations of an update.
const (
	opFill byte = 1 + iota
	opCopy
	opPalette
	opPhoto
	opCoarse
	opKeep
	opShow
	opColours
	opText
	opMotion
	opStill
)

// Predictions of a photo's samples.
const (
	filterNone byte = iota
	filterLeft
	filterUp
	filterMean
	filterEdge // the median of left, upper, and their sum less the corner (LOCO-I)
)

// maxRaw is how many bytes of operations an update may have.
func maxRaw(size image.Point) int { return 4*size.X*size.Y + 1<<20 }

// maxWork is how many pixels an update may write.
func maxWork(size image.Point) int { return 16*size.X*size.Y + 1<<20 }

func checkSize(size image.Point) error {
	if size.X < 1 || size.Y < 1 || size.X > MaxSide || size.Y > MaxSide || size.X*size.Y > MaxPixels {
		return ErrSize
	}
	return nil
}

// tile is the place of a tile, and empty if there is none of this number.
func tile(size image.Point, n int) image.Rectangle {
	across := (size.X + tileSide - 1) / tileSide
	x, y := n%across*tileSide, n/across*tileSide
	return image.Rect(x, y, x+tileSide, y+tileSide).Intersect(image.Rectangle{Max: size})
}

// tileCount is how many tiles a picture has.
func tileCount(size image.Point) int {
	return (size.X + tileSide - 1) / tileSide * ((size.Y + tileSide - 1) / tileSide)
}

// indexBits is how many of them an index into so many colours takes.
func indexBits(colours int) int {
	switch {
	case colours <= 2:
		return 1
	case colours <= 4:
		return 2
	case colours <= 16:
		return 4
	}
	return 8
}
