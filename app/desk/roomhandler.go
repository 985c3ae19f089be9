package desk

import (
	"context"
	"encoding/json"
	"net/http"
	"sync"
	"time"

	"github.com/coder/websocket"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/room"
	"github.com/beistand/beistand/app/desk/room/shared"
	"github.com/beistand/beistand/app/desk/store/db"
)

const (
	roomWrite = 10 * time.Second // for one message; slower is gone
	roomPing  = 20 * time.Second // between pings, and for the answer to one
)

// openRooms makes rooms in memory, or with a database that other desks have too
// such that the two sides may be at different ones.
func (s *Server) openRooms() (room.Rooms, error) {
	if s.store.DB().Kind() != db.PostgreSQL {
		return room.NewMemory(s.cfg.seams.slowRoom, s.cfg.seams.now), nil
	}
	r, err := shared.Open(context.Background(), shared.Config{
		DB: s.store.DB(), Queue: s.cfg.seams.slowRoom, Now: s.cfg.seams.now, Log: s.cfg.Log,
	})
	if err != nil {
		return nil, err // and no rooms
	}
	return r, nil
}

// room connects one side to its session's room (RFC 6455).
func (s *Server) room(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	if wait, ok := s.entering.Take(c.Session.ID+" "+c.Side(), s.cfg.seams.now()); !ok {
		return reply.TooMany("this room was entered many times in a short time", wait)
	}
	ctx, cut := context.WithCancel(context.WithoutCancel(r.Context())) // which ends with this call
	place, err := s.rooms.Enter(c.Session.ID, c.Side(), cut)
	if err != nil {
		cut()
		return reply.Refuse(http.StatusServiceUnavailable, api.KindUnavailable, "the desk is stopping")
	}
	conn, err := s.accept(w, r, c.Session.ID)
	if conn == nil {
		cut()
		place.Leave()
		return err
	}
	// On a stack of its own: what led here went deep, and its stack, the request
	// and the server's buffers would stay for as long as somebody waits.
	leave := s.open.Enter(c.Mark, c, cut)
	s.attending.Go(func() {
		attend(ctx, cut, conn, place)
		leave()
		place.Leave()
	})
	return nil
}

// accept makes the request a WebSocket; nil and nil is one that was refused already.
func (s *Server) accept(w http.ResponseWriter, r *http.Request, session string) (*websocket.Conn, error) {
	// Read again, now that an end would reach the room: none can fall in between.
	n, err := s.store.Session(r.Context(), session)
	if err != nil {
		return nil, err
	}
	if s.closed(n.Session) {
		return nil, reply.Refuse(http.StatusGone, api.KindGone, "the session is over")
	}
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{
		CompressionMode: websocket.CompressionDisabled, Subprotocols: []string{api.RoomProtocol},
	})
	if err != nil {
		return nil, nil //nolint:nilerr // Accept has answered
	}
	return conn, nil
}

// attend passes messages both ways until the connection or the place ends.
func attend(ctx context.Context, cut func(), conn *websocket.Conn, place room.Place) {
	conn.SetReadLimit(api.MaxRoomMessage)
	var writer sync.WaitGroup
	read := make(chan struct{}) // closed when nothing is read any more
	writer.Go(func() { write(ctx, cut, conn, place, read) })
	for {
		typ, data, err := conn.Read(ctx)
		if err != nil || typ != websocket.MessageBinary { // text is the desk's alone
			break
		}
		if place.Send(data) != nil {
			break
		}
	}
	close(read)
	cut()
	writer.Wait()
	_ = conn.CloseNow() // the room is over either way, and the connection can carry no answer any more
}

// write sends what the room gives until it has no more, and says why it ends.
// Between, it finds connections that died without a word.
func write(ctx context.Context, cut func(), conn *websocket.Conn, place room.Place, read <-chan struct{}) {
	var pings sync.WaitGroup
	defer pings.Wait()
	tick := time.NewTicker(roomPing)
	defer tick.Stop()
	for {
		select {
		case msg, ok := <-place.Messages():
			if !ok {
				if ctx.Err() == nil {
					_ = conn.Close(goodbye(place.Why()), "") // waits for the other's close, 5 s at most
				}
				return
			}
			if send(ctx, conn, msg) != nil {
				cut()
				return
			}
		case <-tick.C: // the answer is not waited for here: a goroutine for as long as it takes, and none else
			pings.Go(func() {
				one, done := context.WithTimeout(ctx, roomPing)
				defer done()
				if conn.Ping(one) != nil {
					cut()
				}
			})
		case <-read:
			return
		}
	}
}

func send(ctx context.Context, conn *websocket.Conn, msg room.Message) error {
	ctx, done := context.WithTimeout(ctx, roomWrite)
	defer done()
	if msg.Event == "" {
		return conn.Write(ctx, websocket.MessageBinary, msg.Data)
	}
	text, err := json.Marshal(api.RoomEvent{Event: string(msg.Event), Reason: msg.Reason})
	if err != nil { // two strings
		panic(err)
	}
	return conn.Write(ctx, websocket.MessageText, text)
}

func goodbye(why room.Why) websocket.StatusCode {
	switch why {
	case room.Over:
		return websocket.StatusNormalClosure
	case room.Stopped:
		return websocket.StatusGoingAway
	}
	return websocket.StatusPolicyViolation
}
