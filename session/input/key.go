package input

import (
	"fmt"
	"slices"
	"unicode"
)

// Key is a key by its meaning: a character, or a name, never both.
type Key struct {
	Rune rune   // the character that it gives, with shift and all; 0 if it gives none
	Name string // of a key in Names; "" if it gives a character
}

// names are the keys without a character that can be pressed, as the W3C calls
// them (UI Events KeyboardEvent key Values). The modifiers stand first.
var names = []string{
	"Alt", "AltGraph", "Control", "Meta", "Shift",
	"ArrowDown", "ArrowLeft", "ArrowRight", "ArrowUp", "Backspace", "CapsLock", "ContextMenu", "Delete", "End", "Enter", "Escape",
	"F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10", "F11", "F12",
	"Home", "Insert", "NumLock", "PageDown", "PageUp", "Pause", "PrintScreen", "ScrollLock", "Tab",
}

const modifiers = 5

// Names are the names that a Key can have.
func Names() []string { return slices.Clone(names) }

// Modifier says whether the key is held while others are pressed.
func (k Key) Modifier() bool { return k.Rune == 0 && slices.Contains(names[:modifiers], k.Name) }

// Check says whether it is a key: every driver's first step in Key.
func (k Key) Check() error {
	switch {
	case k.Name == "" && k.Rune != 0 && k.Rune != unicode.ReplacementChar && unicode.IsPrint(k.Rune):
		return nil
	case k.Rune == 0 && slices.Contains(names, k.Name):
		return nil
	}
	return fmt.Errorf("press %q %q: %w", k.Name, k.Rune, ErrKey)
}

func (k Key) String() string {
	if k.Rune != 0 {
		return string(k.Rune)
	}
	return k.Name
}
