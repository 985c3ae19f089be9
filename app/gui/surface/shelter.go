//go:build !headless

package surface

import (
	"image"

	"fyne.io/fyne/v2"
)

// shelter is what a surface knows of its window. It belongs to the user
// interface's thread.
type shelter struct {
	looking, met bool
	under        bool // something of Fyne's lies over it, it was told
	home         fyne.Canvas
}

// SetUnder says whether something else of the page lies over it. Dialogs, menus
// and what else lies above the whole window it finds by itself.
func (s *Surface) SetUnder(on bool) {
	s.under = on
	s.Look()
}

// Position is part of fyne.CanvasObject. Fyne asks for it whenever it paints,
// which is when a surface can be moved, covered or uncovered: before the window
// is painted, so that what is to be painted with it is ready.
func (s *Surface) Position() fyne.Position {
	if s.looking {
		s.met = true
	} else {
		s.Look()
	}
	return s.BaseWidget.Position()
}

// Look finds out anew whether and where it can be seen. It need not be called,
// but what takes its place in a window is uncovered at once with it.
func (s *Surface) Look() {
	s.looking, s.met = true, false
	defer func() { s.looking = false }()
	driver := fyne.CurrentApp().Driver()
	home := driver.CanvasForObject(s)
	if home == nil {
		return
	}
	at := driver.AbsolutePositionForObject(s) // finds it only where it is visible
	x, y := home.PixelCoordinateForPosition(at)
	s.settle(home, image.Pt(x, y), !s.under && home.Overlays().Top() == nil)
}

// settle takes where it is, and whether nothing of Fyne's lies over it.
func (s *Surface) settle(home fyne.Canvas, at image.Point, free bool) {
	if free && s.met && s.home == nil {
		s.home = home
		if w := windowOf(home); w != nil {
			s.begin(opener(w))
		}
	}
	s.mu.Lock()
	hidden := !free || !s.met || s.home != home
	again := s.gone && s.met
	s.gone = !s.met
	covered, moved := hidden && !s.hidden, s.at != at || s.hidden != hidden
	rest := s.mapped && !hidden && s.painted != nil
	s.at, s.hidden = at, hidden
	if covered {
		s.mapped, s.kept = false, false // from now on Fyne paints
	}
	if rest {
		s.painted, s.kept = nil, false
	}
	s.mu.Unlock()
	if covered || rest || again {
		s.raster.Refresh()
	}
	if moved {
		s.poke()
	}
}

// windowOf is the window that a canvas is in, or nil.
func windowOf(c fyne.Canvas) fyne.Window {
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		if w.Canvas() == c {
			return w
		}
	}
	return nil
}
