package session

import (
	"context"
	"errors"
	"sync"

	"github.com/beistand/beistand/session/pake"
	"github.com/beistand/beistand/session/peer"
	"github.com/beistand/beistand/session/rendezvous"
	"github.com/beistand/beistand/session/wire"
)

// listen posts what comes through the desk until the room is over.
func (r *run) listen() {
	for {
		m, err := r.conf.room.Receive(r.life)
		switch {
		case r.life.Err() != nil:
			return
		case err == nil && len(m) == 0:
			r.post(post{event: evTampered})
			return
		case err == nil:
			if !r.post(post{room: m}) {
				return
			}
		case errors.Is(err, rendezvous.ErrPeerLeft): // they may come again
			if !r.post(post{event: evPeerLeft}) {
				return
			}
		case errors.Is(err, rendezvous.ErrEnded):
			r.post(post{event: deskEnded(err)})
			return
		default:
			r.post(post{event: evRoomLost})
			return
		}
	}
}

// connect makes this side's end of the connection and watches it.
func (r *run) connect() error {
	ice := r.conf.ice
	if r.conf.fresh != nil {
		ctx, cancel := context.WithTimeout(r.life, iceTime)
		fresh, err := r.conf.fresh(ctx)
		cancel()
		if err == nil {
			ice = fresh
		}
	}
	servers := make([]peer.Server, len(ice))
	for i, s := range ice {
		servers[i] = peer.Server{URLs: s.URLs, Username: s.Username, Credential: s.Credential}
	}
	conn, err := peer.New(peer.Config{Servers: servers, RelayOnly: r.conf.relay})
	if err != nil {
		return errors.Join(errSetUp, err)
	}
	r.conn = conn
	r.all.Go(func() { r.trickle(conn) })
	r.all.Go(func() { r.watch(conn) })
	return nil
}

func (r *run) trickle(conn *peer.Conn) {
	for {
		select {
		case c, more := <-conn.Candidates():
			if !r.post(post{candidate: &c}) || !more {
				return
			}
		case <-r.life.Done():
			return
		}
	}
}

func (r *run) watch(conn *peer.Conn) {
	select {
	case <-conn.Opened():
	case <-conn.Done():
		r.post(post{event: evLost})
		return
	case <-r.life.Done():
		return
	}
	if !r.post(post{event: evOpened}) {
		return
	}
	for {
		m, err := conn.Receive(r.life)
		if err != nil {
			if r.life.Err() == nil {
				r.post(post{event: evLost})
			}
			return
		}
		if len(m) > 0 && !r.post(post{data: m}) {
			return
		}
	}
}

// addCandidate takes one of the other side's. One that is of no use does no
// harm: the others remain, and time is limited.
func (r *run) addCandidate(c *wire.Candidate) {
	if c.Line != "" && r.conn != nil {
		_ = r.conn.AddCandidate(peer.Candidate{Line: c.Line, Mid: c.Mid, Index: c.Index, Ufrag: c.Ufrag})
	}
}

// agreed turns a confirmed key into the two sealed ways.
func (r *run) agreed(key *pake.Key) (err error) {
	if r.room, err = newWay(key, "room"); err != nil {
		return err
	}
	r.channel, err = newWay(key, "data channel")
	return err
}

// farewells is what is said for an end that this side knows of first.
var farewells = map[event]wire.Message{
	evStop:     &wire.Bye{Reason: wire.Stopped},
	evMismatch: &wire.Bye{Reason: wire.WrongCode},
	evExpired:  &wire.Bye{Reason: wire.Expired},
	evNoWay:    &wire.Bye{Reason: wire.NoWay},
	evLost:     &wire.Bye{Reason: wire.NoWay},
	evNoScreen: &wire.Bye{Reason: wire.NoScreen},
	evNoRecord: &wire.Bye{Reason: wire.NoRecord},
	evTampered: &wire.Bye{Reason: wire.Tampered},
	evIdle:     &wire.Bye{Reason: wire.Idle},
	evLongest:  &wire.Bye{Reason: wire.TooLong},
	evNo:       &wire.Refused{},
	evSilence:  &wire.Refused{},
}

// farewell tells the other side the record's last entries and why it ends, by
// every way that there is, and gives the messages a moment to arrive.
func (r *run) farewell(ctx context.Context, last []wire.Message) {
	m, ok := farewells[r.outcome.cause]
	if _, refused := m.(*wire.Refused); refused && r.conf.role == viewer {
		m = &wire.Bye{Reason: wire.Stopped}
	}
	if !ok && r.outcome.cause.fromPeer() && errors.Is(r.outcome.err, ErrTampered) && r.outcome.cause != evByeTampered {
		m, ok = &wire.Bye{Reason: wire.Tampered}, true
	}
	if !ok {
		return
	}
	var room sync.WaitGroup
	alone := r.reached == waiting && (r.outcome.cause == evStop || r.outcome.cause == evExpired)
	if !alone { // somebody is there to hear it
		room.Go(func() {
			ctx, cancel := context.WithTimeout(ctx, byeTime)
			defer cancel()
			if r.room.sealer != nil {
				for _, l := range last {
					if r.say(ctx, l) != nil {
						return
					}
				}
			}
			_ = r.say(ctx, m) // the other side notices also without
		})
	}
	r.farewellDirect(ctx, append(last[:len(last):len(last)], m)...)
	room.Wait()
}

// farewellDirect says it over the data channel and closes that: what the
// connection still held of a picture goes nowhere, also when the desk is slow.
func (r *run) farewellDirect(ctx context.Context, last ...wire.Message) {
	if r.conn == nil {
		return
	}
	select {
	case <-r.conn.Opened():
		flush, cancel := context.WithTimeout(ctx, flushTime)
		defer cancel()
		for _, m := range last {
			if _, err := r.send(flush, m); err != nil {
				break
			}
		}
		_ = r.conn.Flush(flush) // a moment, no more
	default:
	}
	_ = r.conn.Close() // nothing is left that could be lost
}
