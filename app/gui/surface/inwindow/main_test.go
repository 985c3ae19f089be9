//go:build !headless && linux

package inwindow

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"github.com/beistand/beistand/app/demo/await"
	"github.com/beistand/beistand/app/demo/xhand"
	"github.com/beistand/beistand/app/demo/xserver"
	"github.com/beistand/beistand/app/gui/surface"
	"github.com/beistand/beistand/session/pixel"
)

// patience is how long a test waits for what should come at once.
const patience = 20 * time.Second

// program is the one that Fyne allows in a process. Its loop has the main
// goroutine, as on every desktop; the tests have another.
var program fyne.App

func TestMain(m *testing.M) {
	code, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func run(m *testing.M) (code int, err error) {
	server, err := xserver.Start(context.Background(), 2000, 1200, nil)
	if err != nil {
		return 1, err
	}
	defer server.Stop()
	for name, value := range map[string]string{"DISPLAY": server.Display, "LIBGL_ALWAYS_SOFTWARE": "1", "WAYLAND_DISPLAY": ""} {
		if err := os.Setenv(name, value); err != nil {
			return 1, err
		}
	}
	program = app.NewWithID("com.github.beistand.beistand.inwindow")
	keeper := program.NewWindow("keeper") // the loop ends with the last window
	keeper.Resize(fyne.NewSize(60, 40))
	program.Lifecycle().SetOnStarted(func() {
		go func() {
			code = m.Run()
			fyne.Do(program.Quit)
		}()
	})
	keeper.ShowAndRun()
	return code, nil
}

// opened is how many windows there were: each has a name of its own.
var opened int

// stage is a surface in a window.
type stage struct {
	*testing.T
	title   string
	hand    *xhand.Hand
	window  fyne.Window
	surface *surface.Surface
	frame   xhand.Window
	picture *pixel.Bitmap
}

// open shows a surface in a window of a size, in what wrap makes of it.
func open(t *testing.T, size fyne.Size, wrap func(fyne.CanvasObject) fyne.CanvasObject) *stage {
	t.Helper()
	opened++
	s := &stage{T: t, title: fmt.Sprintf("%s in window %d", t.Name(), opened)}
	s.reopen()
	fyne.DoAndWait(func() {
		s.surface = surface.New(fyne.Do)
		s.window = program.NewWindow(s.title)
		s.window.SetPadded(false)
		content := fyne.CanvasObject(s.surface)
		if wrap != nil {
			content = wrap(content)
		}
		s.window.SetContent(content)
		s.window.Resize(size)
		s.window.Show()
	})
	t.Cleanup(func() {
		s.surface.Close()
		fyne.DoAndWait(s.window.Close)
	})
	s.find()
	return s
}

// reopen looks at the display through a connection of its own.
func (s *stage) reopen() {
	s.Helper()
	hand, err := xhand.Open(os.Getenv("DISPLAY"))
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(hand.Close)
	s.hand = hand
}

// find waits for the window and brings it to the front.
func (s *stage) find() {
	s.Helper()
	var err error
	if s.frame, err = s.hand.Find(s.Context(), patience, os.Getpid(), s.title); err != nil {
		s.Fatal(err)
	}
	if err := s.hand.Activate(s.Context(), s.frame); err != nil {
		s.Fatal(err)
	}
}

// show gives the surface a picture with a pattern.
func (s *stage) show(w, h int) {
	s.picture = pattern(w, h)
	s.surface.Update(s.picture, nil)
}

// pattern has no two places that look alike.
func pattern(w, h int) *pixel.Bitmap {
	p := pixel.New(image.Rect(0, 0, w, h))
	for y := range h {
		row := p.Row(y, 0, w)
		for x := range row {
			row[x] = uint32(x*7+y*3)&0xff<<16 | uint32(x*x/64+y)&0xff<<8 | uint32(y*5^x)&0xff
		}
	}
	return p
}

// until waits until the part of the window's picture is so.
func (s *stage) until(what string, so func(seen *image.RGBA) bool) *image.RGBA {
	s.Helper()
	var seen *image.RGBA
	err := await.Until(s.Context(), patience, what, func() (bool, error) {
		bounds, err := s.hand.Bounds(s.frame)
		if err != nil {
			return false, err
		}
		if seen, err = s.hand.Look(bounds); err != nil {
			return false, err
		}
		seen.Rect = seen.Rect.Sub(seen.Rect.Min)
		return so(seen), nil
	}, nil)
	if seen != nil && (err != nil || os.Getenv("INWINDOW_PICTURES") != "") {
		s.keep(seen, what)
	}
	if err != nil {
		s.Fatal(err)
	}
	return seen
}

// keep writes a picture where a person can look at it.
func (s *stage) keep(m image.Image, what string) {
	folder := os.Getenv("INWINDOW_PICTURES")
	if folder == "" {
		folder = os.TempDir()
	}
	f, err := os.Create(filepath.Join(folder, strings.ReplaceAll(s.Name(), "/", " ")+" "+what+".png"))
	if err != nil {
		s.Error(err)
		return
	}
	defer f.Close()
	if err := png.Encode(f, m); err != nil {
		s.Error(err)
	}
}

// same says whether what is seen at a place is a part of a picture, pixel for pixel.
func same(seen *image.RGBA, at image.Point, p *pixel.Bitmap, part image.Rectangle) bool {
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			v := p.Row(y, x, x+1)[0]
			if seen.RGBAAt(at.X+x-part.Min.X, at.Y+y-part.Min.Y) != (color.RGBA{R: byte(v >> 16), G: byte(v >> 8), B: byte(v), A: 255}) {
				return false
			}
		}
	}
	return true
}
