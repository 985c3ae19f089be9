// Package screentest is the in-memory screen and the suite that every screen driver passes.
package screentest

import (
	"image"
	"image/draw"
	"slices"
	"sync"

	"github.com/beistand/beistand/session/screen"
)

// Memory is a screen in memory.
type Memory struct {
	mu       sync.Mutex // guards all below
	monitors []screen.Monitor
	desktop  *image.RGBA
	windows  []Shown // the lowest first
	grabs    int
	err      error // what Grab gives; nil lets it work
	black    error // what GrabView gives; nil lets it work
	closed   bool
	told     []*told
	pointer  screen.Pointer
}

// New makes a black screen with these monitors.
func New(monitors ...screen.Monitor) *Memory {
	m := &Memory{}
	m.SetMonitors(monitors...)
	return m
}

// SetMonitors changes the monitors while the screen runs; it becomes black.
func (m *Memory) SetMonitors(monitors ...screen.Monitor) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var desktop image.Rectangle
	for _, monitor := range monitors {
		desktop = desktop.Union(monitor.Bounds)
	}
	m.monitors = screen.InOrder(slices.Clone(monitors))
	for i := range m.monitors {
		if m.monitors[i].Scale == 0 {
			m.monitors[i].Scale = 1
		}
	}
	m.desktop = image.NewRGBA(desktop)
	draw.Draw(m.desktop, desktop, image.Black, image.Point{}, draw.Src)
	m.tell(desktop)
}

// Paint puts p on the desktop, where p's bounds say.
func (m *Memory) Paint(p image.Image) {
	m.mu.Lock()
	defer m.mu.Unlock()
	draw.Draw(m.desktop, p.Bounds(), p, p.Bounds().Min, draw.Src)
	m.tell(p.Bounds())
}

// Fail makes Grab give err; nil lets it work again.
func (m *Memory) Fail(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.err = err
	m.tell()
}

// Grabs counts how often the screen was read.
func (m *Memory) Grabs() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.grabs
}

// Monitors is screen.Source's.
func (m *Memory) Monitors() ([]screen.Monitor, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return nil, screen.ErrClosed
	}
	return slices.Clone(m.monitors), nil
}

// Grab is screen.Source's.
func (m *Memory) Grab(monitor screen.Monitor, dst *image.RGBA) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return screen.ErrClosed
	}
	if m.err != nil {
		return m.err
	}
	if err := screen.Check(monitor, dst, m.monitors); err != nil {
		return err
	}
	m.grabs++
	draw.Draw(dst, dst.Rect, m.desktop, monitor.Bounds.Min, draw.Src)
	for _, s := range m.windows {
		draw.Draw(dst, s.Bounds.Sub(monitor.Bounds.Min).Add(dst.Rect.Min), image.NewUniform(s.Fill), image.Point{}, draw.Src)
	}
	return nil
}

// Close is screen.Source's.
func (m *Memory) Close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.closed = true
	m.tell()
	return nil
}
