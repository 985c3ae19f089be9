package input

import (
	"fmt"
	"strings"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// Keysyms of keys that are no characters (X11/keysymdef.h, XF86keysym.h). The
// left key stands for both.
var nameSyms = map[string]uint32{
	"Alt": 0xffe9, "AltGraph": symLevel3, "Control": 0xffe3, "Meta": 0xffeb, "Shift": symShift,
	"ArrowDown": 0xff54, "ArrowLeft": 0xff51, "ArrowRight": 0xff53, "ArrowUp": 0xff52, "Backspace": 0xff08,
	"CapsLock": 0xffe5, "ContextMenu": 0xff67, "Delete": 0xffff, "End": 0xff57, "Enter": 0xff0d, "Escape": 0xff1b,
	"Home": 0xff50, "Insert": 0xff63, "NumLock": 0xff7f, "PageDown": 0xff56, "PageUp": 0xff55, "Pause": 0xff13,
	"PrintScreen": 0xff61, "ScrollLock": 0xff14, "Tab": 0xff09,
}

const (
	symShift  = 0xffe1
	symLevel3 = 0xfe03 // ISO_Level3_Shift
	symF1     = 0xffbe
)

func symOfName(name string) uint32 {
	if sym, ok := nameSyms[name]; ok {
		return sym
	}
	var n uint32
	_, _ = fmt.Sscanf(name, "F%d", &n) // Check has seen that it is one of F1 to F12
	return symF1 + n - 1
}

// unicodeSym is the keysym of any character (X11 protocol, appendix A).
func unicodeSym(r rune) uint32 {
	if r >= 0x20 && r <= 0x7e || r >= 0xa0 && r <= 0xff {
		return uint32(r)
	}
	return 0x01000000 | uint32(r)
}

// Layouts still use keysyms from before Unicode. Some blocks of them are
// character sets, the rest of what Western keyboards have stands alone.
var (
	blocks = map[uint32]*charmap.Charmap{1: charmap.ISO8859_2, 2: charmap.ISO8859_3, 3: charmap.ISO8859_4, 6: charmap.KOI8R, 0xc: charmap.ISO8859_8}
	single = map[uint32]rune{
		0x20ac: '€', 0x13bc: 'Œ', 0x13bd: 'œ', 0x13be: 'Ÿ', 0xaa9: '—', 0xaaa: '–', 0xaae: '…', 0xac9: '™',
		0xad0: '‘', 0xad1: '’', 0xad2: '“', 0xad3: '”', 0xaf1: '†', 0xaf2: '‡', 0xafd: '‚', 0xafe: '„',
		0x8fb: '←', 0x8fc: '↑', 0x8fd: '→', 0x8fe: '↓', 0xac3: '⅛', 0xac4: '⅜', 0xac5: '⅝', 0xac6: '⅞', 0x7d9: 'Ω',
	}
)

// runeOf is the character of a keysym; 0 if it gives none.
func runeOf(sym uint32) rune {
	switch {
	case sym >= 0x20 && sym <= 0x7e || sym >= 0xa0 && sym <= 0xff:
		return rune(sym)
	case sym>>24 == 1:
		return rune(sym & 0xffffff)
	}
	if r, ok := single[sym]; ok {
		return r
	}
	if set := blocks[sym>>8]; set != nil && sym&0xff >= 0xa1 && (sym>>8 != 6 || sym&0xff >= 0xc0) {
		return set.DecodeByte(byte(sym))
	}
	return 0
}

// Dead keys, with the combining mark that they put on the next letter, and
// the character that two strokes give (Compose, en_US.UTF-8).
var dead = []struct {
	sym  uint32
	mark rune
	self rune // 0 where programs differ
}{
	{0xfe50, 0x300, '`'},
	{0xfe51, 0x301, '´'},
	{0xfe52, 0x302, '^'},
	{0xfe53, 0x303, '~'},
	{0xfe54, 0x304, '¯'},
	{0xfe55, 0x306, 0},
	{0xfe56, 0x307, 0},
	{0xfe57, 0x308, '¨'},
	{0xfe58, 0x30a, 0},
	{0xfe59, 0x30b, 0},
	{0xfe5a, 0x30c, 0},
	{0xfe5b, 0x327, 0},
	{0xfe5c, 0x328, 0},
}

// composed is how dead keys give a character: the dead key's keysym, then the
// letter, or 0 for the same key again. ok is false where they do not.
func composed(r rune) (first uint32, then rune, ok bool) {
	for _, d := range dead {
		if d.self == r {
			return d.sym, 0, true
		}
	}
	parts := []rune(norm.NFD.String(string(r)))
	if len(parts) != 2 || !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz", parts[0]|0x20) {
		return 0, 0, false
	}
	for _, d := range dead {
		if d.mark == parts[1] {
			return d.sym, parts[0], true
		}
	}
	return 0, 0, false
}
