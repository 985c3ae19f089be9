package input

import (
	"encoding/binary"

	"github.com/jezek/xgb/xproto"
)

// An X11 server keeps a key down whose program was killed. So what is pressed
// and lent is written on the desktop before it is, and the next driver that
// opens there clears up after one that has died: its window is gone. Without
// one it lasts until its person presses the same key once.
const leftName = "_BEISTAND_INPUT"

const maxLeft = 256 // numbers in that property

// What the property's numbers mean, in the upper half of each.
const (
	leftKey = iota + 1
	leftButton
	leftSpare
)

// leave writes down what this driver holds.
func (d *display) leave() {
	numbers := []uint32{uint32(d.owner)}
	for _, code := range d.held {
		numbers = append(numbers, leftKey<<16|uint32(code))
	}
	for _, b := range d.buttons {
		numbers = append(numbers, leftButton<<16|uint32(b))
	}
	for _, s := range d.spares {
		numbers = append(numbers, leftSpare<<16|uint32(s.code))
	}
	if len(numbers) == 1 {
		if d.wrote {
			xproto.DeleteProperty(d.conn, d.root, d.left)
		}
		d.wrote = false
		return
	}
	d.wrote = true
	var raw []byte
	for _, n := range numbers {
		raw = binary.LittleEndian.AppendUint32(raw, n)
	}
	xproto.ChangeProperty(d.conn, xproto.PropModeReplace, d.root, d.left, xproto.AtomCardinal, 32, uint32(len(numbers)), raw)
}

// recover makes the window that says that this driver lives, and lets go what
// one that has died has left.
func (d *display) recover() error {
	atom, err := xproto.InternAtom(d.conn, false, uint16(len(leftName)), leftName).Reply()
	if err != nil {
		return err
	}
	d.left = atom.Atom
	if err := d.clear(); err != nil {
		return err
	}
	if d.owner, err = xproto.NewWindowId(d.conn); err != nil {
		return err
	}
	err = xproto.CreateWindowChecked(d.conn, 0, d.owner, d.root, 0, 0, 1, 1, 0, xproto.WindowClassInputOnly, 0, 0, nil).Check()
	if err != nil {
		return err
	}
	return xproto.ChangePropertyChecked(d.conn, xproto.PropModeReplace, d.owner, d.left, xproto.AtomCardinal, 32, 1, make([]byte, 4)).Check()
}

// clear lets go what was left. A server gives a dead client's numbers to the
// next one: a window is the writer's only if it says so itself.
func (d *display) clear() error {
	reply, err := xproto.GetProperty(d.conn, false, d.root, d.left, xproto.AtomCardinal, 0, maxLeft).Reply()
	if err != nil || len(reply.Value) < 4 {
		return err
	}
	owner := xproto.Window(binary.LittleEndian.Uint32(reply.Value))
	if mark, err := xproto.GetProperty(d.conn, false, owner, d.left, xproto.AtomCardinal, 0, 1).Reply(); err == nil && mark.Format != 0 {
		return nil // it lives
	}
	for raw := reply.Value[4:]; len(raw) >= 4; raw = raw[4:] {
		switch n := binary.LittleEndian.Uint32(raw); n >> 16 {
		case leftKey:
			d.key(xproto.Keycode(n), false)
		case leftButton:
			d.button(byte(n), false)
		case leftSpare:
			if xproto.Keycode(n) >= xproto.Setup(d.conn).MinKeycode {
				_ = d.lend(xproto.Keycode(n), 0, 0)
			}
		}
	}
	xproto.DeleteProperty(d.conn, d.root, d.left)
	return nil
}
