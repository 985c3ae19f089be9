package rendezvous

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/coder/websocket"

	"github.com/beistand/beistand/session/wire"
)

// Send passes one message of at most 64 KiB on to the other side. It waits
// until that is there for the first time; later it gives ErrPeerLeft while it
// is away. A ctx that ends during the write ends the room.
func (r *Room) Send(ctx context.Context, message []byte) error {
	if len(message) > wire.MaxMessage {
		return fmt.Errorf("send %d bytes through the desk: %w", len(message), wire.ErrFormat)
	}
	for {
		r.mu.Lock()
		there, changed, err := r.there, r.changed, r.err
		r.mu.Unlock()
		switch {
		case err != nil:
			return err
		case there == left:
			return ErrPeerLeft
		case there == present:
			if err := r.conn.Write(ctx, websocket.MessageBinary, message); err != nil {
				return r.reason(fmt.Errorf("send through the desk: %w", errors.Join(ErrLost, err)))
			}
			return nil
		}
		select {
		case <-changed:
		case <-r.over:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Met tells that the other side has come in, also when it comes in again. It is
// never closed.
func (r *Room) Met() <-chan struct{} { return r.met }

// Ping asks the desk whether the room is still there.
func (r *Room) Ping(ctx context.Context) error {
	if err := r.conn.Ping(ctx); err != nil {
		return r.reason(fmt.Errorf("ask the desk: %w", errors.Join(ErrLost, err)))
	}
	return nil
}

// reason is why the room is over, if it is, and err otherwise.
func (r *Room) reason(err error) error {
	select {
	case <-r.over:
		r.mu.Lock()
		defer r.mu.Unlock()
		return r.err
	default:
		return err
	}
}

// Receive waits for the other side's next message. ErrPeerLeft comes in its
// turn, once, and the other side may come again; every other error stays.
func (r *Room) Receive(ctx context.Context) ([]byte, error) {
	select {
	case i := <-r.queue:
		return i.message, i.err
	default:
	}
	select {
	case i := <-r.queue:
		return i.message, i.err
	case <-r.over:
		select { // both were ready
		case i := <-r.queue:
			return i.message, i.err
		default:
			return nil, r.reason(ErrClosed)
		}
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Close leaves the room and waits for its goroutine. What was sent before is
// on its way.
func (r *Room) Close() error {
	select {
	case <-r.over: // nobody left to say goodbye to
	default:
		said := make(chan struct{})
		go func() {
			defer close(said)
			_ = r.conn.Close(websocket.StatusNormalClosure, "") // the desk's answer is not needed
		}()
		timer := time.NewTimer(closeTimeout)
		defer timer.Stop()
		select {
		case <-said:
		case <-timer.C:
		}
		r.cancel()
		_ = r.conn.CloseNow() // ends the goodbye too, if that hangs
		<-said
	}
	r.cancel()
	r.reader.Wait()
	return nil
}
