package input

import (
	"unicode"

	"github.com/jezek/xgb/xproto"
)

// stroke is one key with the modifiers that it wants of those that choose among
// a key's characters. Others are left as they are: they make a shortcut of it.
type stroke struct {
	code          xproto.Keycode
	shift, level3 bool
}

// Key is Input's.
func (d *display) Key(k Key, down bool) error {
	return d.use("press a key", func() error {
		if err := k.Check(); err != nil {
			return err
		}
		switch {
		case k.Modifier():
			return d.hold(k.Name, down)
		case !down:
			return nil
		case k.Rune != 0:
			return d.typeRune(k.Rune)
		}
		return d.typeName(k.Name)
	})
}

func (d *display) hold(name string, down bool) error {
	code, holds := d.held[name]
	if holds == down {
		return nil
	}
	if !down {
		delete(d.held, name)
		d.key(code, false)
		d.leave()
		return nil
	}
	kb, err := d.keyboard()
	if err != nil {
		return err
	}
	code = kb.modifier(symOfName(name), 0)
	d.held[name] = code
	d.leave()
	d.key(code, true)
	return nil
}

// typeName strikes a key without a character, with what is held beside it.
func (d *display) typeName(name string) error {
	kb, err := d.keyboard()
	if err != nil {
		return err
	}
	sym := symOfName(name)
	for i := range kb.keys {
		if got, _ := kb.sym(&kb.keys[i], keyState{group: kb.group}); got == sym {
			code := kb.first + xproto.Keycode(i)
			d.key(code, true)
			d.key(code, false)
			return nil
		}
	}
	code, err := d.borrow(kb, sym, sym)
	if err != nil {
		return err
	}
	d.key(code, true)
	d.key(code, false)
	return nil
}

func (d *display) typeRune(r rune) error {
	kb, err := d.keyboard()
	if err != nil {
		return err
	}
	_, alt := d.held["Alt"]
	_, control := d.held["Control"]
	_, meta := d.held["Meta"]
	strokes := kb.strokes(r, !alt && !control && !meta) // a shortcut is one key
	if strokes == nil {
		lower, upper := unicode.ToLower(r), unicode.ToUpper(r)
		if r != lower && r != upper || unicode.ToUpper(lower) != upper || unicode.ToLower(upper) != lower {
			lower, upper = r, r
		}
		if _, err := d.borrow(kb, unicodeSym(lower), unicodeSym(upper)); err != nil {
			return err
		}
		if kb, err = d.keyboard(); err != nil {
			return err
		}
		if strokes = kb.strokes(r, false); strokes == nil {
			return errLayout
		}
	}
	for _, s := range strokes {
		d.strike(kb, s)
	}
	return nil
}

// strike presses a key with just the shift and level3 that it wants, and puts
// back what of them is held.
func (d *display) strike(kb *keyboard, s stroke) {
	shift, holdsShift := d.held["Shift"]
	level3, holdsLevel3 := d.held["AltGraph"]
	for _, m := range []struct {
		wants, holds bool
		code, held   xproto.Keycode
	}{{s.shift, holdsShift, kb.shift, shift}, {s.level3, holdsLevel3, kb.level3, level3}} {
		switch {
		case m.wants && !m.holds:
			d.key(m.code, true)
			defer d.key(m.code, false)
		case !m.wants && m.holds:
			d.key(m.held, false)
			defer d.key(m.held, true)
		}
	}
	d.key(s.code, true)
	d.key(s.code, false)
}
