package input

import (
	"unicode"

	"github.com/jezek/xgb/xproto"
)

// Modifiers of the core protocol.
const (
	modShift = 1
	modLock  = 2
)

// keyboard is a layout with what is active in it and what this driver can add.
type keyboard struct {
	*keymap
	keyState                // without what this driver holds of shift and level3
	shift    xproto.Keycode // 0 if there is none
	level3   xproto.Keycode
	third    byte // the modifier that level3 sets
}

func (d *display) keyboard() (*keyboard, error) {
	m, s, err := d.layout()
	if err != nil {
		return nil, err
	}
	k := &keyboard{keymap: m, keyState: s}
	k.shift = k.modifier(symShift, modShift)
	k.level3 = k.modifier(symLevel3, 0)
	k.third = m.modify[k.level3]
	if _, holds := d.held["Shift"]; holds {
		k.mods &^= modShift
	}
	if _, holds := d.held["AltGraph"]; holds {
		k.mods &^= k.third
	}
	return k, nil
}

// modifier finds the key that gives sym and sets a modifier: mod, or any if that is 0.
func (k *keyboard) modifier(sym uint32, mod byte) xproto.Keycode {
	for i := range k.keys {
		code := k.first + xproto.Keycode(i)
		sets := k.modify[code]
		if sets == 0 || mod != 0 && sets&mod == 0 {
			continue
		}
		for _, s := range k.keys[i].syms {
			if s == sym {
				return code
			}
		}
	}
	return 0
}

// find looks for the stroke with the fewest modifiers that gives what matches.
// lock says that a locked CapsLock makes capitals of what it gives.
func (k *keyboard) find(matches func(sym uint32, lock bool) bool) (stroke, bool) {
	for _, try := range []stroke{{}, {shift: true}, {level3: true}, {shift: true, level3: true}} {
		s := k.keyState
		if try.shift {
			if k.shift == 0 {
				continue
			}
			s.mods |= modShift
		}
		if try.level3 {
			if k.third == 0 {
				continue
			}
			s.mods |= k.third
		}
		for i := range k.keys {
			sym, counted := k.sym(&k.keys[i], s)
			if sym != 0 && matches(sym, s.mods&modLock&^counted != 0) {
				try.code = k.first + xproto.Keycode(i)
				return try, true
			}
		}
	}
	return stroke{}, false
}

func (k *keyboard) rune(r rune) (stroke, bool) {
	return k.find(func(sym uint32, lock bool) bool {
		got := runeOf(sym)
		if lock {
			got = unicode.ToUpper(got)
		}
		return got == r
	})
}

func (k *keyboard) symbol(want uint32) (stroke, bool) {
	return k.find(func(sym uint32, _ bool) bool { return sym == want })
}

// strokes are what to press for a character: one key, or with dead keys two.
func (k *keyboard) strokes(r rune, compose bool) []stroke {
	if one, ok := k.rune(r); ok {
		return []stroke{one}
	}
	if first, then, ok := composed(r); ok && compose {
		a, ok := k.symbol(first)
		b := a
		if then != 0 && ok {
			b, ok = k.rune(then)
		}
		if ok {
			return []stroke{a, b}
		}
	}
	return nil
}
