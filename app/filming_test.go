//go:build cgo && linux && !headless

package app

import (
	"context"
	"errors"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/film"
	"github.com/beistand/beistand/session/pixel"
	"github.com/beistand/beistand/session/rights"
)

// filmedSession is a session of which a film is kept.
type filmedSession struct {
	*supporting
	leave context.CancelFunc
	to    func(*pixel.Bitmap, []image.Rectangle) // what is given the pictures; nil: nothing is
	seen  *pixel.Bitmap
	over  chan page.FilmEnd
	path  string
}

func newFilmed(t *testing.T) *filmedSession {
	t.Helper()
	if !film.Can() {
		t.Fatal("this build cannot record: it needs C and libvpx")
	}
	f := &filmedSession{over: make(chan page.FilmEnd, 1), path: filepath.Join(t.TempDir(), "seen.webm")}
	f.supporting = &supporting{log: logrus.New(), window: page.Watching{
		Notify: func(page.Standing) {}, Cursor: func(*pixel.Shape, image.Point) {},
	}}
	f.ctx, f.leave = context.WithCancel(t.Context())
	f.filmed = func(to func(*pixel.Bitmap, []image.Rectangle)) error {
		if to == nil {
			return nil
		}
		f.to = to
		if f.seen != nil {
			to(f.seen, []image.Rectangle{f.seen.Rect})
		}
		return nil
	}
	t.Cleanup(func() { f.leave(); f.work.Wait() })
	return f
}

// shows is a picture that is seen.
func (f *filmedSession) shows(colour uint32) {
	f.seen = pixel.New(image.Rect(0, 0, 320, 200))
	f.seen.Fill(f.seen.Rect, 0x203040)
	f.seen.Fill(image.Rect(100, 50, 220, 150), colour)
	if f.to != nil {
		f.to(f.seen, []image.Rectangle{f.seen.Rect})
	}
}

func (f *filmedSession) begin(t *testing.T) {
	t.Helper()
	if err := f.Film(f.path, func(e page.FilmEnd) { f.over <- e }); err != nil {
		t.Fatal(err)
	}
}

// last is the middle of the film's last picture, once it plays from end to end.
func last(t *testing.T, path string) (middle, edge uint32) {
	t.Helper()
	for _, p := range []string{"ffprobe", "ffmpeg"} {
		if _, err := exec.LookPath(p); err != nil {
			t.Fatalf("%v: install it with \".ci/packages test\"", err)
		}
	}
	if out, err := exec.Command("ffprobe", "-v", "error", "-show_frames", "-of", "csv", path).CombinedOutput(); err != nil || strings.Contains(string(out), "rror") {
		t.Fatalf("ffprobe: %v: %s", err, out)
	}
	out, err := exec.Command("ffmpeg", "-v", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", "bgra", "-").Output()
	if err != nil || len(out) < 320*200*4 {
		t.Fatalf("ffmpeg gave %d bytes: %v", len(out), err)
	}
	out = out[len(out)-320*200*4:]
	at := func(x, y int) uint32 {
		b := out[4*(y*320+x):]
		return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16
	}
	return at(160, 100), at(10, 10)
}

// near says whether two colours are alike in each channel.
func near(a, b uint32) bool {
	for shift := 0; shift < 24; shift += 8 {
		if d := int(a>>shift&0xff) - int(b>>shift&0xff); d < -12 || d > 12 {
			return false
		}
	}
	return true
}

// A film begins with what is seen already and ends when it is told to, with the
// right, with the session; then it plays, and shows what was seen, of nobody's
// business but the supporter's.
func TestFilms(t *testing.T) {
	both := rights.Of(rights.See, rights.Film)
	for name, c := range map[string]struct {
		end   func(*filmedSession)
		right bool
	}{
		"ended":          {(*filmedSession).EndFilm, false},
		"session's end":  {func(f *filmedSession) { f.leave() }, false},
		"no film":        {func(f *filmedSession) { f.notify(session.Event{Rights: rights.Of(rights.See)}) }, true},
		"not seen":       {func(f *filmedSession) { f.notify(session.Event{Rights: rights.Of(rights.Film)}) }, true},
		"more than once": {func(f *filmedSession) { f.notify(session.Event{}); f.EndFilm(); f.notify(session.Event{}) }, true},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFilmed(t)
			f.shows(0x804020)
			f.begin(t)
			f.notify(session.Event{Rights: both, Held: session.HoldPaused}) // a pause is no end
			if err := f.Film(filepath.Join(t.TempDir(), "other.webm"), nil); !errors.Is(err, session.ErrBusy) {
				t.Errorf("a second film: %v", err)
			}
			f.shows(0x20c060)
			c.end(f)
			if name != "session's end" { // which comes when the film hears of it
				f.shows(0xffffff) // after the end: not in the film
			}
			e := <-f.over
			if e.Path != f.path || e.Right != c.right || e.Why != nil {
				t.Errorf("it ended as %+v", e)
			}
			if middle, edge := last(t, f.path); !near(middle, 0x20c060) || !near(edge, 0x203040) {
				t.Errorf("the last picture is %#x, with %#x around", middle, edge)
			}
			if info, err := os.Stat(f.path); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("the file: %v, %v", info.Mode(), err)
			}
		})
	}
}

// tightDisk is a disk that is full after so many bytes.
type tightDisk struct {
	*os.File
	left int
}

func (s *tightDisk) Write(b []byte) (int, error) {
	if s.left -= len(b); s.left < 0 {
		return 0, syscall.ENOSPC
	}
	return s.File.Write(b)
}

// A disk that is full ends a film by itself and says so; what is there plays.
func TestFilmOnAFullDisk(t *testing.T) {
	for name, c := range map[string]struct {
		room int
		path bool
	}{
		"later":   {20_000, true},
		"at once": {100, false},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFilmed(t)
			r, err := newReel(f.path)
			if err != nil {
				t.Fatal(err)
			}
			r.out = &tightDisk{r.file, c.room}
			f.shows(0)
			if err := f.keep(r, func(e page.FilmEnd) { f.over <- e }); err != nil {
				t.Fatal(err)
			}
			var e page.FilmEnd
			for i := uint32(0); e == (page.FilmEnd{}); i++ {
				f.shows(i * 2654435761 & 0xffffff)
				select {
				case e = <-f.over:
				case <-time.After(time.Millisecond): // the next picture
				}
			}
			if !errors.Is(e.Why, syscall.ENOSPC) || e.Path != "" != c.path {
				t.Fatalf("it ended as %+v", e)
			}
			if c.path {
				last(t, f.path)
			} else if _, err := os.Stat(f.path); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("an empty file stays: %v", err)
			}
		})
	}
}

// Without a picture, a right or a folder there is no film, and no file either.
func TestNoFilm(t *testing.T) {
	f := newFilmed(t)
	f.begin(t)
	f.EndFilm()
	if e := <-f.over; e != (page.FilmEnd{}) {
		t.Errorf("nothing was seen, and it ended as %+v", e)
	}
	f.filmed = func(func(*pixel.Bitmap, []image.Rectangle)) error { return session.ErrNoRight }
	if err := f.Film(f.path, nil); !errors.Is(err, session.ErrNoRight) {
		t.Errorf("without the right: %v", err)
	}
	if err := f.Film(filepath.Join(f.path, "none", "a.webm"), nil); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("without a folder: %v", err)
	}
	if left, err := os.ReadDir(filepath.Dir(f.path)); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}
