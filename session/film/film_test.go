//go:build cgo && linux && !headless

package film

import (
	"image"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/beistand/beistand/session/codec/codectest"
	"github.com/beistand/beistand/session/pixel"
)

var size = image.Pt(322, 241)

// What was seen is what players show, when it was seen, in all of its length.
func TestPlays(t *testing.T) {
	need(t, "ffprobe", "ffmpeg")
	pages := make([]*pixel.Bitmap, 4)
	for i := range pages {
		pages[i] = pixel.New(image.Rectangle{Max: size})
		codectest.Text(pages[i], i*11)
	}
	name := play(t, Options{Key: time.Second}, len(pages), 4*time.Second, func(i int) (*pixel.Bitmap, []image.Rectangle) { return pages[i], nil })
	p := probe(t, name, true)
	if s := p.Streams[0]; s.Width != size.X || s.Height != size.Y || s.Range != "tv" || s.Space != "smpte170m" && s.Space != "bt470bg" {
		t.Errorf("the stream is %+v", s)
	}
	if d, err := strconv.ParseFloat(p.Format.Duration, 64); err != nil || d < 15.9 || d > 16.2 {
		t.Errorf("it lasts %s s, not 16", p.Format.Duration)
	}
	if n := len(p.Frames); n != len(pages)+1 { // the last stands to the end
		t.Errorf("%d frames", n)
	}
	for i, want := range pages {
		for _, after := range []time.Duration{50, 3500} {
			at := time.Duration(i)*4*time.Second + after*time.Millisecond
			got := codectest.Luma(want, shown(t, name, at, size))
			t.Logf("at %v %.1f dB", at, got)
			if got < 44 {
				t.Errorf("at %v %.1f dB", at, got)
			}
		}
	}
}

// What moves is recorded so often at most, with places to jump to.
func TestRate(t *testing.T) {
	need(t, "ffprobe")
	film := codectest.NewFilm(size)
	src := pixel.New(image.Rectangle{Max: size})
	name := play(t, Options{FPS: 10, Key: 2 * time.Second}, 300, time.Second/30, func(i int) (*pixel.Bitmap, []image.Rectangle) {
		film.Frame(src, i)
		return src, nil
	})
	p := probe(t, name, true)
	keys, last := 0, -1.0
	for _, f := range p.Frames {
		at, err := strconv.ParseFloat(f.Time, 64)
		if err != nil || at <= last {
			t.Errorf("a frame at %q after one at %v", f.Time, last)
		}
		last = at
		keys += f.Key
	}
	if n := len(p.Frames); n < 70 || n > 103 {
		t.Errorf("%d frames in 10 s", n)
	}
	if keys < 4 || keys > 6 {
		t.Errorf("%d keyframes in 10 s", keys)
	}
}

// A picture that changes its size stays whole, in the middle of the first one's.
func TestSizes(t *testing.T) {
	need(t, "ffprobe", "ffmpeg")
	all := []image.Rectangle{{Max: size}, image.Rect(0, 0, 100, 50), image.Rect(5, 5, 5+2*size.X, 5+size.Y)}
	colours := []uint32{0x808080, 0xffffff, 0x3465a4}
	name := play(t, Options{}, len(all), 3*time.Second, func(i int) (*pixel.Bitmap, []image.Rectangle) {
		p := pixel.New(all[i])
		p.Fill(p.Rect, colours[i])
		return p, nil
	})
	probe(t, name, true)
	for i, r := range all {
		want := pixel.New(image.Rectangle{Max: size})
		want.Fill(within(want.Rect, r.Size()), colours[i])
		if got := codectest.Luma(want, shown(t, name, time.Duration(3*i+2)*time.Second, size)); got < 34 {
			t.Errorf("a picture of %v: %.1f dB", r.Size(), got)
		}
	}
}

// gate is a file that can be held up.
type gate struct {
	*os.File
	open chan struct{}
}

func (g *gate) Write(b []byte) (int, error) {
	<-g.open
	return g.File.Write(b)
}

// Whoever shows the screen never waits for a slow disk, and what it showed
// meanwhile is not lost: the last of it comes when there is room.
func TestNeverWaits(t *testing.T) {
	need(t, "ffprobe", "ffmpeg")
	name := filepath.Join(t.TempDir(), "seen.webm")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	g := &gate{f, make(chan struct{}, 1)}
	g.open <- struct{}{} // for the header
	w, err := NewWriter(g, size, Options{FPS: 1000})
	if err != nil {
		t.Fatal(err)
	}
	p := pixel.New(image.Rectangle{Max: size})
	start := time.Now()
	for i := range 100 { // a goroutine that waited would wait for ever
		p.Fill(image.Rect(0, 0, size.X, 2*i), 0x408040)
		if err := w.Add(p, []image.Rectangle{image.Rect(0, 0, size.X, 2*i), image.Rect(-9, -9, 1, 1)}, start.Add(time.Duration(i)*100*time.Millisecond)); err != nil {
			t.Fatal(err)
		}
	}
	close(g.open)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	frames := probe(t, name, true).Frames
	if n := len(frames); n < 2 || n > 5 {
		t.Fatalf("%d frames", n)
	}
	if got := codectest.Luma(p, decoded(t, name, size, "-fps_mode", "passthrough", "-vf", sharp)); got < 40 {
		t.Errorf("the last picture: %.1f dB", got)
	}
}
