package person

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"maps"
	"os"
	"slices"
	"time"
)

// paintTime is how long a busy machine may take to paint what a window shows:
// until then an old page stands as still as a new one.
const paintTime = 4 * time.Second

// Portrait writes the program's first window, with its frame and once it has
// come to rest, as a PNG that is small: of its colours the 256 most frequent
// are kept, and the others become the nearest of them.
func (p *Person) Portrait(ctx context.Context, path string) error {
	w, err := p.Main(ctx)
	if err != nil {
		return err
	}
	if err := p.Hand.Activate(ctx, w); err != nil {
		return err
	}
	paint := time.NewTimer(paintTime)
	defer paint.Stop()
	select {
	case <-paint.C:
	case <-ctx.Done():
		return ctx.Err()
	}
	frame, err := p.Hand.Frame(w)
	if err != nil {
		return err
	}
	wide, high := p.Hand.Size()
	picture, err := p.Hand.Settled(ctx, stillLimit, frame.Intersect(image.Rect(0, 0, wide, high)))
	if err != nil {
		return err
	}
	few := image.NewPaletted(picture.Rect, frequent(picture, 256))
	draw.Draw(few, few.Rect, picture, picture.Rect.Min, draw.Src)
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, few); err != nil {
		return fmt.Errorf("write picture %s: %w", path, err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		return fmt.Errorf("write picture: %w", err)
	}
	return nil
}

// frequent are the most frequent colours of a picture.
func frequent(m *image.RGBA, most int) color.Palette {
	count := map[color.RGBA]int{}
	for y := m.Rect.Min.Y; y < m.Rect.Max.Y; y++ {
		for x := m.Rect.Min.X; x < m.Rect.Max.X; x++ {
			count[m.RGBAAt(x, y)]++
		}
	}
	all := slices.SortedFunc(maps.Keys(count), func(a, b color.RGBA) int {
		return cmp.Or(count[b]-count[a], int(a.R)-int(b.R), int(a.G)-int(b.G), int(a.B)-int(b.B))
	})
	var kept color.Palette
	for _, c := range all[:min(most, len(all))] {
		kept = append(kept, c)
	}
	return kept
}
