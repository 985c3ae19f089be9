package screentest

import (
	"image"
	"sync/atomic"
	"testing"

	"github.com/beistand/beistand/session/screen"
)

func TestMemoryView(t *testing.T) {
	ViewSuite(t, func(t *testing.T) ViewFixture {
		desktop := image.Rect(0, 0, 320, 240)
		m := New(screen.Monitor{Name: "MEMORY-1", Bounds: desktop, Primary: true})
		t.Cleanup(func() { m.Close() })
		var last atomic.Uint32
		find := func(id uint32) Shown {
			m.mu.Lock()
			defer m.mu.Unlock()
			for _, s := range m.windows {
				if s.ID == id {
					return s
				}
			}
			t.Fatalf("no window %d", id)
			return Shown{}
		}
		return ViewFixture{
			Fixture: Fixture{
				Source: m, Desktop: desktop, Paint: func(_ testing.TB, p *image.RGBA) { m.Paint(p) },
				SetMonitors: func(_ testing.TB, ms ...screen.Monitor) { m.SetMonitors(ms...) },
			},
			Open: func(_ testing.TB, o Opened) uint32 {
				id := last.Add(1)
				m.Show(Shown{
					Window: screen.Window{ID: id, Title: o.Title, Program: o.Class, Bounds: o.At}, Over: o.Over, Fill: o.Fill,
					Traits: screen.Traits{Titles: []string{o.Title}, Classes: []string{o.Class}, Programs: []string{o.Program}},
				})
				return id
			},
			Move: func(_ testing.TB, id uint32, to image.Point) {
				s := find(id)
				s.Bounds = image.Rectangle{Max: s.Bounds.Size()}.Add(to)
				m.Show(s)
			},
			Rename: func(_ testing.TB, id uint32, title string) {
				s := find(id)
				s.Traits.Titles = []string{title}
				m.Show(s)
			},
			Close: func(_ testing.TB, id uint32) { m.Remove(id) },
			Lock:  func(testing.TB) { m.Black(screen.ErrLocked) },
		}
	})
}
