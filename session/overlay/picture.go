package overlay

import (
	"image"
	"image/color"
	"image/draw"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gomedium"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// One bright colour between dark and white: one of the three stands out
// against every background.
var (
	accent = color.RGBA{0xff, 0x5a, 0x00, 0xff}
	dark   = color.RGBA{0x1a, 0x1a, 0x1a, 0xff}
	white  = color.RGBA{0xff, 0xff, 0xff, 0xff}
)

// stripes are a border's lines from the outer edge inwards.
var stripes = []color.RGBA{dark, accent, accent, accent, accent, white}

// Radii of the ring's lines, outside in, in pixels, and what they are.
var rings = []struct {
	radius float64
	colour color.RGBA
}{{24, dark}, {22.5, accent}, {17.5, white}, {16, color.RGBA{}}}

const (
	ringSize   = 50 // of the square around it
	labelSpace = 6  // between ring and label
	labelEdge  = 9  // left and right of the text
	labelHigh  = 26
	textSize   = 15
)

var face = sync.OnceValue(func() font.Face {
	f, err := opentype.Parse(gomedium.TTF)
	if err != nil {
		panic(err) // it is part of the program
	}
	sized, err := opentype.NewFace(f, &opentype.FaceOptions{Size: textSize, DPI: 72, Hinting: font.HintingFull})
	if err != nil {
		panic(err)
	}
	return sized
})

// markPicture is ring and label, transparent or opaque everywhere: displays
// without a compositor know nothing between. hot is the ring's centre. The
// label stands on the right, or on the left.
func markPicture(label string, onLeft bool) (p *image.RGBA, hot image.Point) {
	width := 0
	text := []rune(label)
	if len(text) > MaxLabel {
		text = append(text[:MaxLabel-1], '…')
	}
	if len(text) > 0 {
		width = font.MeasureString(face(), string(text)).Ceil() + 2*labelEdge
	}
	p = image.NewRGBA(image.Rect(0, 0, ringSize, ringSize))
	hot = image.Pt(ringSize/2, ringSize/2)
	box := image.Rectangle{}
	if width > 0 {
		p = image.NewRGBA(image.Rect(0, 0, ringSize+labelSpace+width, ringSize))
		top := (ringSize - labelHigh) / 2
		box = image.Rect(ringSize+labelSpace, top, p.Rect.Max.X, top+labelHigh)
		if onLeft {
			hot.X += width + labelSpace
			box = image.Rect(0, top, width, top+labelHigh)
		}
	}
	for y := range p.Rect.Dy() {
		for x := range p.Rect.Dx() {
			dx, dy := float64(x-hot.X)+0.5, float64(y-hot.Y)+0.5
			for _, ring := range rings {
				if dx*dx+dy*dy <= ring.radius*ring.radius {
					p.SetRGBA(x, y, ring.colour)
				}
			}
		}
	}
	if width == 0 {
		return p, hot
	}
	draw.Draw(p, box, image.NewUniform(white), image.Point{}, draw.Src)
	draw.Draw(p, box.Inset(1), image.NewUniform(dark), image.Point{}, draw.Src)
	draw.Draw(p, image.Rect(box.Min.X+1, box.Max.Y-4, box.Max.X-1, box.Max.Y-1), image.NewUniform(accent), image.Point{}, draw.Src)
	d := font.Drawer{Dst: p, Src: image.NewUniform(white), Face: face(), Dot: fixed.P(box.Min.X+labelEdge, box.Min.Y+17)}
	d.DrawString(string(text))
	for i := 3; i < len(p.Pix); i += 4 {
		if p.Pix[i] != 0 {
			p.Pix[i] = 0xff
		}
	}
	return p, hot
}

// sides are the four lines of a frame that lies in r, each with its place.
func sides(r image.Rectangle) [4]image.Rectangle {
	n := len(stripes)
	return [4]image.Rectangle{
		{Min: r.Min, Max: image.Pt(r.Max.X, r.Min.Y+n)},
		{Min: image.Pt(r.Min.X, r.Max.Y-n), Max: r.Max},
		{Min: image.Pt(r.Min.X, r.Min.Y+n), Max: image.Pt(r.Min.X+n, r.Max.Y-n)},
		{Min: image.Pt(r.Max.X-n, r.Min.Y+n), Max: image.Pt(r.Max.X, r.Max.Y-n)},
	}
}

// framePicture is one of the sides: rows from outside in, joined at the corners.
func framePicture(r, side image.Rectangle) *image.RGBA {
	p := image.NewRGBA(image.Rectangle{Max: side.Size()})
	for y := side.Min.Y; y < side.Max.Y; y++ {
		for x := side.Min.X; x < side.Max.X; x++ {
			depth := min(x-r.Min.X, r.Max.X-1-x, y-r.Min.Y, r.Max.Y-1-y)
			p.SetRGBA(x-side.Min.X, y-side.Min.Y, stripes[min(max(depth, 0), len(stripes)-1)])
		}
	}
	return p
}
