// Package inputtest is the in-memory keyboard and pointer, with the suite that every input driver passes.
package inputtest

import (
	"context"
	"image"
	"maps"
	"slices"
	"sync"

	"github.com/beistand/beistand/session/input"
)

// Memory is a keyboard and a pointer in memory. What it holds can be asked
// after it was closed, too.
type Memory struct {
	mu      sync.Mutex // guards all below
	desktop image.Rectangle
	at      image.Point
	wheel   image.Point
	struck  []input.Key
	keys    map[string]bool // modifiers that are down, by name
	buttons map[uint8]bool
	closed  bool

	life context.Context
	end  context.CancelFunc // of life
	own  chan bool
}

var _ input.Input = (*Memory)(nil)

// New makes one for a desktop of that size, with the pointer in its first corner.
func New(desktop image.Rectangle) *Memory {
	m := &Memory{desktop: desktop, at: desktop.Min, keys: map[string]bool{}, buttons: map[uint8]bool{}, own: make(chan bool)}
	m.life, m.end = context.WithCancel(context.Background())
	return m
}

// Use is somebody using the machine's own devices, or letting go of them, which
// one call of Own is told: Use waits for it.
func (m *Memory) Use(on bool) {
	select {
	case m.own <- on:
	case <-m.life.Done():
	}
}

// Own is input.Input's.
func (m *Memory) Own(ctx context.Context) <-chan bool {
	told := make(chan bool)
	go func() {
		defer close(told)
		for {
			select {
			case on := <-m.own:
				select {
				case told <- on:
				case <-ctx.Done():
					return
				case <-m.life.Done():
					return
				}
			case <-ctx.Done():
				return
			case <-m.life.Done():
				return
			}
		}
	}()
	return told
}

// Pointer is where the pointer is.
func (m *Memory) Pointer() image.Point {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.at
}

// Turned is how far the wheel was turned in all.
func (m *Memory) Turned() image.Point {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.wheel
}

// Struck are the keys that were struck, modifiers left out, the last one at the end.
func (m *Memory) Struck() []input.Key {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.struck)
}

// Keys are the modifiers that are down, by name in their order.
func (m *Memory) Keys() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Sorted(maps.Keys(m.keys))
}

// Buttons are the buttons that are down.
func (m *Memory) Buttons() []uint8 {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Sorted(maps.Keys(m.buttons))
}

// Move is input.Input's.
func (m *Memory) Move(at image.Point) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return input.ErrClosed
	}
	m.at = image.Pt(min(max(at.X, m.desktop.Min.X), m.desktop.Max.X-1), min(max(at.Y, m.desktop.Min.Y), m.desktop.Max.Y-1))
	return nil
}

// Button is input.Input's.
func (m *Memory) Button(b uint8, down bool) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return input.ErrClosed
	}
	if err := input.CheckButton(b); err != nil {
		return err
	}
	if down {
		m.buttons[b] = true
	} else {
		delete(m.buttons, b)
	}
	return nil
}

// Wheel is input.Input's.
func (m *Memory) Wheel(dx, dy int) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return input.ErrClosed
	}
	bound := func(n int) int { return min(max(n, -input.MaxWheel), input.MaxWheel) }
	m.wheel = m.wheel.Add(image.Pt(bound(dx), bound(dy)))
	return nil
}

// Key is input.Input's.
func (m *Memory) Key(k input.Key, down bool) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return input.ErrClosed
	}
	if err := k.Check(); err != nil {
		return err
	}
	switch {
	case k.Modifier() && down:
		m.keys[k.Name] = true
	case k.Modifier():
		delete(m.keys, k.Name)
	case down:
		m.struck = append(m.struck, k)
	}
	return nil
}

// ReleaseAll is input.Input's.
func (m *Memory) ReleaseAll() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return input.ErrClosed
	}
	clear(m.keys)
	clear(m.buttons)
	return nil
}

// Close is input.Input's.
func (m *Memory) Close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.closed = true
	m.end()
	clear(m.keys)
	clear(m.buttons)
	return nil
}
