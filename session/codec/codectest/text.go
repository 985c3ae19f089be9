package codectest

import (
	"image"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"github.com/beistand/beistand/session/pixel"
)

// words are what a page is written of.
var words = []string{
	"func", "return", "the", "session", "0x7f", "ends", "with", "error:", "bundle(12)", "Grund",
	"a", "queue", "of", "4096", "bytes;", "keyframe", "//", "nil", "{", "}", "damage", "tile", "1.25", "is", "full",
}

// Text fills dst with lines of grey text of 15 pixels on white, as an editor
// shows it; first is the first line's number, for scrolling.
func Text(dst *pixel.Bitmap, first int) {
	const size, step, left = 15, 19, 8
	parsed, err := opentype.Parse(gomono.TTF)
	if err != nil {
		panic(err) // the font is part of the module
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingFull})
	if err != nil {
		panic(err)
	}
	page := image.NewGray(dst.Rect)
	for i := range page.Pix {
		page.Pix[i] = 0xff
	}
	pen := font.Drawer{Dst: page, Src: image.NewUniform(image.Black), Face: face}
	for y, line := dst.Rect.Min.Y+step, first; y < dst.Rect.Max.Y+step; y, line = y+step, line+1 {
		pen.Dot = fixed.P(dst.Rect.Min.X+left+line%5*20, y-5)
		for i := 0; pen.Dot.X.Round() < dst.Rect.Max.X && i < 3+line*7%19; i++ {
			pen.DrawString(words[(line*31+i*i*7+i)%len(words)] + " ")
		}
	}
	for y := dst.Rect.Min.Y; y < dst.Rect.Max.Y; y++ {
		row := dst.Row(y, dst.Rect.Min.X, dst.Rect.Max.X)
		for x, v := range page.Pix[page.PixOffset(dst.Rect.Min.X, y):][:len(row)] {
			row[x] = uint32(v) * 0x010101
		}
	}
}
