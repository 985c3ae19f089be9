//go:build !headless

package widget

import "fyne.io/fyne/v2"

// KeyDown is part of desktop.Keyable.
func (g *glass) KeyDown(e *fyne.KeyEvent) {
	g.touched()
	if g.screen.control && g.keys.down(e.Name) && g.screen.Leave != nil {
		g.screen.Leave()
	}
}

// KeyUp is part of desktop.Keyable.
func (g *glass) KeyUp(e *fyne.KeyEvent) { g.keys.up(e.Name) }

// TypedKey is part of fyne.Focusable.
func (g *glass) TypedKey(e *fyne.KeyEvent) {
	if g.screen.control {
		g.keys.typed(e.Name)
	}
}

// TypedRune is part of fyne.Focusable.
func (g *glass) TypedRune(r rune) {
	if g.screen.control {
		g.keys.char(r)
	}
}

// TypedShortcut is part of fyne.Shortcutable.
func (g *glass) TypedShortcut(s fyne.Shortcut) {
	if g.screen.control {
		g.keys.shortcut(s)
	}
}

// AcceptsTab is part of fyne.Tabbable.
func (g *glass) AcceptsTab() bool { return g.screen.control }

// FocusGained is part of fyne.Focusable.
func (g *glass) FocusGained() {}

// FocusLost is part of fyne.Focusable: what is held would be held for ever.
func (g *glass) FocusLost() { g.releaseAll() }
