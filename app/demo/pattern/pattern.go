// Package pattern makes a picture that no screen shows by chance, and finds it again in another picture.
package pattern

import (
	"bytes"
	"image"
	"image/color"
)

// Cells is the number of cells in a row and in a column.
const Cells = 16

// cell is a cell's width and height in pixels.
const cell = 8

// Size is the pattern's width and height in pixels.
const Size = Cells * cell

// Draw makes a pattern: 16 by 16 cells of 256 different colours. Patterns with
// different seeds share no colour at the same place.
func Draw(seed byte) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, Size, Size))
	for y := range Size {
		for x := range Size {
			out.SetRGBA(x, y, colour(x/cell, y/cell, seed))
		}
	}
	return out
}

// colour is unlike its neighbours' in every channel: 167 and 89 are odd, so that
// multiplying by them permutes the 256 values.
func colour(column, row int, seed byte) color.RGBA {
	n := byte(row*Cells + column)
	return color.RGBA{R: n*167 + seed, G: n*89 + 3*seed, B: n ^ 0x5a ^ seed, A: 0xff}
}

// Find looks for the pattern in a picture, every pixel of it as it was drawn.
func Find(in *image.RGBA, seed byte) (at image.Point, ok bool) {
	want := Draw(seed)
	size := in.Rect.Size()
	first := want.Pix[:4*Size]
	for y := 0; y+Size <= size.Y; y++ {
		row := in.Pix[y*in.Stride:][:4*size.X]
		for from := 0; ; {
			i := bytes.Index(row[from:], first)
			if i < 0 {
				break
			}
			from += i
			if from%4 == 0 && same(in, want, from/4, y) {
				return image.Pt(from/4, y).Add(in.Rect.Min), true
			}
			from++
		}
	}
	return image.Point{}, false
}

func same(in, want *image.RGBA, x, y int) bool {
	for line := range Size {
		got := in.Pix[(y+line)*in.Stride+4*x:][:4*Size]
		if !bytes.Equal(got, want.Pix[line*want.Stride:][:4*Size]) {
			return false
		}
	}
	return true
}
