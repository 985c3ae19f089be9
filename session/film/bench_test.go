package film

import (
	"image"
	"io"
	"testing"
	"time"

	"github.com/beistand/beistand/session/codec/codectest"
	"github.com/beistand/beistand/session/pixel"
)

// BenchmarkAdd is what a recording costs whoever shows the screen, for the
// whole of 1920x1080 and for a line of text. The limit of a frame is 33 ms.
func BenchmarkAdd(b *testing.B) {
	if !Can() {
		b.Skip("this build cannot record")
	}
	page := pixel.New(image.Rect(0, 0, 1920, 1080))
	codectest.Text(page, 1)
	for name, r := range map[string]image.Rectangle{"whole": page.Rect, "line": image.Rect(100, 500, 900, 519)} {
		b.Run(name, func(b *testing.B) {
			w, err := NewWriter(io.Discard, page.Rect.Size(), Options{})
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if err := w.Add(page, []image.Rectangle{r}, time.Now()); err != nil {
					b.Fatal(err)
				}
			}
			b.StopTimer()
			if err := w.Close(); err != nil {
				b.Fatal(err)
			}
		})
	}
}
