package clipboard

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// readTime bounds how long a program has for each answer: one that hangs has
// no clipboard.
const readTime = 2 * time.Second

var errSlow = errors.New("the program that holds the clipboard does not answer")

func (d *display) Read(ctx context.Context) (string, error) {
	select {
	case d.turn <- struct{}{}:
	case <-ctx.Done():
		return "", ctx.Err()
	case <-d.done:
		return "", ErrClosed
	}
	defer func() { <-d.turn }()
	d.mu.Lock()
	closed, owns, text := d.closed, d.owns, d.text
	d.answers = make(chan xgb.Event, 256)
	d.mu.Unlock()
	defer func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.answers = nil
	}()
	switch {
	case closed:
		return "", ErrClosed
	case owns:
		return text, nil
	}
	text, err := d.read(ctx)
	if err != nil {
		return "", fmt.Errorf("read the clipboard: %w", err)
	}
	return text, nil
}

// read asks what there is before it asks for the text, so that a password is
// never even sent.
func (d *display) read(ctx context.Context) (string, error) {
	raw, err := d.convert(ctx, d.atoms[typesName])
	if err != nil || len(raw) == 0 {
		return "", err
	}
	var types []xproto.Atom
	for ; len(raw) >= 4; raw = raw[4:] {
		types = append(types, xproto.Atom(binary.LittleEndian.Uint32(raw)))
	}
	if slices.Contains(types, d.atoms[secretName]) {
		hint, err := d.convert(ctx, d.atoms[secretName])
		if err != nil || string(hint) == "secret" { // what cannot be asked could be one
			return "", errors.Join(ErrSecret, err)
		}
	}
	text, err := d.convert(ctx, d.atoms["UTF8_STRING"])
	if err != nil {
		return "", err
	}
	if !utf8.Valid(text) {
		return "", ErrText
	}
	return string(text), nil
}

// convert asks the clipboard's holder for one form of it; nil is none.
func (d *display) convert(ctx context.Context, target xproto.Atom) ([]byte, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, readTime, errSlow)
	defer cancel()
	place := d.atoms["_BEISTAND_CLIPBOARD"]
	d.forget()
	xproto.DeleteProperty(d.conn, d.win, place)
	if err := xproto.ConvertSelectionChecked(d.conn, d.win, d.atoms["CLIPBOARD"], target, place, xproto.TimeCurrentTime).Check(); err != nil {
		return nil, err
	}
	for {
		event, err := d.next(ctx)
		if err != nil {
			return nil, err
		}
		e, ok := event.(xproto.SelectionNotifyEvent)
		if !ok || e.Target != target {
			continue
		}
		if e.Property == 0 {
			return nil, nil
		}
		break
	}
	d.forget() // that it was put there is known
	reply, err := d.take(place)
	if err != nil {
		return nil, err
	}
	if reply.Type != d.atoms["INCR"] {
		return reply.Value, nil
	}
	return d.pieces(ctx, place)
}

// pieces reads what comes piece by piece, until an empty one (ICCCM 2.7.2).
func (d *display) pieces(ctx context.Context, place xproto.Atom) ([]byte, error) {
	var all []byte
	for {
		event, err := d.next(ctx)
		if err != nil {
			return nil, err
		}
		if e, ok := event.(xproto.PropertyNotifyEvent); !ok || e.Atom != place {
			continue
		}
		reply, err := d.take(place)
		if err != nil {
			return nil, err
		}
		if reply.Format == 0 {
			continue // taken already, with the piece before
		}
		if len(reply.Value) == 0 {
			return all, nil
		}
		if all = append(all, reply.Value...); len(all) > MaxText {
			return nil, ErrLarge
		}
	}
}

// take reads a property of the own window, which tells the holder to go on.
func (d *display) take(place xproto.Atom) (*xproto.GetPropertyReply, error) {
	reply, err := xproto.GetProperty(d.conn, true, d.win, place, xproto.GetPropertyTypeAny, 0, MaxText/4).Reply()
	if err == nil && reply.BytesAfter > 0 {
		err = ErrLarge
	}
	return reply, err
}

func (d *display) next(ctx context.Context) (xgb.Event, error) {
	d.mu.Lock()
	answers := d.answers
	d.mu.Unlock()
	select {
	case event := <-answers:
		return event, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	case <-d.done:
		return nil, ErrClosed
	}
}

// forget drops answers to earlier questions.
func (d *display) forget() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for len(d.answers) > 0 {
		<-d.answers
	}
}
