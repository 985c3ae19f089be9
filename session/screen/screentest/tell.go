package screentest

import (
	"image"
	"slices"
	"sync"
	"time"

	"github.com/beistand/beistand/session/pixel"
	"github.com/beistand/beistand/session/screen"
)

// told is what one who looks is told of a screen in memory.
type told struct {
	m       *Memory
	changed chan struct{}
	close   func() error // once

	damage []image.Rectangle // guarded by m.mu, like all below
	all    bool
	places bool
	listed []screen.Monitor // by the last Take
	at     time.Time
	closed bool
}

var _ screen.Teller = (*Memory)(nil)

// Tell is screen.Teller's.
func (m *Memory) Tell() (screen.Told, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return nil, screen.ErrClosed
	}
	t := &told{m: m, changed: make(chan struct{}, 1), all: true, at: time.Now()}
	t.close = sync.OnceValue(t.end)
	m.told = append(m.told, t)
	return t, nil
}

// Point moves the pointer, and gives it another shape; nil is none.
func (m *Memory) Point(at image.Point, shape *pixel.Shape) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.pointer = screen.Pointer{Shape: shape, At: at}
	m.tell()
}

// tell says what has changed; nothing is said of pixels without a rectangle.
func (m *Memory) tell(damage ...image.Rectangle) {
	for _, t := range m.told {
		if t.at.IsZero() {
			t.at = time.Now()
		}
		t.places = true
		t.damage = append(t.damage, damage...)
		if len(t.damage) > 30 {
			t.damage, t.all = nil, true
		}
		select {
		case t.changed <- struct{}{}:
		default:
		}
	}
}

func (m *Memory) bounds() (all image.Rectangle) {
	for _, monitor := range m.monitors {
		all = all.Union(monitor.Bounds)
	}
	return all
}

// Changed is screen.Told's.
func (t *told) Changed() <-chan struct{} { return t.changed }

// Take is screen.Told's.
func (t *told) Take() (screen.Change, error) {
	t.m.mu.Lock()
	defer t.m.mu.Unlock()
	if t.closed || t.m.closed {
		return screen.Change{}, screen.ErrClosed
	}
	t.listed = slices.Clone(t.m.monitors)
	c := screen.Change{Monitors: t.listed, Pointer: t.m.pointer, At: t.at}
	if t.all {
		t.damage = []image.Rectangle{t.m.bounds()}
	}
	c.Damage, c.Places = apart(t.damage), t.places
	t.damage, t.all, t.places, t.at = nil, false, false, time.Time{}
	return c, nil
}

// Read is screen.Told's.
func (t *told) Read(r screen.Reading) (screen.Seen, error) {
	m := t.m
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case t.closed || m.closed:
		return screen.Seen{}, screen.ErrClosed
	case m.err != nil:
		return screen.Seen{}, m.err
	case m.black != nil:
		return screen.Seen{}, m.black
	case !slices.Equal(t.listed, m.monitors):
		return screen.Seen{}, screen.ErrChanged
	}
	m.grabs++
	seen, drawn := m.seen(r.View), m.draw(r.View)
	for _, p := range r.Parts {
		at := p.Sub(r.Origin)
		part := drawn.SubImage(p).(*image.RGBA)
		part.Rect = part.Rect.Sub(r.Origin)
		r.Into.Take(part, at)
	}
	return screen.Seen{Parts: within(r.Area, seen)}, nil
}

// Close is screen.Told's.
func (t *told) Close() error { return t.close() }

func (t *told) end() error {
	t.m.mu.Lock()
	defer t.m.mu.Unlock()
	t.closed = true
	t.m.told = slices.DeleteFunc(t.m.told, func(other *told) bool { return other == t })
	select {
	case t.changed <- struct{}{}:
	default:
	}
	return nil
}
