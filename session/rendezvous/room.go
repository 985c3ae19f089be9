// Package rendezvous is where the two sides of a session meet through the desk.
package rendezvous

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/coder/websocket"

	"github.com/beistand/beistand/session/wire"
)

// queueLength bounds the messages that were received and not yet asked for.
// A session is far ahead of its partner with a dozen.
const queueLength = 64

// closeTimeout bounds the goodbye to the desk.
const closeTimeout = 2 * time.Second

// Reasons that callers branch on.
var (
	ErrPeerLeft = errors.New("the other side has left the room")
	ErrEnded    = errors.New("the desk has ended the session") // see EndedError
	ErrLost     = errors.New("the connection to the desk is lost")
	ErrClosed   = errors.New("the room has been left") // by Close
	ErrFull     = errors.New("too many messages at once")
)

// EndedError is ErrEnded with what the desk gave as its reason.
type EndedError struct{ Reason string }

func (e *EndedError) Error() string {
	if e.Reason == "" {
		return ErrEnded.Error()
	}
	return ErrEnded.Error() + ": " + e.Reason
}

// Is makes it ErrEnded.
func (e *EndedError) Is(target error) bool { return target == ErrEnded }

// Room is one side's place in a desk's room. Its methods may be called from
// any goroutine.
type Room struct {
	conn   *websocket.Conn
	cancel context.CancelFunc
	reader sync.WaitGroup
	queue  chan item
	over   chan struct{} // closed when the reader has ended, err is set
	met    chan struct{} // told when the other side comes in; holds one

	mu      sync.Mutex // guards the rest
	err     error
	changed chan struct{} // closed and replaced when there changes
	there   presence
}

type presence int

const (
	notYet presence = iota
	present
	left
)

// item is a message, or that the other side has left.
type item struct {
	message []byte
	err     error
}

// event is a text message: the desk's own words.
type event struct {
	Event  string `json:"event"` // peer-joined, peer-left, ended
	Reason string `json:"reason"`
}

// Join takes over conn, on which the desk's room answers. The room lasts until
// Close, also past ctx, which only lends its values.
func Join(ctx context.Context, conn *websocket.Conn) (*Room, error) {
	return join(ctx, conn, make(chan struct{}, 1))
}

func join(ctx context.Context, conn *websocket.Conn, met chan struct{}) (*Room, error) {
	if err := ctx.Err(); err != nil {
		return nil, errors.Join(fmt.Errorf("join the room: %w", err), conn.CloseNow())
	}
	conn.SetReadLimit(wire.MaxMessage)
	own, cancel := context.WithCancel(context.WithoutCancel(ctx))
	r := &Room{
		conn: conn, cancel: cancel,
		queue: make(chan item, queueLength), over: make(chan struct{}), met: met, changed: make(chan struct{}),
	}
	r.reader.Go(func() { r.read(own) })
	return r, nil
}

// read takes what comes until the connection ends; it never waits for Receive.
func (r *Room) read(ctx context.Context) {
	err := r.readAll(ctx)
	r.mu.Lock()
	r.err = err
	r.mu.Unlock()
	close(r.over)
	_ = r.conn.CloseNow() // whatever ended it, nothing more is said
}

func (r *Room) readAll(ctx context.Context) error {
	for {
		kind, message, err := r.conn.Read(ctx)
		switch {
		case ctx.Err() != nil:
			return ErrClosed
		case err != nil:
			return fmt.Errorf("read from the desk: %w", errors.Join(ErrLost, err))
		case kind == websocket.MessageBinary:
			r.meet(present) // whatever the desk says: somebody is there
			err = r.put(item{message: message})
		default:
			err = r.hear(message)
		}
		if err != nil {
			return err
		}
	}
}

func (r *Room) hear(text []byte) error {
	var e event
	if err := json.Unmarshal(text, &e); err != nil {
		return fmt.Errorf("read the desk's words: %w", errors.Join(ErrLost, err))
	}
	switch e.Event {
	case "peer-joined":
		r.meet(present)
		select {
		case r.met <- struct{}{}:
		default:
		}
	case "peer-left":
		r.meet(left)
		return r.put(item{err: ErrPeerLeft})
	case "ended":
		return &EndedError{e.Reason}
	}
	return nil // a later desk may know more words
}

func (r *Room) put(i item) error {
	select {
	case r.queue <- i:
		return nil
	default:
		return fmt.Errorf("read from the desk: %w", ErrFull)
	}
}

func (r *Room) meet(p presence) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.there != p {
		r.there = p
		close(r.changed)
		r.changed = make(chan struct{})
	}
}
