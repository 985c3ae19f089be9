package screen

import (
	"errors"
	"fmt"
	"image"
	"slices"
	"sync"
)

// Limited is a Source that shows what was chosen and nothing else. When it
// cannot know what it would show, the picture is black and Black says why.
type Limited struct {
	source Source

	mu     sync.RWMutex // guards view, scoped and looks: held for reading while a picture is taken
	view   View
	scoped uint64     // how often view has changed
	looks  []*Look    // that run
	reason sync.Mutex // guards black
	black  error
}

var _ Source = (*Limited)(nil)

// Limit shows nothing of s until Choose, and never what is hidden. Its Close is s's.
func Limit(s Source, hide []Hidden) *Limited {
	return &Limited{source: s, view: View{Hide: slices.Clone(hide)}}
}

// Choose changes what is seen. Once it has returned, no Grab and no Take gives
// a pixel that is outside: one that is under way is waited for.
func (l *Limited) Choose(s Scope) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.view.Scope = Scope{All: s.All, Monitors: slices.Clone(s.Monitors), Windows: slices.Clone(s.Windows)}
	l.scoped++
	for _, k := range l.looks {
		tell(k.nudge)
	}
}

// Scope is what is seen.
func (l *Limited) Scope() Scope {
	l.mu.RLock()
	defer l.mu.RUnlock()
	s := l.view.Scope
	return Scope{All: s.All, Monitors: slices.Clone(s.Monitors), Windows: slices.Clone(s.Windows)}
}

// Black is why the last picture was black: ErrLocked or ErrPlaces with the
// cause around it, nil if it was not.
func (l *Limited) Black() error {
	l.reason.Lock()
	defer l.reason.Unlock()
	return l.black
}

// Monitors lists those that are seen; all of them, with black between, when
// single windows are.
func (l *Limited) Monitors() ([]Monitor, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.monitors()
}

func (l *Limited) monitors() ([]Monitor, error) {
	all, err := l.source.Monitors()
	if err != nil {
		return nil, err
	}
	return l.among(all), nil
}

// among are those of all monitors that are seen.
func (l *Limited) among(all []Monitor) []Monitor {
	if l.view.Scope.All || len(l.view.Scope.Monitors) == 0 || len(l.view.Scope.Windows) > 0 {
		return all
	}
	some := slices.DeleteFunc(slices.Clone(all), func(m Monitor) bool { return !slices.Contains(l.view.Scope.Monitors, m.Name) })
	if len(some) == 0 { // what was chosen was unplugged: black, in a place that is there
		return all
	}
	return some
}

// Grab is Source's.
func (l *Limited) Grab(m Monitor, dst *image.RGBA) error {
	l.mu.RLock()
	defer l.mu.RUnlock()
	monitors, err := l.monitors()
	if err != nil {
		return err
	}
	if err := Check(m, dst, monitors); err != nil {
		return fmt.Errorf("read monitor %q: %w", m.Name, err)
	}
	err = l.grab(m, dst)
	if errors.Is(err, ErrPlaces) || errors.Is(err, ErrLocked) {
		blackOut(dst)
		l.tell(err)
		return nil
	}
	if err == nil {
		l.tell(nil)
	}
	return err
}

func (l *Limited) tell(black error) {
	l.reason.Lock()
	defer l.reason.Unlock()
	l.black = black
}

func (l *Limited) grab(m Monitor, dst *image.RGBA) error {
	s := l.view.Scope
	whole := s.whole(m)
	if !whole && len(s.Windows) == 0 {
		blackOut(dst)
		return nil
	}
	v, ok := l.source.(ViewSource)
	if !ok && whole && len(l.view.Hide) == 0 {
		return l.source.Grab(m, dst)
	}
	if !ok {
		return fmt.Errorf("read monitor %q: this system's driver does not tell: %w", m.Name, ErrPlaces)
	}
	return v.GrabView(m, dst, View{Scope: Scope{All: whole, Windows: s.Windows}, Hide: l.view.Hide})
}

func blacken(p *image.RGBA, r image.Rectangle) {
	r = r.Intersect(p.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		clear(p.Pix[p.PixOffset(r.Min.X, y) : p.PixOffset(r.Max.X-1, y)+4])
	}
}

func blackOut(p *image.RGBA) { blackPart(p, p.Rect) }

// blackPart makes a part black and opaque.
func blackPart(p *image.RGBA, r image.Rectangle) {
	blacken(p, r)
	r = r.Intersect(p.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := p.Pix[p.PixOffset(r.Min.X, y):][:4*r.Dx()]
		for i := 3; i < len(row); i += 4 {
			row[i] = 0xff
		}
	}
}

// Close is Source's.
func (l *Limited) Close() error { return l.source.Close() }
