package xhand

import (
	"fmt"
	"image"

	"github.com/jezek/xgb/xproto"
	"github.com/jezek/xgb/xtest"
)

// Button is a mouse button as X numbers it.
type Button byte

// The buttons that are needed here; the wheel's two directions are buttons too.
const (
	Left      Button = 1
	WheelUp   Button = 4
	WheelDown Button = 5
)

// Move brings the pointer to a place on the display.
func (h *Hand) Move(at image.Point) error {
	if err := xtest.FakeInputChecked(h.conn, xproto.MotionNotify, 0, 0, h.root, int16(at.X), int16(at.Y), 0).Check(); err != nil {
		return fmt.Errorf("move pointer to %v: %w", at, err)
	}
	return nil
}

// Click moves the pointer to a place and presses the left button there once.
func (h *Hand) Click(at image.Point) error { return h.Press(at, Left, 1) }

// Press moves the pointer to a place and presses a button there several times.
func (h *Hand) Press(at image.Point, b Button, times int) error {
	if err := h.Move(at); err != nil {
		return err
	}
	for range times {
		for _, kind := range []byte{xproto.ButtonPress, xproto.ButtonRelease} {
			if err := xtest.FakeInputChecked(h.conn, kind, byte(b), 0, h.root, 0, 0, 0).Check(); err != nil {
				return fmt.Errorf("press button %d at %v: %w", b, at, err)
			}
		}
	}
	return nil
}

// dragSteps is how many places a dragged pointer passes.
const dragSteps = 8

// Drag presses the left button at one place and lets go of it at another.
func (h *Hand) Drag(from, to image.Point) error {
	if err := h.Move(from); err != nil {
		return err
	}
	if err := h.button(xproto.ButtonPress); err != nil {
		return err
	}
	for n := 1; n <= dragSteps; n++ {
		at := from.Add(to.Sub(from).Mul(n).Div(dragSteps))
		if err := h.Move(at); err != nil {
			return err
		}
	}
	return h.button(xproto.ButtonRelease)
}

func (h *Hand) button(kind byte) error {
	if err := xtest.FakeInputChecked(h.conn, kind, byte(Left), 0, h.root, 0, 0, 0).Check(); err != nil {
		return fmt.Errorf("press or release the button: %w", err)
	}
	return nil
}

// Pointer is where the pointer is.
func (h *Hand) Pointer() (image.Point, error) {
	at, err := xproto.QueryPointer(h.conn, h.root).Reply()
	if err != nil {
		return image.Point{}, fmt.Errorf("ask where the pointer is: %w", err)
	}
	return image.Pt(int(at.RootX), int(at.RootY)), nil
}
