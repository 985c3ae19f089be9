package clipboard

import (
	"context"
	"encoding/binary"
	"fmt"
	"unicode/utf8"

	"github.com/jezek/xgb/xproto"
)

// maxPiece is what is handed over at once; a longer text goes in pieces, as
// small servers want it.
const maxPiece = 16 << 10

// maxHanding bounds the transfers under way: each stands for a program that reads.
const maxHanding = 32

// Write is Clipboard's.
func (d *display) Write(_ context.Context, text string) error {
	if len(text) > MaxText {
		return fmt.Errorf("write the clipboard: %w", ErrLarge)
	}
	if !utf8.ValidString(text) {
		return fmt.Errorf("write the clipboard: %w", ErrText)
	}
	d.mu.Lock()
	if d.closed {
		d.mu.Unlock()
		return ErrClosed
	}
	d.text, d.owns = text, true
	d.mu.Unlock()
	err := xproto.SetSelectionOwnerChecked(d.conn, d.win, d.atoms["CLIPBOARD"], xproto.TimeCurrentTime).Check()
	if err != nil {
		return fmt.Errorf("write the clipboard: %w", err)
	}
	return nil
}

// serve answers another program that asks for the clipboard. mu is held.
func (d *display) serve(e xproto.SelectionRequestEvent) {
	place := e.Property
	if place == 0 { // an old program
		place = e.Target
	}
	if !d.owns || e.Selection != d.atoms["CLIPBOARD"] || !d.put(e, place) {
		place = 0
	}
	answer := xproto.SelectionNotifyEvent{Time: e.Time, Requestor: e.Requestor, Selection: e.Selection, Target: e.Target, Property: place}
	xproto.SendEvent(d.conn, false, e.Requestor, 0, string(answer.Bytes()))
}

func (d *display) put(e xproto.SelectionRequestEvent, place xproto.Atom) bool {
	switch e.Target {
	case d.atoms[typesName]:
		var raw []byte
		for _, a := range []xproto.Atom{d.atoms[typesName], d.atoms["UTF8_STRING"]} {
			raw = binary.LittleEndian.AppendUint32(raw, uint32(a))
		}
		xproto.ChangeProperty(d.conn, xproto.PropModeReplace, e.Requestor, place, xproto.AtomAtom, 32, uint32(len(raw)/4), raw)
		return true
	case d.atoms["UTF8_STRING"]:
	default:
		return false
	}
	if len(d.text) <= maxPiece {
		d.give(handover{e.Requestor, place}, d.text)
		return true
	}
	if len(d.handing) >= maxHanding {
		clear(d.handing) // of programs that have stopped reading
	}
	d.handing[handover{e.Requestor, place}] = d.text
	xproto.ChangeWindowAttributes(d.conn, e.Requestor, xproto.CwEventMask, []uint32{xproto.EventMaskPropertyChange})
	size := binary.LittleEndian.AppendUint32(nil, uint32(len(d.text)))
	xproto.ChangeProperty(d.conn, xproto.PropModeReplace, e.Requestor, place, d.atoms["INCR"], 32, 1, size)
	return true
}

func (d *display) give(to handover, piece string) {
	xproto.ChangeProperty(d.conn, xproto.PropModeReplace, to.win, to.atom, d.atoms["UTF8_STRING"], 8, uint32(len(piece)), []byte(piece))
}

// hand gives the next piece once the one before was taken; an empty one is the
// end. mu is held.
func (d *display) hand(to handover) {
	rest, ok := d.handing[to]
	if !ok {
		return
	}
	piece := rest[:min(len(rest), maxPiece)]
	d.give(to, piece)
	if d.handing[to] = rest[len(piece):]; piece == "" {
		delete(d.handing, to)
	}
}
