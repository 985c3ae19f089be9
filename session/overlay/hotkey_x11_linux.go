package overlay

import (
	"errors"
	"slices"

	"github.com/jezek/xgb/xproto"
)

// hotkey is what is held of the keyboard.
type hotkey struct {
	chord   Chord
	name    string // "" while nothing is held
	codes   []xproto.Keycode
	pressed chan struct{}
}

// locks are the modifiers that may be on beside a chord: CapsLock, and what
// NumLock and ScrollLock usually are.
var locks = []uint16{xproto.ModMaskLock, xproto.ModMask2, xproto.ModMask3, xproto.ModMask5}

func (c Chord) mask() (m uint16) {
	if c.Ctrl {
		m |= xproto.ModMaskControl
	}
	if c.Alt {
		m |= xproto.ModMask1
	}
	if c.Shift {
		m |= xproto.ModMaskShift
	}
	return m
}

func (d *display) Hotkey(keys ...string) (key string, pressed <-chan struct{}, err error) {
	err = d.use("hold a key", func() error {
		var chords []Chord
		for _, k := range keys {
			c, err := ParseChord(k)
			if err != nil {
				return err
			}
			chords = append(chords, c)
		}
		d.release()
		if d.keys.pressed == nil {
			d.keys.pressed = make(chan struct{}, 1)
		}
		for i, c := range chords {
			if err := d.grab(c); err != nil {
				var taken xproto.AccessError
				if errors.As(err, &taken) || errors.Is(err, ErrKey) {
					continue
				}
				return err
			}
			d.keys.chord, d.keys.name = c, keys[i]
			key, pressed = keys[i], d.keys.pressed
			return nil
		}
		return ErrTaken
	})
	return key, pressed, err
}

// grab takes a chord with every set of locks; all of them or none. A layout
// without the key gives ErrKey.
func (d *display) grab(c Chord) error {
	codes, err := d.codes(c)
	if err != nil {
		return err
	}
	d.keys.codes = codes
	for _, code := range d.keys.codes {
		for set := range 1 << len(locks) {
			mask := c.mask()
			for i, lock := range locks {
				if set&(1<<i) != 0 {
					mask |= lock
				}
			}
			err := xproto.GrabKeyChecked(d.conn, true, d.screen.Root, mask, code, xproto.GrabModeAsync, xproto.GrabModeAsync).Check()
			if err != nil {
				d.keys.chord = c
				d.release()
				return err
			}
		}
	}
	return nil
}

// codes are the keys that give a chord's key on the present layout.
func (d *display) codes(c Chord) (codes []xproto.Keycode, err error) {
	first := d.setup.MinKeycode
	m, err := xproto.GetKeyboardMapping(d.conn, first, byte(d.setup.MaxKeycode-first+1)).Reply()
	if err != nil {
		return nil, err
	}
	for i, sym := range m.Keysyms {
		if i%int(m.KeysymsPerKeycode) == 0 && uint32(sym) == keySym(c.Key) {
			codes = append(codes, first+xproto.Keycode(i/int(m.KeysymsPerKeycode)))
		}
	}
	if len(codes) == 0 {
		return nil, ErrKey
	}
	return codes, nil
}

func (d *display) release() {
	for _, code := range d.keys.codes {
		xproto.UngrabKey(d.conn, code, d.screen.Root, xproto.ModMaskAny)
	}
	d.keys.codes, d.keys.name = nil, ""
}

// press tells of a key that came.
func (d *display) press(xproto.KeyPressEvent) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed || d.keys.name == "" {
		return
	}
	select {
	case d.keys.pressed <- struct{}{}:
	default: // one is waiting
	}
}

// remap takes the key again where another layout has it. Most notices are of
// other keys: then it stays held without a gap.
func (d *display) remap() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed || d.keys.name == "" {
		return
	}
	name := d.keys.name
	if codes, err := d.codes(d.keys.chord); err != nil || slices.Equal(codes, d.keys.codes) {
		return
	}
	d.release()
	if d.grab(d.keys.chord) == nil {
		d.keys.name = name
	}
}
