package totp

import (
	"bytes"
	"fmt"
	"image/png"
	"strings"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"
)

// quiet is the margin that a reader needs around a code, in modules (ISO/IEC 18004, section 9.1).
const quiet = 4

// QR is a code as a page or a window draws it.
type QR struct {
	Size int    // modules on a side, with the quiet zone
	Path string // the dark modules as an SVG path in a view box of Size by Size
	PNG  []byte // six pixels a module
}

// NewQR makes the code for a text of at most 2000 bytes.
func NewQR(text string) (QR, error) {
	code, err := qr.Encode(text, qr.M, qr.Unicode)
	if err != nil {
		return QR{}, fmt.Errorf("draw a QR code: %w", err)
	}
	side := code.Bounds().Dx()
	dark := func(x, y int) bool {
		r, _, _, _ := code.At(x, y).RGBA()
		return r == 0
	}
	var path strings.Builder
	for y := range side {
		for x := 0; x < side; x++ {
			from := x
			for x < side && dark(x, y) {
				x++
			}
			if x > from {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", from+quiet, y+quiet, x-from, x-from)
			}
		}
	}
	const pixels = 6
	big, err := barcode.Scale(code, side*pixels, side*pixels)
	if err != nil {
		return QR{}, fmt.Errorf("draw a QR code: %w", err)
	}
	var picture bytes.Buffer
	if err := png.Encode(&picture, margin(big, quiet*pixels)); err != nil {
		return QR{}, fmt.Errorf("draw a QR code: %w", err)
	}
	return QR{Size: side + 2*quiet, Path: path.String(), PNG: picture.Bytes()}, nil
}
