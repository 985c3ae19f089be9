package film

import (
	"bytes"
	"encoding/json"
	"errors"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/beistand/beistand/session/codec/codectest"
	"github.com/beistand/beistand/session/pixel"
)

var size = image.Pt(322, 241)

// need skips what cannot record.
func need(t *testing.T, programs ...string) {
	t.Helper()
	if !Can() {
		t.Skip("this build cannot record")
	}
	for _, p := range programs {
		if _, err := exec.LookPath(p); err != nil {
			t.Skip(err)
		}
	}
}

// probed is what ffprobe says of a file.
type probed struct {
	Streams []struct {
		Codec  string `json:"codec_name"`
		Space  string `json:"color_space"`
		Range  string `json:"color_range"`
		Width  int    `json:"width"`
		Height int    `json:"height"`
		Frames string `json:"nb_read_frames"`
	}
	Frames []struct {
		Time string `json:"best_effort_timestamp_time"`
		Key  int    `json:"key_frame"`
	}
	Format struct{ Duration string }
}

// probe decodes a whole file; it must give no complaint when clean.
func probe(t *testing.T, name string, clean bool) probed {
	t.Helper()
	cmd := exec.Command("ffprobe", "-v", "error", "-count_frames", "-show_streams", "-show_format", "-show_frames", "-of", "json", name)
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil || clean && complaint.Len() > 0 {
		t.Fatalf("ffprobe: %v: %s", err, &complaint)
	}
	var p probed
	if err := json.Unmarshal(out, &p); err != nil {
		t.Fatal(err)
	}
	if len(p.Streams) != 1 || p.Streams[0].Codec != "vp9" {
		t.Fatalf("the streams are %+v", p.Streams)
	}
	return p
}

// sharp makes ffmpeg's colours exact.
const sharp = "scale=flags=accurate_rnd+full_chroma_int"

// shown is the picture of a file that stands at a time: until the next frame.
func shown(t *testing.T, name string, at time.Duration, size image.Point) *pixel.Bitmap {
	t.Helper()
	from := strconv.FormatFloat(at.Seconds(), 'f', 3, 64)
	return decoded(t, name, size, "-vf", "fps=20,trim=start="+from+","+sharp, "-frames:v", "1")
}

// decoded is the last picture that ffmpeg gives.
func decoded(t *testing.T, name string, size image.Point, args ...string) *pixel.Bitmap {
	t.Helper()
	args = append([]string{"-v", "error", "-i", name}, args...)
	out, err := exec.Command("ffmpeg", append(args, "-f", "rawvideo", "-pix_fmt", "bgra", "-")...).Output()
	if err != nil || len(out) < 4*size.X*size.Y {
		t.Fatalf("ffmpeg gave %d bytes: %v", len(out), err)
	}
	out = out[len(out)-4*size.X*size.Y:]
	p := pixel.New(image.Rectangle{Max: size})
	for i := range p.Pix {
		p.Pix[i] = uint32(out[4*i]) | uint32(out[4*i+1])<<8 | uint32(out[4*i+2])<<16
	}
	return p
}

// play records frames that draw makes, times apart, in virtual time, and gives
// the file.
func play(t *testing.T, o Options, frames int, apart time.Duration, draw func(i int) (*pixel.Bitmap, []image.Rectangle)) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "seen.webm")
	synctest.Test(t, func(t *testing.T) {
		f, err := os.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		w, err := NewWriter(f, size, o)
		if err != nil {
			t.Fatal(err)
		}
		for i := range frames {
			p, changed := draw(i)
			if err := w.Add(p, changed, time.Now()); err != nil {
				t.Fatal(err)
			}
			time.Sleep(apart)
			synctest.Wait()
		}
		for range 2 {
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Add(pixel.New(image.Rect(0, 0, 1, 1)), nil, time.Now()); !errors.Is(err, ErrClosed) {
			t.Errorf("after the end: %v", err)
		}
	})
	return name
}

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
