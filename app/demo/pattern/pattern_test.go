package pattern

import (
	"image"
	"image/color"
	"image/draw"
	"testing"
)

func TestFind(t *testing.T) {
	screen := func(seed byte, at image.Point) *image.RGBA {
		out := image.NewRGBA(image.Rect(0, 0, 400, 300))
		draw.Draw(out, out.Rect, image.NewUniform(color.RGBA{40, 40, 40, 255}), image.Point{}, draw.Src)
		draw.Draw(out, image.Rectangle{at, at.Add(image.Pt(Size, Size))}, Draw(seed), image.Point{}, draw.Src)
		return out
	}
	touched := screen(1, image.Pt(10, 10))
	touched.SetRGBA(10+Size-1, 10+Size-1, color.RGBA{1, 2, 3, 255})
	for name, c := range map[string]struct {
		in   *image.RGBA
		seed byte
		at   image.Point
		ok   bool
	}{
		"corner":           {screen(7, image.Pt(0, 0)), 7, image.Pt(0, 0), true},
		"other corner":     {screen(7, image.Pt(400-Size, 300-Size)), 7, image.Pt(400-Size, 300-Size), true},
		"middle":           {screen(200, image.Pt(33, 71)), 200, image.Pt(33, 71), true},
		"other seed":       {screen(7, image.Pt(33, 71)), 8, image.Point{}, false},
		"last pixel wrong": {touched, 1, image.Point{}, false},
		"too small":        {image.NewRGBA(image.Rect(0, 0, Size-1, Size)), 1, image.Point{}, false},
	} {
		t.Run(name, func(t *testing.T) {
			at, ok := Find(c.in, c.seed)
			if at != c.at || ok != c.ok {
				t.Errorf("found at %v %v, want %v %v", at, ok, c.at, c.ok)
			}
		})
	}
}

func TestColoursDiffer(t *testing.T) {
	seen := map[color.RGBA]bool{}
	for row := range Cells {
		for column := range Cells {
			seen[colour(column, row, 3)] = true
		}
	}
	if len(seen) != Cells*Cells {
		t.Errorf("%d different colours, want %d", len(seen), Cells*Cells)
	}
}
