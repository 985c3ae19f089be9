package overlay

import (
	"fmt"
	"strings"
)

// Chord is a key with the modifiers that belong to it.
type Chord struct {
	Ctrl, Alt, Shift bool
	Key              string // End, Pause, F1 to F12
}

// ParseChord reads a chord such as Ctrl+Alt+End. It has Ctrl or Alt, so that
// nobody loses a key that they type with. The error is ErrKey.
func ParseChord(text string) (Chord, error) {
	var c Chord
	parts := strings.Split(text, "+")
	for _, m := range parts[:len(parts)-1] {
		flag := map[string]*bool{"Ctrl": &c.Ctrl, "Alt": &c.Alt, "Shift": &c.Shift}[m]
		if flag == nil || *flag {
			return Chord{}, fmt.Errorf("hold %q: %w", text, ErrKey)
		}
		*flag = true
	}
	c.Key = parts[len(parts)-1]
	if !c.Ctrl && !c.Alt || keySym(c.Key) == 0 {
		return Chord{}, fmt.Errorf("hold %q: %w", text, ErrKey)
	}
	return c, nil
}

// keySym is a key's number in X11 (X11/keysymdef.h); 0 for no key.
func keySym(key string) uint32 {
	switch key {
	case "End":
		return 0xff57
	case "Pause":
		return 0xff13
	}
	for n := range uint32(12) {
		if key == fmt.Sprintf("F%d", n+1) {
			return 0xffbe + n
		}
	}
	return 0
}
