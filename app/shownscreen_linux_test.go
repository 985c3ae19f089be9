//go:build !headless

package app

import (
	"image"
	"image/color"
	"slices"
	"strings"
	"testing"

	"github.com/beistand/beistand/diag"
	"github.com/beistand/beistand/session/screen"
)

// TestWhatTheProfileNeverShows holds on a real display that a window that the
// profile names is black, in the picture of all and by itself.
func TestWhatTheProfileNeverShows(t *testing.T) {
	desktop(t)
	raw, err := screen.Open()
	if err != nil {
		t.Fatal(err)
	}
	p := &diag.Profile{}
	p.Session.Blank = []diag.Blank{{Title: "*offers*"}}
	s := newShownScreen(raw, hidden(p)).(withWindows)
	defer s.Close()
	s.Choose(screen.Scope{All: true})
	monitors, err := s.Monitors()
	if err != nil {
		t.Fatal(err)
	}
	picture := image.NewRGBA(image.Rectangle{Max: monitors[0].Bounds.Size()})
	if err := s.Grab(monitors[0], picture); err != nil {
		t.Fatal(err)
	}
	black := color.RGBA{A: 0xff}
	if got := picture.RGBAAt(100, 80); got != black {
		t.Errorf("the window is %v in the picture of its monitor", got)
	}
	list, err := s.Windows()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, w := range list {
		s.Choose(screen.Scope{Windows: []uint32{w.ID}})
		middle := w.Bounds.Min.Add(w.Bounds.Size().Div(2))
		i := slices.IndexFunc(monitors, func(m screen.Monitor) bool { return middle.In(m.Bounds) })
		picture := image.NewRGBA(image.Rectangle{Max: monitors[i].Bounds.Size()})
		if err := s.Grab(monitors[i], picture); err != nil {
			t.Fatal(err)
		}
		middle = middle.Sub(monitors[i].Bounds.Min)
		got := picture.RGBAAt(middle.X, middle.Y)
		switch {
		case strings.Contains(w.Title, "Offers"):
			seen++
			if got != black {
				t.Errorf("the hidden window is %v by itself", got)
			}
		case strings.Contains(w.Title, "Orders"):
			seen++
			if want := (color.RGBA{0x10, 0x20, 0xe0, 0xff}); got != want {
				t.Errorf("the other window is %v, want %v", got, want)
			}
		}
	}
	if seen != 2 {
		t.Errorf("%d windows are listed: %+v", seen, list)
	}
}
