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
	m.tell(s.Bounds)
}

// Remove takes a window away.
func (m *Memory) Remove(id uint32) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.remove(id)
}

func (m *Memory) remove(id uint32) {
	for _, s := range m.windows {
		if s.ID == id {
			m.tell(s.Bounds)
		}
	}
	m.windows = slices.DeleteFunc(m.windows, func(s Shown) bool { return s.ID == id })
}

// Black makes GrabView black with that reason; nil lets it work again.
func (m *Memory) Black(reason error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.black = reason
	m.tell()
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
	draw.Draw(dst, dst.Rect, m.draw(v), monitor.Bounds.Min, draw.Src)
	return nil
}

// draw makes the whole desktop's picture.
func (m *Memory) draw(v screen.View) *image.RGBA {
	dst := image.NewRGBA(m.desktop.Rect)
	draw.Draw(dst, dst.Rect, image.Black, image.Point{}, draw.Src)
	if v.Scope.All {
		draw.Draw(dst, dst.Rect, m.desktop, dst.Rect.Min, draw.Src)
	}
	shows := m.shows(v)
	for _, s := range m.windows {
		fill := image.Image(image.Black)
		if shows[s.ID] {
			fill = image.NewUniform(s.Fill)
		}
		draw.Draw(dst, s.Bounds, fill, image.Point{}, draw.Src)
	}
	return dst
}

// shows says which windows are seen.
func (m *Memory) shows(v screen.View) map[uint32]bool {
	shows, hidden := map[uint32]bool{}, map[uint32]bool{}
	for _, s := range m.windows { // what belongs to a window was opened after it
		hides := func(h screen.Hidden) bool { return h.Match(s.Traits) }
		hidden[s.ID] = slices.ContainsFunc(v.Hide, hides) || hidden[s.Over]
		shows[s.ID] = !hidden[s.ID] && (v.Scope.All || slices.Contains(v.Scope.Windows, s.ID))
	}
	return shows
}

// seen is what of the desktop is not black for being hidden or not chosen.
func (m *Memory) seen(v screen.View) (seen []image.Rectangle) {
	if v.Scope.All {
		seen = []image.Rectangle{m.desktop.Rect}
	}
	shows := m.shows(v)
	for _, s := range m.windows {
		seen = without(seen, s.Bounds)
		if shows[s.ID] {
			seen = append(seen, s.Bounds)
		}
	}
	return seen
}
