package x11

import (
	"errors"
	"fmt"
	"sync"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// Extensions have these numbers for their events and errors (X11 protocol, appendix B).
const (
	firstExtensionEvent, lastExtensionEvent = 64, 127
	firstExtensionError, lastExtensionError = 128, 255
)

// prepare tells xgb of every number that an extension may have, before this
// process has its first connection. xgb's own Init does so later, once a
// connection and an extension, in maps that the readers of all connections use
// without a lock: a second source would end the program while the first reads.
var prepare = sync.OnceFunc(func() {
	for n := firstExtensionEvent; n <= lastExtensionEvent; n++ {
		xgb.NewEventFuncs[n] = func(buf []byte) xgb.Event { return Event(buf) }
	}
	for n := firstExtensionError; n <= lastExtensionError; n++ {
		xgb.NewErrorFuncs[n] = func(buf []byte) xgb.Error { return newExtensionError(buf) }
	}
})

var errNoExtension = errors.New("the server does not have it")

// Extension is where an extension's requests and events begin.
type Extension struct {
	Major byte // of its requests
	Event byte // number of its first event
}

// Use makes an extension's requests usable on conn, in the place of its
// package's Init. Its events arrive as Event.
func Use(conn *xgb.Conn, name string) (Extension, error) {
	reply, err := xproto.QueryExtension(conn, uint16(len(name)), name).Reply()
	if err == nil && !reply.Present {
		err = errNoExtension
	}
	if err != nil {
		return Extension{}, fmt.Errorf("use extension %s: %w", name, err)
	}
	conn.ExtLock.Lock()
	defer conn.ExtLock.Unlock()
	conn.Extensions[name] = reply.MajorOpcode
	return Extension{Major: reply.MajorOpcode, Event: reply.FirstEvent}, nil
}

// Event is an extension's event as it came, 32 bytes.
type Event []byte

// Number says which event it is, as the server counts.
func (e Event) Number() byte { return e[0] & 127 }

// Bytes is xgb.Event's.
func (e Event) Bytes() []byte  { return e }
func (e Event) String() string { return fmt.Sprintf("extension event %d", e.Number()) }

// extensionError is an extension's refusal of a request.
type extensionError struct {
	code, major byte
	minor, seq  uint16
	id          uint32
}

func newExtensionError(buf []byte) extensionError {
	return extensionError{code: buf[1], seq: xgb.Get16(buf[2:]), id: xgb.Get32(buf[4:]), minor: xgb.Get16(buf[8:]), major: buf[10]}
}

func (e extensionError) SequenceId() uint16 { return e.seq }
func (e extensionError) BadId() uint32      { return e.id }
func (e extensionError) Error() string {
	return fmt.Sprintf("extension error %d of request %d.%d on %d", e.code, e.major, e.minor, e.id)
}
