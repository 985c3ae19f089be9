//go:build cgo && linux && !headless

package film

import (
	"image"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/beistand/beistand/session/codec/codectest"
	"github.com/beistand/beistand/session/pixel"
)

// The pointer is where it was put last, alone, and what it stood over is back.
func TestPointer(t *testing.T) {
	need(t, "ffprobe", "ffmpeg")
	name := filepath.Join(t.TempDir(), "seen.webm")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w, err := NewWriter(f, size, Options{FPS: 1000})
	if err != nil {
		t.Fatal(err)
	}
	shape := &pixel.Shape{Size: image.Pt(16, 16), Hot: image.Pt(8, 8), Pix: make([]uint32, 256)}
	for i := range shape.Pix {
		shape.Pix[i] = 0xffffffff
	}
	at := time.Now()
	w.Point(shape, image.Pt(20, 20), at) // before there is a picture
	p := pixel.New(image.Rectangle{Max: size})
	p.Fill(p.Rect, 0x204060)
	if err := w.Add(p, nil, at); err != nil {
		t.Fatal(err)
	}
	for i, spot := range []image.Point{{40, 60}, {-100, 30}, size, {100, 80}} {
		w.Point(shape, spot, at.Add(time.Duration(i+1)*time.Second))
	}
	w.Point(&pixel.Shape{Size: image.Pt(9, 9)}, image.Pt(30, 30), at.Add(6*time.Second)) // has no pixels: none
	w.Point(shape, image.Pt(100, 80), at.Add(7*time.Second))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	probe(t, name, true)
	want := pixel.New(p.Rect)
	want.Copy(p, p.Rect)
	want.Fill(image.Rect(92, 72, 108, 88), 0xffffff)
	got := decoded(t, name, size, "-fps_mode", "passthrough", "-vf", sharp)
	if near := codectest.Luma(want, got); near < 36 {
		t.Errorf("%.1f dB", near)
	}
	if codectest.Luma(p, got) > 34 {
		t.Error("the pointer is not seen")
	}
}
