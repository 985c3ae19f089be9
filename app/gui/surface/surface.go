//go:build !headless

package surface

import (
	"image"
	"sync"
	"time"

	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/session/pixel"
)

// Surface shows a picture that changes, whole in its room or pixel for pixel
// with scrolling. Where the system can (X11), it is put into a window of its
// own inside Fyne's, of which only what has changed is renewed, at once and
// past Fyne's painting; elsewhere, and while something of Fyne's lies above it,
// Fyne paints it. It must not stand in a container that scrolls. Its methods
// belong to the user interface's thread unless they say otherwise.
type Surface struct {
	widget.BaseWidget

	do           func(func())
	raster       *canvas.Raster
	across, down *bar
	shelter      // whether and where it can be seen

	wake, quit chan struct{}
	work       sync.WaitGroup
	refresh    latch

	mu      sync.Mutex // guards what is below
	frame   frame
	room    room
	at      image.Point // of the widget in its window
	hidden  bool        // Fyne has to paint it, or nobody sees it
	gone    bool        // it is not in the window now
	away    bool        // the display says that nothing can be seen
	closed  bool
	bare    bool // Clear was called
	display display
	mapped  bool // the display shows it
	kept    bool // painted holds what was shown up to now
	painted *image.RGBA
	garbage []*store
	since   time.Time // when what is not yet shown came; zero: everything is
	last    Shown

	shape *Shape      // of the other side's pointer
	tip   image.Point // where it points
	own   own
}

// Shown is when something was shown last.
type Shown struct {
	At     time.Time
	Took   time.Duration // since it was given
	Frames uint64        // so far
}

// New shows nothing yet. do brings a function to the user interface's thread,
// as fyne.Do.
func New(do func(func())) *Surface {
	s := &Surface{do: do, wake: make(chan struct{}, 1), quit: make(chan struct{})}
	s.frame.alloc, s.frame.free = heap, func(*store) {}
	s.hidden = true
	s.raster = canvas.NewRaster(s.paint)
	s.raster.ScaleMode = canvas.ImageScaleFastest
	s.across, s.down = newBar(s, false), newBar(s, true)
	s.ExtendBaseWidget(s)
	return s
}

// Update shows what p has in changed; nil is everything. It may be called from
// any goroutine and returns when p may be written to again. What is not shown
// yet when the next comes is shown with it.
func (s *Surface) Update(p *pixel.Bitmap, changed []image.Rectangle) {
	from := *p
	from.Rect = image.Rectangle{Max: p.Rect.Size()}
	s.mu.Lock()
	if s.closed || from.Rect.Empty() {
		s.mu.Unlock()
		return
	}
	f := &s.frame
	resized := f.back == nil || f.back.Rect != from.Rect
	if resized {
		f.forget()
		f.back = f.alloc(from.Rect)
	}
	fresh := []image.Rectangle{from.Rect}
	if !resized && !s.bare && changed != nil {
		fresh = make([]image.Rectangle, len(changed))
		for i, r := range changed {
			fresh[i] = r.Sub(p.Rect.Min)
		}
	}
	f.write(fresh, func(to *store, r image.Rectangle) { to.Copy(&from, r) })
	s.bare = false
	if s.since.IsZero() {
		s.since = time.Now()
	}
	if resized {
		f.see(s.room.view(f.size()))
		f.all()
	}
	s.point()
	paint := !s.mapped
	s.mu.Unlock()
	s.poke()
	if resized || paint {
		s.repaint(resized)
	}
}

// Clear leaves nothing of the picture but its size. It may be called from any
// goroutine; doing it again costs nothing.
func (s *Surface) Clear() {
	s.mu.Lock()
	if s.bare || s.frame.back == nil {
		s.mu.Unlock()
		return
	}
	s.bare = true
	s.frame.write([]image.Rectangle{s.frame.back.Rect}, func(to *store, r image.Rectangle) { to.Fill(r, 0) })
	s.frame.drop(&s.frame.spare)
	s.frame.all()
	s.point()
	s.mu.Unlock()
	s.poke()
	s.repaint(false)
}

// Shown is for figures. It may be called from any goroutine.
func (s *Surface) Shown() Shown {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.last
}

// Direct says whether the picture is put past Fyne's painting now. It may be
// called from any goroutine.
func (s *Surface) Direct() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mapped
}

// PixelSize is the picture's own size. It may be called from any goroutine.
func (s *Surface) PixelSize() image.Point {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.frame.size()
}

// Close ends what it does in the background and waits for it. It may be called
// from any goroutine; nothing is shown afterwards.
func (s *Surface) Close() {
	s.mu.Lock()
	was := s.closed
	s.closed = true
	s.mu.Unlock()
	if !was {
		close(s.quit)
	}
	s.work.Wait()
}

// poke wakes the owner of the display, if there is one.
func (s *Surface) poke() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// repaint has Fyne paint, once however often it is asked meanwhile.
func (s *Surface) repaint(arrange bool) {
	if s.refresh.set(arrange) {
		s.do(func() {
			if s.refresh.take() {
				s.arrange()
			}
			s.mu.Lock()
			gone := s.gone
			s.mu.Unlock()
			if !gone {
				s.raster.Refresh()
			}
		})
	}
}
