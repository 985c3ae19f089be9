package totp

import (
	"image"
	"image/color"
	"image/draw"
)

// margin puts a white one of so many pixels around a picture in black and white.
func margin(of image.Image, pixels int) image.Image {
	b := of.Bounds()
	all := image.NewPaletted(image.Rect(0, 0, b.Dx()+2*pixels, b.Dy()+2*pixels), color.Palette{color.White, color.Black})
	draw.Draw(all, b.Sub(b.Min).Add(image.Pt(pixels, pixels)), of, b.Min, draw.Src)
	return all
}
