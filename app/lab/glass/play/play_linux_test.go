package play

import (
	"context"
	"image"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/beistand/beistand/app/lab/glass/film"
	"github.com/beistand/beistand/app/lab/glass/tally"
	"github.com/beistand/beistand/session/x11/x11test"
)

// TestHarness paints on one display, copies it to another and watches that:
// every frame must be found as it was painted.
func TestHarness(t *testing.T) {
	from, to := x11test.Start(t, "1280x720x24"), x11test.Start(t, "1280x720x24")
	ctx, cancel := context.WithCancel(t.Context())
	copied := make(chan error, 1)
	go func() { copied <- Copy(ctx, from, to, 0) }()
	for scene, length := range map[string]time.Duration{"typing": time.Second, "switch": 4 * time.Second, "still": time.Second} {
		r := run(t, from, to, scene, length)
		if scene != "still" && (r.Latency.N < 1 || r.Latency.P50 <= 0 || r.Missing > r.Latency.N/2) {
			t.Errorf("%s: %+v", scene, r)
		}
		if r.Shots == 0 || r.Quality.PSNRRGB != film.MaxPSNR {
			t.Errorf("%s: a copy is not called the same: %d screenshots, %+v", scene, r.Shots, r.Quality)
		}
		if scene == "switch" && (r.LosslessPages == "" || r.Lossless.P50 >= 2000) {
			t.Errorf("pages as painted: %s, after %v ms", r.LosslessPages, r.Lossless.P50)
		}
	}
	cancel()
	if err := <-copied; err != nil {
		t.Error(err)
	}
}

var runs uint16

func run(t *testing.T, from, to, scene string, length time.Duration) (r tally.Result) {
	t.Helper()
	runs += 500
	logs := [2]*os.File{}
	for i, name := range []string{"paint", "watch"} {
		var err error
		if logs[i], err = os.Create(filepath.Join(t.TempDir(), name)); err != nil {
			t.Fatal(err)
		}
		defer logs[i].Close()
	}
	painted := make(chan error, 1)
	go func() {
		painted <- Painter{Display: from, Scene: scene, Length: length, First: runs, Log: logs[0]}.Paint(t.Context())
	}()
	w := Watcher{Display: to, Scene: scene, Size: image.Pt(1280, 720), Length: length + 300*time.Millisecond, First: runs, Log: logs[1]}
	if err := w.Watch(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-painted; err != nil {
		t.Fatal(err)
	}
	r.Scene = scene
	if err := r.ReadLogs(logs[0].Name(), logs[1].Name(), 0, math.MaxInt64); err != nil {
		t.Fatal(err)
	}
	return r
}
