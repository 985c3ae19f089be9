//go:build !headless

package surface

import (
	"image"
	"time"

	"fyne.io/fyne/v2"
)

// blank is seen through.
var blank = image.NewRGBA(image.Rect(0, 0, 1, 1))

// paint gives what Fyne's raster shows: nothing while the display does. It
// converts only what has changed since it was called last.
func (s *Surface) paint(int, int) image.Image {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := &s.frame
	if s.mapped || f.back == nil || f.view.place.Empty() {
		return blank
	}
	shown := f.view.shown()
	if s.painted == nil || s.painted.Rect != shown {
		s.painted, s.kept = image.NewRGBA(shown), false
	}
	if f.lent != nil {
		f = f.beside()
	} else if f.use(false); !s.kept {
		f.owed.add(shown)
		s.kept = true
	}
	for _, p := range f.take().puts {
		p.from.Give(s.painted, p.rect)
	}
	if !s.since.IsZero() {
		s.shown(s.since)
		s.since = time.Time{}
	}
	return s.painted
}

// CreateRenderer is part of fyne.Widget.
func (s *Surface) CreateRenderer() fyne.WidgetRenderer { return &renderer{s} }

// MinSize is part of fyne.CanvasObject.
func (s *Surface) MinSize() fyne.Size { return fyne.NewSquareSize(32) }

type renderer struct{ surface *Surface }

func (r *renderer) Layout(fyne.Size)   { r.surface.arrange() }
func (r *renderer) MinSize() fyne.Size { return fyne.NewSquareSize(32) }

func (r *renderer) Refresh() {
	r.surface.arrange()
	r.surface.raster.Refresh()
}

func (r *renderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.surface.raster, r.surface.across, r.surface.down}
}

func (r *renderer) Destroy() {}

var _ fyne.Widget = (*Surface)(nil)
