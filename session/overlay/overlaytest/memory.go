// Package overlaytest is the in-memory overlay, with the suite that every overlay driver passes.
package overlaytest

import (
	"image"
	"slices"
	"sync"

	"github.com/beistand/beistand/session/overlay"
)

// Memory is an overlay in memory.
type Memory struct {
	mu      sync.Mutex // guards all below
	areas   []overlay.Area
	at      image.Point
	shown   bool
	label   string
	taken   []string // by others
	key     string
	pressed chan struct{}
	closed  bool
}

var _ overlay.Overlay = (*Memory)(nil)

// New makes one on a desktop where others hold these keys.
func New(taken ...string) *Memory { return &Memory{taken: taken} }

// Areas are what has a border.
func (m *Memory) Areas() []overlay.Area {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.areas)
}

// Marked is where the mark is, and what stands beside it.
func (m *Memory) Marked() (at image.Point, label string, shown bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.at, m.label, m.shown
}

// Press presses a key, as a person does.
func (m *Memory) Press(key string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if key != m.key || m.closed {
		return
	}
	select {
	case m.pressed <- struct{}{}:
	default:
	}
}

func (m *Memory) use(f func() error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return overlay.ErrClosed
	}
	return f()
}

// Border is overlay.Overlay's.
func (m *Memory) Border(areas []overlay.Area) error {
	return m.use(func() error {
		m.areas = slices.Clone(areas)
		return nil
	})
}

// Mark is overlay.Overlay's.
func (m *Memory) Mark(at image.Point, shown bool) error {
	return m.use(func() error {
		m.at, m.shown = at, shown
		return nil
	})
}

// Label is overlay.Overlay's.
func (m *Memory) Label(text string) error {
	return m.use(func() error {
		m.label = text
		return nil
	})
}

// Hotkey is overlay.Overlay's.
func (m *Memory) Hotkey(keys ...string) (key string, pressed <-chan struct{}, err error) {
	err = m.use(func() error {
		for _, k := range keys {
			if _, err := overlay.ParseChord(k); err != nil {
				return err
			}
		}
		m.key = ""
		if m.pressed == nil {
			m.pressed = make(chan struct{}, 1)
		}
		for _, k := range keys {
			if !slices.Contains(m.taken, k) {
				m.key, key, pressed = k, k, m.pressed
				return nil
			}
		}
		return overlay.ErrTaken
	})
	return key, pressed, err
}

// Close is overlay.Overlay's.
func (m *Memory) Close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return nil
	}
	m.closed, m.areas, m.shown = true, nil, false
	if m.pressed != nil {
		close(m.pressed)
	}
	return nil
}
