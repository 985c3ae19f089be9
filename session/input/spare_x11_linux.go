package input

import (
	"errors"
	"slices"
	"time"

	"github.com/jezek/xgb/xproto"
)

// spare is a key that gives nothing by itself and was lent a character.
type spare struct {
	code         xproto.Keycode
	lower, upper uint32
	used         time.Time
}

// spareTime is how long a spare key keeps its character: programs look a key
// up when they come to it, which a busy one does late.
const spareTime = 3 * time.Second

// maxSpares bounds how many are lent at once; usual layouts have twice as many.
const maxSpares = 64

var errLayout = errors.New("the keyboard's layout has no key to lend")

// borrow gives a spare key that gives lower, and with shift upper.
func (d *display) borrow(kb *keyboard, lower, upper uint32) (xproto.Keycode, error) {
	now := time.Now()
	for _, s := range d.spares {
		if s.lower == lower && s.upper == upper {
			s.used = now
			return s.code, nil
		}
	}
	s := &spare{code: d.free(kb)}
	if s.code == 0 { // the one that was lent longest ago
		if len(d.spares) == 0 {
			return 0, errLayout
		}
		s = slices.MinFunc(d.spares, func(a, b *spare) int { return a.used.Compare(b.used) })
	} else {
		d.spares = append(d.spares, s)
		d.leave()
	}
	s.lower, s.upper, s.used = lower, upper, now
	if d.giver == nil {
		d.giver = time.AfterFunc(spareTime, d.later)
	}
	return s.code, d.lend(s.code, lower, upper)
}

func (d *display) lend(code xproto.Keycode, lower, upper uint32) error {
	return xproto.ChangeKeyboardMappingChecked(d.conn, 1, code, 2, []xproto.Keysym{xproto.Keysym(lower), xproto.Keysym(upper)}).Check()
}

// free is the highest key that nothing is on; 0 if there is none.
func (d *display) free(kb *keyboard) xproto.Keycode {
	if len(d.spares) >= maxSpares {
		return 0
	}
	for i, k := range slices.Backward(kb.keys) {
		code := kb.first + xproto.Keycode(i)
		empty := !slices.ContainsFunc(k.syms, func(s uint32) bool { return s != 0 }) && kb.modify[code] == 0
		if empty && !slices.ContainsFunc(d.spares, func(s *spare) bool { return s.code == code }) {
			return code
		}
	}
	return 0
}

// later gives back what was not used for a while.
func (d *display) later() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.conn == nil {
		return
	}
	d.giveBack(spareTime)
	d.giver = nil
	if len(d.spares) > 0 {
		d.giver = time.AfterFunc(spareTime, d.later)
	}
}

// giveBack empties the keys that were not used for that long.
func (d *display) giveBack(unused time.Duration) {
	now := time.Now()
	before := len(d.spares)
	d.spares = slices.DeleteFunc(d.spares, func(s *spare) bool {
		if now.Sub(s.used) < unused {
			return false
		}
		_ = d.lend(s.code, 0, 0) // a display that is gone has no keys to give back
		return true
	})
	if len(d.spares) != before {
		d.leave()
	}
}
