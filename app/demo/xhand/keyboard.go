package xhand

import (
	"errors"
	"fmt"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
	"github.com/jezek/xgb/xtest"
)

// The keysyms of keys that are no characters (X11/keysymdef.h).
const (
	keyTab    = xproto.Keysym(0xff09)
	keyReturn = xproto.Keysym(0xff0d)
	keyShift  = xproto.Keysym(0xffe1) // left
)

// Key is a key that is no character.
type Key xproto.Keysym

// Enter is the key that takes what is offered first.
const Enter = Key(keyReturn)

// Escape is the key that leads out of something.
const Escape = Key(0xff1b)

// keysym is the keysym of a character: Latin-1 by itself, all others by the
// rule for Unicode (X11 protocol, appendix A).
func keysym(r rune) xproto.Keysym {
	switch {
	case r == '\n':
		return keyReturn
	case r == '\t':
		return keyTab
	case r >= 0x20 && r <= 0x7e, r >= 0xa0 && r <= 0xff:
		return xproto.Keysym(r)
	default:
		return xproto.Keysym(0x01000000 | r)
	}
}

// stroke is a key with or without shift.
type stroke struct {
	code  xproto.Keycode
	shift bool
}

// keyboard is the display's layout, first group, with the keys that carry nothing.
type keyboard struct {
	width    byte // keysyms a keycode
	strokes  map[xproto.Keysym]stroke
	spare    []xproto.Keycode
	borrowed []xproto.Keycode
	last     xproto.Keycode // pressed last
}

func readKeyboard(conn *xgb.Conn) (*keyboard, error) {
	setup := xproto.Setup(conn)
	count := byte(setup.MaxKeycode - setup.MinKeycode + 1)
	reply, err := xproto.GetKeyboardMapping(conn, setup.MinKeycode, count).Reply()
	if err != nil {
		return nil, fmt.Errorf("read keyboard layout: %w", err)
	}
	k := &keyboard{width: reply.KeysymsPerKeycode, strokes: map[xproto.Keysym]stroke{}}
	for i := range int(count) {
		code := setup.MinKeycode + xproto.Keycode(i)
		syms := reply.Keysyms[i*int(k.width):][:k.width]
		empty := true
		for level, sym := range syms {
			if sym == 0 {
				continue
			}
			empty = false
			if _, have := k.strokes[sym]; !have && level < 2 {
				k.strokes[sym] = stroke{code, level == 1}
			}
		}
		if empty {
			k.spare = append(k.spare, code)
		}
	}
	return k, nil
}

// find gives the stroke for a keysym. What the layout lacks is put on a key
// that carries nothing, which keeps it until the hand is closed.
func (k *keyboard) find(conn *xgb.Conn, sym xproto.Keysym) (stroke, error) {
	if s, ok := k.strokes[sym]; ok {
		return s, nil
	}
	if len(k.spare) == 0 {
		return stroke{}, errors.New("no spare key is left on the layout")
	}
	code := k.spare[0]
	if err := k.assign(conn, code, sym); err != nil {
		return stroke{}, err
	}
	k.spare = k.spare[1:]
	k.borrowed = append(k.borrowed, code)
	k.strokes[sym] = stroke{code: code}
	return k.strokes[sym], nil
}

func (k *keyboard) assign(conn *xgb.Conn, code xproto.Keycode, sym xproto.Keysym) error {
	syms := make([]xproto.Keysym, k.width)
	for i := range syms {
		syms[i] = sym // on every level, so that no modifier changes it
	}
	if err := xproto.ChangeKeyboardMappingChecked(conn, 1, code, k.width, syms).Check(); err != nil {
		return fmt.Errorf("put keysym %#x on key %d: %w", sym, code, err)
	}
	return nil
}

// restore gives the borrowed keys back empty.
func (k *keyboard) restore(conn *xgb.Conn) {
	for _, code := range k.borrowed {
		_ = k.assign(conn, code, 0) // the display may be gone
	}
	k.borrowed = nil
}

// Learn makes sure that each character can be typed. Many programs read the
// layout only once, so it is called before they start.
func (h *Hand) Learn(text string) error {
	for _, r := range text {
		if _, err := h.keys.find(h.conn, keysym(r)); err != nil {
			return fmt.Errorf("learn to type %q: %w", r, err)
		}
	}
	return nil
}

// Type types a text, a line break as Return.
func (h *Hand) Type(text string) error {
	for _, r := range text {
		if err := h.strike(keysym(r)); err != nil {
			return fmt.Errorf("type %q: %w", r, err)
		}
	}
	return nil
}

// Hit presses and releases a key.
func (h *Hand) Hit(k Key) error { return h.strike(xproto.Keysym(k)) }

// Keys that are held while others are struck, and one of those.
const (
	Control = Key(0xffe3) // left
	Alt     = Key(0xffe9) // left
	End     = Key(0xff57)
)

// Chord presses keys one after the other, holding each, and lets them go.
func (h *Hand) Chord(all ...Key) (err error) {
	for _, k := range all {
		s, findErr := h.keys.find(h.conn, xproto.Keysym(k))
		if findErr != nil {
			return errors.Join(err, findErr)
		}
		if err := h.key(xproto.KeyPress, s.code); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, h.key(xproto.KeyRelease, s.code)) }()
	}
	return err
}

func (h *Hand) strike(sym xproto.Keysym) error {
	s, err := h.keys.find(h.conn, sym)
	if err != nil {
		return err
	}
	if !s.shift {
		return errors.Join(h.key(xproto.KeyPress, s.code), h.key(xproto.KeyRelease, s.code))
	}
	shift, err := h.keys.find(h.conn, keyShift)
	if err != nil {
		return err
	}
	return errors.Join(
		h.key(xproto.KeyPress, shift.code), h.key(xproto.KeyPress, s.code),
		h.key(xproto.KeyRelease, s.code), h.key(xproto.KeyRelease, shift.code),
	)
}

// fingerLift is the least time between two strokes of one key, in milliseconds,
// kept by the server. GLFW takes shorter ones for the key's own repeating.
const fingerLift = 30

func (h *Hand) key(kind byte, code xproto.Keycode) error {
	wait := uint32(0)
	if kind == xproto.KeyPress {
		if code == h.keys.last {
			wait = fingerLift
		}
		h.keys.last = code
	}
	return xtest.FakeInputChecked(h.conn, kind, byte(code), wait, h.root, 0, 0, 0).Check()
}
