package film

import (
	"fmt"
	"image"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// typeface holds anti-aliased glyphs of one size, as alpha masks.
type typeface struct {
	cw, ch int
	glyph  [128][]uint8
}

// newTypeface makes one of so many pixels; the font is part of the program.
func newTypeface(size float64) (*typeface, error) {
	parsed, err := opentype.Parse(gomono.TTF)
	if err != nil {
		return nil, fmt.Errorf("read the font: %w", err)
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingFull})
	if err != nil {
		return nil, fmt.Errorf("draw the font at %v pixels: %w", size, err)
	}
	m := face.Metrics()
	adv, _ := face.GlyphAdvance('m')
	t := &typeface{cw: adv.Round(), ch: (m.Ascent + m.Descent).Ceil() + 2}
	for r := rune(33); r < 127; r++ {
		img := image.NewAlpha(image.Rect(0, 0, t.cw, t.ch))
		d := font.Drawer{Dst: img, Src: image.Opaque, Face: face, Dot: fixed.P(0, m.Ascent.Ceil()+1)}
		d.DrawString(string(r))
		t.glyph[r] = img.Pix
	}
	return t, nil
}

// char draws one character cell at pixel (x, y).
func (t *typeface) char(f *Frame, x, y int, b byte, fg, bg uint32) {
	if x < 0 || y < 0 || x+t.cw > f.W || y+t.ch > f.H {
		return
	}
	var mask []uint8
	if b < 128 {
		mask = t.glyph[b]
	}
	if mask == nil {
		f.fill(image.Rect(x, y, x+t.cw, y+t.ch), bg)
		return
	}
	for j := range t.ch {
		row := f.row(y+j, x, x+t.cw)
		for i, a := range mask[j*t.cw : (j+1)*t.cw] {
			row[i] = blend(fg, bg, uint32(a))
		}
	}
}

// blend mixes two colours, a/255 of the first.
func blend(fg, bg, a uint32) uint32 {
	switch a {
	case 0:
		return bg
	case 255:
		return fg
	}
	mix := func(shift uint32) uint32 {
		return ((fg>>shift&0xff)*a + (bg>>shift&0xff)*(255-a) + 127) / 255 << shift
	}
	return mix(16) | mix(8) | mix(0)
}

// text draws a coloured line and returns the x where it ended.
func (t *typeface) text(f *Frame, x, y int, s string, th theme) int {
	cols := th.colours(s)
	for i := range len(s) {
		t.char(f, x, y, s[i], cols[i], th.bg)
		x += t.cw
	}
	return x
}

// page fills the area with numbered source lines, two columns of them, like
// an editor split in the middle.
func (t *typeface) page(f *Frame, area image.Rectangle, first int, th theme) {
	f.fill(area, th.bg)
	gutter := th
	gutter.fg, gutter.number = th.comment, th.comment
	for col := range 2 {
		x0 := area.Min.X + 8 + col*area.Dx()/2
		room := (area.Dx()/2 - 16) / t.cw
		for row := 0; (row+1)*t.ch <= area.Dy(); row++ {
			n := first + col*(area.Dy()/t.ch) + row
			x := t.text(f, x0, area.Min.Y+row*t.ch, fmt.Sprintf("%4d  ", n%1000), gutter)
			s := line(n)
			t.text(f, x, area.Min.Y+row*t.ch, s[:min(len(s), max(0, room-6))], th)
		}
	}
}
