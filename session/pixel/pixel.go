// Package pixel is pictures in memory as screens give and take them.
package pixel

import (
	"encoding/binary"
	"image"
	"image/color"
)

// Bitmap is a picture of opaque pixels, each 0x00RRGGBB in the machine's own
// order: what X11, DXGI, PipeWire and Core Graphics give on every machine that
// counts. The highest eight bits are always zero. It is an image.Image.
type Bitmap struct {
	Pix    []uint32
	Stride int // pixels from one row to the next
	Rect   image.Rectangle
}

// New makes a black one.
func New(r image.Rectangle) *Bitmap {
	return &Bitmap{Pix: make([]uint32, r.Dx()*r.Dy()), Stride: r.Dx(), Rect: r}
}

// Row is the pixels of row y from x0 up to x1, which lie in the picture.
func (b *Bitmap) Row(y, x0, x1 int) []uint32 {
	at := (y-b.Rect.Min.Y)*b.Stride + x0 - b.Rect.Min.X
	return b.Pix[at : at+x1-x0 : at+x1-x0]
}

// Sub is the part of b that lies in r and shares b's pixels; empty when none does.
func (b *Bitmap) Sub(r image.Rectangle) *Bitmap {
	if r = r.Intersect(b.Rect); r.Empty() {
		return &Bitmap{}
	}
	at := (r.Min.Y-b.Rect.Min.Y)*b.Stride + r.Min.X - b.Rect.Min.X
	end := at + (r.Dy()-1)*b.Stride + r.Dx()
	return &Bitmap{Pix: b.Pix[at:end:end], Stride: b.Stride, Rect: r}
}

// Fill makes every pixel of r that b has p.
func (b *Bitmap) Fill(r image.Rectangle, p uint32) {
	r = r.Intersect(b.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := b.Row(y, r.Min.X, r.Max.X)
		for i := range row {
			row[i] = p
		}
	}
}

// Copy writes what src has in r into the same place of b, as far as both reach.
func (b *Bitmap) Copy(src *Bitmap, r image.Rectangle) {
	r = r.Intersect(b.Rect).Intersect(src.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		copy(b.Row(y, r.Min.X, r.Max.X), src.Row(y, r.Min.X, r.Max.X))
	}
}

// Take writes what src has in r into the same place of b, as far as both
// reach. What src says of transparency is passed over.
func (b *Bitmap) Take(src *image.RGBA, r image.Rectangle) {
	r = r.Intersect(b.Rect).Intersect(src.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row, from := b.Row(y, r.Min.X, r.Max.X), src.Pix[src.PixOffset(r.Min.X, y):]
		for i := range row {
			v := binary.BigEndian.Uint32(from[4*i:])
			row[i] = v >> 8
		}
	}
}

// Give writes what b has in r into the same place of dst, as far as both
// reach, opaque.
func (b *Bitmap) Give(dst *image.RGBA, r image.Rectangle) {
	r = r.Intersect(b.Rect).Intersect(dst.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		to := dst.Pix[dst.PixOffset(r.Min.X, y):]
		for i, v := range b.Row(y, r.Min.X, r.Max.X) {
			binary.BigEndian.PutUint32(to[4*i:], v<<8|0xff)
		}
	}
}

// ColorModel is image.Image's.
func (b *Bitmap) ColorModel() color.Model { return color.RGBAModel }

// Bounds is image.Image's.
func (b *Bitmap) Bounds() image.Rectangle { return b.Rect }

// At is image.Image's.
func (b *Bitmap) At(x, y int) color.Color {
	if !image.Pt(x, y).In(b.Rect) {
		return color.RGBA{}
	}
	v := b.Row(y, x, x+1)[0]
	return color.RGBA{R: byte(v >> 16), G: byte(v >> 8), B: byte(v), A: 0xff}
}
