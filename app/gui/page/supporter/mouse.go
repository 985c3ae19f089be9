//go:build !headless

package supporter

import (
	"context"
	"image"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
)

// mouseAndKeys brings what is done on the picture to the session.
type mouseAndKeys struct{ *hands }

// moveTime is how often at most the pointer's place is told.
const moveTime = 12 * time.Millisecond

// Move tells the newest place, at most so often.
func (m mouseAndKeys) Move(at image.Point) {
	h := m.hands
	h.moved = at
	if h.pending {
		return
	}
	if wait := moveTime - time.Since(h.last); wait > 0 {
		h.pending = true
		after(h.of.scope, wait, m.flush)
		return
	}
	h.pending = true
	m.flush()
}

func (m mouseAndKeys) flush() {
	h := m.hands
	if h.pending && h.of.helping != nil {
		h.pending, h.last = false, time.Now()
		h.failed(h.of.helping.Move(h.moved))
	}
}

func (m mouseAndKeys) Button(b widget.MouseButton, down bool) {
	m.flush()
	if h := m.of.helping; h != nil {
		m.failed(h.Button(uint8(b)+1, down))
	}
}

func (m mouseAndKeys) Wheel(dx, dy int) {
	m.flush()
	if h := m.of.helping; h != nil {
		m.failed(h.Wheel(dx, dy))
	}
}

func (m mouseAndKeys) Key(char rune, name string, down bool) {
	if h := m.of.helping; h != nil {
		m.failed(h.Key(char, name, down))
	}
}

// after runs show on the user interface's thread when a time has passed.
func after(s *page.Scope, wait time.Duration, show func()) {
	s.Go(func(ctx context.Context) {
		timer := time.NewTimer(wait)
		defer timer.Stop()
		select {
		case <-ctx.Done():
		case <-timer.C:
			s.UI(show)
		}
	})
}

// menu offers keys that this machine's own desktop takes for itself.
func (h *hands) menu() {
	press := func(words string, names ...string) *fyne.MenuItem {
		return fyne.NewMenuItem(words, func() { h.press(names) })
	}
	menu := fyne.NewMenu("",
		press(lang.L("Windows key"), "Meta"), press("Alt+Tab", "Alt", "Tab"), press("Alt+F4", "Alt", "F4"),
		press(lang.L("Ctrl+Alt+Del"), "Control", "Alt", "Delete"), press(lang.L("Print screen"), "PrintScreen"))
	up := fynewidget.NewPopUpMenu(menu, h.of.flow.frame.Window.Canvas())
	up.ShowAtRelativePosition(fyne.NewPos(0, h.keys.Size().Height), h.keys)
}

// press strikes several keys as one.
func (h *hands) press(names []string) {
	m := mouseAndKeys{h}
	for _, n := range names {
		m.Key(0, n, true)
	}
	for i := len(names) - 1; i >= 0; i-- {
		m.Key(0, names[i], false)
	}
}
