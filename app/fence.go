//go:build !headless

package app

import (
	"errors"
	"image"
	"maps"
	"slices"
	"sync"

	"github.com/sirupsen/logrus"

	"github.com/beistand/beistand/session/overlay"
)

// fence shows on the desktop what is shared, for all sessions together, and
// takes the key that stops everything. It holds the desktop's overlay while
// there is a session.
type fence struct {
	open func() (overlay.Overlay, error)
	stop func() // everything, at once
	log  *logrus.Logger

	mu      sync.Mutex // guards what follows
	users   int
	overlay overlay.Overlay // nil: there is none
	key     string          // "" if there is none
	areas   map[string][]overlay.Area
	marked  string        // whose label is shown
	wake    chan struct{} // holds one
	work    *sync.WaitGroup
}

// enter begins with the first session.
func (f *fence) enter() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.users++; f.users > 1 {
		return
	}
	o, err := f.open()
	if err != nil {
		if !errors.Is(err, overlay.ErrUnavailable) {
			f.log.WithError(err).Warn("show on the desktop what is shared")
		}
		return
	}
	f.overlay, f.areas, f.wake, f.work = o, map[string][]overlay.Area{}, make(chan struct{}, 1), &sync.WaitGroup{}
	key, pressed, err := o.Hotkey(overlay.Keys()...)
	if err != nil {
		f.log.WithError(err).Warn("take the key that stops everything")
	} else {
		f.key = key
		f.work.Go(func() {
			for range pressed {
				f.stop()
				f.clear()
			}
		})
	}
	wake := f.wake
	f.work.Go(func() {
		for range wake {
			f.paint(o)
		}
	})
}

// leave takes everything away with the last session.
func (f *fence) leave() {
	f.mu.Lock()
	f.users--
	o, work := f.overlay, f.work
	if f.users > 0 || o == nil {
		f.mu.Unlock()
		return
	}
	f.overlay, f.key, f.marked = nil, "", ""
	close(f.wake)
	f.mu.Unlock()
	if err := o.Close(); err != nil {
		f.log.WithError(err).Warn("take the border away")
	}
	work.Wait()
}

// show frames what one session shows, nil for nothing, without waiting for it.
func (f *fence) show(session string, areas []overlay.Area) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.overlay == nil || slices.Equal(f.areas[session], areas) {
		return
	}
	f.areas[session] = areas
	f.wakeUp()
}

func (f *fence) clear() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.overlay != nil {
		clear(f.areas)
		f.wakeUp()
	}
}

// wakeUp has the frames painted; f.mu is held.
func (f *fence) wakeUp() {
	select {
	case f.wake <- struct{}{}:
	default:
	}
}

func (f *fence) paint(o overlay.Overlay) {
	f.mu.Lock()
	var all []overlay.Area
	for _, id := range slices.Sorted(maps.Keys(f.areas)) {
		for _, a := range f.areas[id] {
			if !slices.Contains(all, a) {
				all = append(all, a)
			}
		}
	}
	f.mu.Unlock()
	if err := o.Border(all); err != nil && !errors.Is(err, overlay.ErrClosed) {
		f.log.WithError(err).Warn("show the border")
	}
}

// pressedKey names the key that stops everything; "" if there is none.
func (f *fence) pressedKey() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.key
}

// pointer is one person's mark; nil if nothing can be shown.
func (f *fence) pointer(name string) *pointer {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.overlay == nil {
		return nil
	}
	return &pointer{f, f.overlay, name}
}

type pointer struct {
	fence   *fence
	overlay overlay.Overlay
	name    string
}

// Mark is part of session.Pointer. The mark of who pointed last is shown.
func (p *pointer) Mark(at image.Point, shown bool) error {
	p.fence.mu.Lock()
	other := p.fence.marked != p.name
	if !shown && other {
		p.fence.mu.Unlock()
		return nil
	}
	p.fence.marked = p.name
	p.fence.mu.Unlock()
	if other {
		if err := p.overlay.Label(p.name); err != nil {
			return err
		}
	}
	return p.overlay.Mark(at, shown)
}
