package film

import (
	"fmt"
	"image"
	"time"
)

// Scene draws a repeatable film. Being repeatable, it also tells a watcher what
// frame i should look like.
type Scene interface {
	// Step draws frame i on f, over frame i-1, and returns the rectangles that
	// it changed; frame 0 draws everything.
	Step(f *Frame, i int) []image.Rectangle
	// Period is the time from one frame to the next; 0: there is only the first.
	Period() time.Duration
}

// Names are all scenes.
func Names() []string {
	return []string{"typing", "scroll", "drag", "video", "switch", "idle", "still"}
}

// New begins a scene.
func New(name string) (Scene, error) {
	t, err := newTypeface(15)
	if err != nil {
		return nil, err
	}
	ed := editor{t, light}
	switch name {
	case "typing":
		return &typing{editor: ed}, nil
	case "scroll":
		return &scroll{editor: editor{ed.t, dark}}, nil
	case "idle":
		return &idle{ed}, nil
	case "still":
		return &still{ed}, nil
	case "drag":
		return &drag{editor: ed}, nil
	case "video":
		return &video{editor: ed}, nil
	case "switch":
		small, err := newTypeface(13)
		if err != nil {
			return nil, err
		}
		large, err := newTypeface(18)
		return &pages{faces: []*typeface{small, ed.t, large}}, err
	}
	return nil, fmt.Errorf("no scene %q, only %v", name, Names())
}

// Moving is where a scene shows a film, empty if nowhere: the rest is judged apart.
func Moving(s Scene, w, h int) image.Rectangle {
	if _, ok := s.(*video); ok {
		return filmArea(w, h)
	}
	return image.Rectangle{}
}

const barH = 32 // the title and status bars, which the markers lie in

// content is the screen without its two bars.
func content(f *Frame) image.Rectangle { return image.Rect(0, barH, f.W, f.H-barH) }

type editor struct {
	t  *typeface
	th theme
}

// desk draws the whole screen: bars and a page of text.
func (e editor) desk(f *Frame, first int) []image.Rectangle {
	f.fill(f.Bounds(), e.th.bar)
	e.t.page(f, content(f), first, e.th)
	return []image.Rectangle{f.Bounds()}
}

// idle shows a still page and a clock.
type idle struct{ editor }

func (s *idle) Period() time.Duration { return time.Second }

func (s *idle) Step(f *Frame, i int) []image.Rectangle {
	var all []image.Rectangle
	if i == 0 {
		all = s.desk(f, 100)
	}
	bar := s.th
	bar.bg = bar.bar
	x := f.W - 200
	s.t.text(f, x, 6, fmt.Sprintf("%02d:%02d:%02d", i/3600, i/60%60, i%60), bar)
	return append(all, image.Rect(x, 0, f.W, barH))
}

// still shows one page, on which nothing ever changes.
type still struct{ editor }

func (s *still) Period() time.Duration { return 0 }

func (s *still) Step(f *Frame, i int) []image.Rectangle {
	if i > 0 {
		return nil
	}
	return s.desk(f, 100)
}

// pages replaces the whole screen by another page of text every two seconds.
type pages struct{ faces []*typeface }

func (s *pages) Period() time.Duration { return 2 * time.Second }

func (s *pages) Step(f *Frame, i int) []image.Rectangle {
	th := light
	if i%2 == 1 {
		th = dark
	}
	return editor{s.faces[i%len(s.faces)], th}.desk(f, i*61)
}
