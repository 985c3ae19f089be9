//go:build cgo && linux && !headless

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

	"github.com/beistand/beistand/session/pixel"
)

// need fails where nothing can be recorded, or a program lacks that tests have by ".ci/packages test".
func need(t *testing.T, programs ...string) {
	t.Helper()
	if !Can() {
		t.Fatal("this build cannot record: it needs C and libvpx")
	}
	for _, p := range programs {
		if _, err := exec.LookPath(p); err != nil {
			t.Fatalf("%v: install it with \".ci/packages test\"", err)
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
			<-time.After(apart) // of the bubble's own time
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
