package screentest

import (
	"image"
	"image/color"
	"image/draw"
	"slices"

	"github.com/beistand/beistand/session/screen"
)

// Shown is a window in memory.
type Shown struct {
	screen.Window
	Traits screen.Traits
	Over   uint32 // the window whose menu or dialog it is; 0 for none
	Fill   color.RGBA
}

var _ screen.ViewSource = (*Memory)(nil)

// Show puts a window in front, in place of one with the same number.
func (m *Memory) Show(s Shown) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.remove(s.ID)
	m.windows = append(m.windows, s)
}

// Remove takes a window away.
func (m *Memory) Remove(id uint32) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.remove(id)
}

func (m *Memory) remove(id uint32) {
	m.windows = slices.DeleteFunc(m.windows, func(s Shown) bool { return s.ID == id })
}

// Black makes GrabView black with that reason; nil lets it work again.
func (m *Memory) Black(reason error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.black = reason
}

// GrabView is screen.ViewSource's.
func (m *Memory) GrabView(monitor screen.Monitor, dst *image.RGBA, v screen.View) error {
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
	draw.Draw(dst, dst.Rect, image.Black, image.Point{}, draw.Src)
	if m.black != nil {
		return m.black
	}
	m.grabs++
	if v.Scope.All {
		draw.Draw(dst, dst.Rect, m.desktop, monitor.Bounds.Min, draw.Src)
	}
	hidden := map[uint32]bool{}
	for _, s := range m.windows { // what belongs to a window was opened after it
		fill := image.Image(image.NewUniform(s.Fill))
		hides := func(h screen.Hidden) bool { return h.Match(s.Traits) }
		if hidden[s.ID] = slices.ContainsFunc(v.Hide, hides) || hidden[s.Over]; hidden[s.ID] || !v.Scope.All && !slices.Contains(v.Scope.Windows, s.ID) {
			fill = image.Black
		}
		draw.Draw(dst, s.Bounds.Sub(monitor.Bounds.Min).Add(dst.Rect.Min), fill, image.Point{}, draw.Src)
	}
	return nil
}
