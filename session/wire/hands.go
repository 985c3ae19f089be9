package wire

import (
	"encoding/binary"
	"slices"
	"unicode"
)

// Pointer is the viewer's mark on the customer's screen, in the pixels of the
// newest picture that it has shown; not shown, it is at 0, 0.
type Pointer struct {
	X, Y  uint16 // less than MaxSide
	Shown bool
}

// Move puts the customer's mouse pointer to a pixel of the newest picture shown.
type Move struct{ X, Y uint16 } // less than MaxSide

// Button presses or releases a mouse button: 1 left, 2 middle, 3 right, 8
// back, 9 forward.
type Button struct {
	Number uint8
	Down   bool
}

// Wheel turns the mouse wheel by notches, at most MaxNotches at once: to the
// right and towards the hand.
type Wheel struct{ DX, DY int8 } // not both 0

// MaxNotches bounds one Wheel.
const MaxNotches = 10

// Key presses or releases a key, named by what it means: the character that it
// gives, or its name.
type Key struct {
	Rune rune   // 0 with Name
	Name string // one of KeyNames; "" with Rune
	Down bool
}

// Own says that the customer uses their own mouse or keyboard, before which the
// viewer's stands back, or does no more.
type Own struct{ On bool }

// Clip is the sender's clipboard: text for the receiver's.
type Clip struct{ Text string } // at most MaxClip bytes, UTF-8

// keyNames are the keys that give no character, as W3C UI Events KeyboardEvent
// key values name them.
var keyNames = []string{
	"Alt", "AltGraph", "Control", "Meta", "Shift",
	"ArrowDown", "ArrowLeft", "ArrowRight", "ArrowUp", "Backspace", "CapsLock", "ContextMenu", "Delete", "End", "Enter", "Escape",
	"F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10", "F11", "F12",
	"Home", "Insert", "NumLock", "PageDown", "PageUp", "Pause", "PrintScreen", "ScrollLock", "Tab",
}

// KeyNames lists them.
func KeyNames() []string { return slices.Clone(keyNames) }

func (m *Own) append(b []byte) ([]byte, error) { return append(b, flag(m.On)), nil }
func (m *Own) parse(r *reader)                 { m.On = r.flag() }

func (m *Pointer) append(b []byte) ([]byte, error) {
	return append(appendPoint(b, m.X, m.Y), flag(m.Shown)), check(m.valid())
}

func (m *Pointer) parse(r *reader) {
	m.X, m.Y, m.Shown = r.uint16(), r.uint16(), r.flag()
	r.require(m.valid())
}

func (m *Pointer) valid() bool {
	return m.X < MaxSide && m.Y < MaxSide && (m.Shown || m.X == 0 && m.Y == 0)
}

func (m *Move) append(b []byte) ([]byte, error) {
	return appendPoint(b, m.X, m.Y), check(m.X < MaxSide && m.Y < MaxSide)
}

func (m *Move) parse(r *reader) {
	m.X, m.Y = r.uint16(), r.uint16()
	r.require(m.X < MaxSide && m.Y < MaxSide)
}

func appendPoint(b []byte, x, y uint16) []byte {
	return binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(b, x), y)
}

func (m *Button) append(b []byte) ([]byte, error) {
	return append(b, m.Number, flag(m.Down)), check(m.valid())
}

func (m *Button) parse(r *reader) {
	m.Number, m.Down = r.byte(), r.flag()
	r.require(m.valid())
}

func (m *Button) valid() bool { return slices.Contains([]uint8{1, 2, 3, 8, 9}, m.Number) }

func (m *Wheel) append(b []byte) ([]byte, error) {
	return append(b, byte(m.DX), byte(m.DY)), check(m.valid())
}

func (m *Wheel) parse(r *reader) {
	m.DX, m.DY = int8(r.byte()), int8(r.byte())
	r.require(m.valid())
}

func (m *Wheel) valid() bool {
	in := func(n int8) bool { return n >= -MaxNotches && n <= MaxNotches }
	return in(m.DX) && in(m.DY) && (m.DX != 0 || m.DY != 0)
}

func (m *Key) append(b []byte) ([]byte, error) {
	if err := check(m.valid()); err != nil {
		return nil, err
	}
	b = append(binary.BigEndian.AppendUint32(b, uint32(m.Rune)), flag(m.Down))
	return append(b, m.Name...), nil
}

func (m *Key) parse(r *reader) {
	n := r.uint32()
	r.require(n <= unicode.MaxRune)
	m.Down = r.flag()
	m.Name = string(r.all())
	if !r.bad {
		m.Rune = rune(n)
	}
	r.require(m.valid())
}

func (m *Key) valid() bool {
	if m.Name != "" {
		return m.Rune == 0 && slices.Contains(keyNames, m.Name)
	}
	return m.Rune != unicode.ReplacementChar && unicode.IsPrint(m.Rune)
}

func (m *Clip) append(b []byte) ([]byte, error) {
	return append(b, m.Text...), check(text(m.Text, MaxClip))
}

func (m *Clip) parse(r *reader) {
	m.Text = string(r.all())
	r.require(text(m.Text, MaxClip))
}
