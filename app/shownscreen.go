//go:build !headless

package app

import (
	"errors"
	"fmt"
	"image"
	"image/draw"
	"slices"
	"sync"

	"github.com/beistand/beistand/diag"
	"github.com/beistand/beistand/session/screen"
)

// shownScreen is the screen without what the profile never shows, and without
// anything while it is locked.
type shownScreen struct {
	screen.Source // all of it
	raw           screen.Source
	one           *screen.Limited // the window that was asked for last

	mu     sync.Mutex // guards what follows, and one's scope
	window uint32
}

// hidden are the windows that a profile never shows.
func hidden(p *diag.Profile) []screen.Hidden {
	var all []screen.Hidden
	for _, b := range p.Session.Blank {
		all = append(all, screen.Hidden(b))
	}
	return all
}

// withWindows is a shownScreen whose single windows can be shown.
type withWindows struct{ *shownScreen }

// newShownScreen takes raw over: closing it closes raw.
func newShownScreen(raw screen.Source, hide []screen.Hidden) screen.Source {
	all := screen.Limit(raw, hide)
	all.Choose(screen.Scope{All: true})
	s := &shownScreen{Source: all, raw: raw, one: screen.Limit(raw, hide)}
	_, windows := raw.(screen.WindowSource)
	if _, views := raw.(screen.ViewSource); windows && views {
		return withWindows{s}
	}
	return s
}

// Windows is part of screen.WindowSource.
func (s withWindows) Windows() ([]screen.Window, error) { return s.raw.(screen.WindowSource).Windows() }

// GrabWindow is part of screen.WindowSource: the window's place in a picture
// of the desktop in which everything else is black.
func (s withWindows) GrabWindow(id uint32) (screen.WindowPicture, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	list, err := s.Windows()
	if err != nil {
		return screen.WindowPicture{}, err
	}
	i := slices.IndexFunc(list, func(w screen.Window) bool { return w.ID == id })
	if i < 0 {
		return screen.WindowPicture{}, screen.ErrNoWindow
	}
	if s.window != id {
		s.one.Choose(screen.Scope{Windows: []uint32{id}})
		s.window = id
	}
	monitors, err := s.one.Monitors()
	if err != nil {
		return screen.WindowPicture{}, err
	}
	bounds := list[i].Bounds
	p := screen.WindowPicture{Image: image.NewRGBA(image.Rectangle{Max: bounds.Size()}), Bounds: bounds}
	draw.Draw(p.Image, p.Image.Rect, image.Black, image.Point{}, draw.Src)
	for _, m := range monitors {
		part := m.Bounds.Intersect(bounds)
		if part.Empty() {
			continue
		}
		whole := image.NewRGBA(image.Rectangle{Max: m.Bounds.Size()})
		switch err := s.one.Grab(m, whole); {
		case errors.Is(err, screen.ErrChanged):
			p.Missing = true
		case err != nil:
			return screen.WindowPicture{}, fmt.Errorf("read window %#x: %w", id, err)
		default:
			draw.Draw(p.Image, part.Sub(bounds.Min), whole, part.Min.Sub(m.Bounds.Min), draw.Src)
		}
	}
	return p, nil
}
