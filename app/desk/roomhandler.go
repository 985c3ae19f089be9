package desk

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/coder/websocket"

	"github.com/beistand/beistand/app/api"
)

const (
	roomWrite = 10 * time.Second // for one message; slower is gone
	roomPing  = 20 * time.Second // between pings, and for the answer to one
)

// room connects one side to its session's room (RFC 6455).
func (s *Server) room(w http.ResponseWriter, r *http.Request, c caller) error {
	m := s.rooms.enter(c.session.ID)
	if m == nil {
		return refuse(http.StatusServiceUnavailable, api.KindUnavailable, "the desk is stopping")
	}
	defer func() { s.rooms.exit(c.session.ID, m, s.cfg.seams.now()) }()
	// Read again, now that an end would reach the room: none can fall in between.
	n, err := s.store.Session(r.Context(), c.session.ID)
	if err != nil {
		return err
	}
	if n.Ended != nil {
		return refuse(http.StatusGone, api.KindGone, "the session is over")
	}
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{CompressionMode: websocket.CompressionDisabled})
	if err != nil {
		return nil // Accept has answered
	}
	conn.SetReadLimit(api.MaxRoomMessage)
	ctx, cut := context.WithCancel(r.Context())
	me := &side{role: c.role(), out: make(chan message, s.rooms.queue), cut: cut}
	var both sync.WaitGroup
	both.Go(func() { write(ctx, conn, me) })
	both.Go(func() { ping(ctx, conn, cut) })
	m.join <- me
	for {
		typ, data, err := conn.Read(ctx)
		if err != nil {
			break
		}
		if typ != websocket.MessageBinary {
			break // text is the desk's alone
		}
		m.frames <- frame{me, data}
	}
	m.leave <- me
	cut()
	both.Wait()
	_ = conn.CloseNow() // the room is over either way, and the connection can carry no answer any more
	return nil
}

// write sends what the room gives until the room has no more, and says why it ends.
func write(ctx context.Context, conn *websocket.Conn, me *side) {
	for msg := range me.out {
		one, done := context.WithTimeout(ctx, roomWrite)
		if conn.Write(one, msg.typ, msg.data) != nil {
			me.cut() // the rest is drained without being sent
		}
		done()
	}
	if ctx.Err() == nil {
		_ = conn.Close(me.status, "") // waits for the other's close, 5 s at most
	}
}

// ping finds connections that died without a word.
func ping(ctx context.Context, conn *websocket.Conn, cut func()) {
	tick := time.NewTicker(roomPing)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			one, done := context.WithTimeout(ctx, roomPing)
			err := conn.Ping(one)
			done()
			if err != nil {
				cut()
				return
			}
		}
	}
}
