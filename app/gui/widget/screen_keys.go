//go:build !headless

package widget

import (
	"runtime"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// keyboard turns Fyne's events into keys by their meaning. Characters come from
// TypedRune, so that dead keys, AltGr and every layout are already resolved;
// keys without one from TypedKey, which repeats; what is held from KeyDown and
// KeyUp; and a character that makes a shortcut with what is held from
// TypedShortcut, since the system gives no character then.
type keyboard struct {
	strike func(char rune, name string, down bool)
	held   []string // as told, the newest last
	level  bool     // the right Alt key is down: it is AltGr on most layouts, and never told by itself
}

// modifierNames are those that are held, by their meaning.
var modifierNames = map[fyne.KeyName]string{
	desktop.KeyShiftLeft: "Shift", desktop.KeyShiftRight: "Shift",
	desktop.KeyControlLeft: "Control", desktop.KeyControlRight: "Control",
	desktop.KeyAltLeft:   "Alt",
	desktop.KeySuperLeft: "Meta", desktop.KeySuperRight: "Meta",
}

// keyNames are the keys without a character.
var keyNames = map[fyne.KeyName]string{
	fyne.KeyEscape: "Escape", fyne.KeyReturn: "Enter", fyne.KeyEnter: "Enter", fyne.KeyTab: "Tab", fyne.KeyBackspace: "Backspace",
	fyne.KeyInsert: "Insert", fyne.KeyDelete: "Delete", fyne.KeyRight: "ArrowRight", fyne.KeyLeft: "ArrowLeft",
	fyne.KeyDown: "ArrowDown", fyne.KeyUp: "ArrowUp", fyne.KeyPageUp: "PageUp", fyne.KeyPageDown: "PageDown",
	fyne.KeyHome: "Home", fyne.KeyEnd: "End", desktop.KeyMenu: "ContextMenu", desktop.KeyPrintScreen: "PrintScreen",
	fyne.KeyF1: "F1", fyne.KeyF2: "F2", fyne.KeyF3: "F3", fyne.KeyF4: "F4", fyne.KeyF5: "F5", fyne.KeyF6: "F6",
	fyne.KeyF7: "F7", fyne.KeyF8: "F8", fyne.KeyF9: "F9", fyne.KeyF10: "F10", fyne.KeyF11: "F11", fyne.KeyF12: "F12",
}

func (k *keyboard) holds(name string) bool {
	for _, h := range k.held {
		if h == name {
			return true
		}
	}
	return false
}

// down takes a KeyDown. It says whether it is the way out: Ctrl+Alt+Enter.
func (k *keyboard) down(e fyne.KeyName) (leave bool) {
	switch name, modifier := modifierNames[e]; {
	case e == desktop.KeyAltRight:
		k.level = true
	case modifier && !k.holds(name):
		k.held = append(k.held, name)
		k.strike(0, name, true)
	case e == fyne.KeyReturn || e == fyne.KeyEnter:
		return k.holds("Control") && (k.holds("Alt") || k.level)
	}
	return false
}

// up takes a KeyUp.
func (k *keyboard) up(e fyne.KeyName) {
	if e == desktop.KeyAltRight {
		k.level = false
	}
	name := modifierNames[e]
	for i, h := range k.held {
		if h == name {
			k.held = append(k.held[:i], k.held[i+1:]...)
			k.strike(0, name, false)
			return
		}
	}
}

// releaseAll lets everything go, the newest first.
func (k *keyboard) releaseAll() {
	for i := len(k.held) - 1; i >= 0; i-- {
		k.strike(0, k.held[i], false)
	}
	k.held, k.level = nil, false
}

// typed takes a TypedKey.
func (k *keyboard) typed(e fyne.KeyName) {
	if name := keyNames[e]; name != "" {
		k.once(0, name)
	}
}

// char takes a TypedRune. With Control, Alt or Meta it is part of a shortcut,
// which has told it already; not every system holds it back then.
func (k *keyboard) char(r rune) {
	if !k.holds("Meta") && (k.level || !k.holds("Control") && (!k.holds("Alt") || runtime.GOOS == "darwin")) && unicode.IsPrint(r) {
		k.once(r, "")
	}
}

// shortcut takes a TypedShortcut.
func (k *keyboard) shortcut(s fyne.Shortcut) {
	key, alt := pressedBy(s, k.holds("Shift"))
	if alt && !k.holds("Alt") {
		if runtime.GOOS != "linux" { // AltGr, and there it is told as Ctrl+Alt: the character comes by itself
			return
		}
		k.strike(0, "Alt", true)
		defer k.strike(0, "Alt", false)
	}
	if runtime.GOOS == "darwin" && alt && !k.holds("Control") && !k.holds("Meta") && keyNames[key] == "" {
		return // the Option key makes characters
	}
	if name := keyNames[key]; name != "" {
		k.once(0, name)
		return
	}
	r := []rune(key)
	switch {
	case key == fyne.KeySpace:
		k.once(' ', "")
	case len(r) != 1: // a key that Fyne has no name for
	case k.holds("Shift"):
		k.once(unicode.ToUpper(r[0]), "")
	default:
		k.once(unicode.ToLower(r[0]), "")
	}
}

func (k *keyboard) once(char rune, name string) {
	k.strike(char, name, true)
	k.strike(char, name, false)
}

// pressedBy is the key that made a shortcut of Fyne's, and whether Alt is in it.
func pressedBy(s fyne.Shortcut, shift bool) (key fyne.KeyName, alt bool) {
	switch s := s.(type) {
	case *desktop.CustomShortcut:
		return s.KeyName, s.Modifier&fyne.KeyModifierAlt != 0
	case *fyne.ShortcutUndo:
		return fyne.KeyZ, false
	case *fyne.ShortcutRedo:
		return fyne.KeyY, false
	case *fyne.ShortcutSelectAll:
		return fyne.KeyA, false
	case *fyne.ShortcutPaste:
		if shift {
			return fyne.KeyInsert, false
		}
		return fyne.KeyV, false
	case *fyne.ShortcutCut:
		if shift {
			return fyne.KeyDelete, false
		}
		return fyne.KeyX, false
	case *fyne.ShortcutCopy:
		return fyne.KeyC, false // Ctrl+Insert too, which means the same
	}
	return "", false
}
