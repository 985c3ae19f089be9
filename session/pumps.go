package session

import (
	"context"
	"errors"
	"sync"

	"github.com/beistand/beistand/session/pake"
	"github.com/beistand/beistand/session/rendezvous"
	"github.com/beistand/beistand/session/wire"
)

// listen posts what comes through the desk. When a room is over, it waits for
// the next one.
func (r *run) listen() {
	for {
		room, moved := r.place.now()
		over := make(chan struct{})
		ctx, cancel := context.WithCancel(r.life)
		r.all.Go(func() { // a room that this side has left may take long to notice
			defer cancel()
			select {
			case <-moved:
			case <-over:
			}
		})
		if m, ok := room.(interface{ Met() <-chan struct{} }); ok {
			r.all.Go(func() { r.meet(m.Met(), over) })
		}
		e, goOn := r.listenTo(ctx, room)
		close(over)
		select {
		case <-moved:
		default:
			if !goOn || !r.post(post{event: e}) {
				return
			}
			r.place.gone(room)
		}
		select {
		case <-moved:
		case <-r.life.Done():
			return
		}
	}
}

// listenTo listens until the room is over, and says how; false: the run is too.
func (r *run) listenTo(ctx context.Context, room Room) (event, bool) {
	for {
		m, err := room.Receive(ctx)
		p := post{room: m}
		switch {
		case ctx.Err() != nil:
			return 0, false
		case err == nil && len(m) == 0:
			p = post{event: evTampered}
			return p.event, true
		case err == nil:
		case errors.Is(err, rendezvous.ErrPeerLeft): // they may come again
			p.event = evPeerLeft
		case errors.Is(err, rendezvous.ErrEnded):
			return deskEnded(err), true
		default:
			return evRoomLost, true
		}
		if !r.post(p) {
			return 0, false
		}
	}
}

func (r *run) meet(met <-chan struct{}, over <-chan struct{}) {
	for {
		select {
		case <-met:
			if !r.post(post{event: evMet}) {
				return
			}
		case <-over:
			return
		case <-r.life.Done():
			return
		}
	}
}

// agreed turns a confirmed key into the two sealed ways.
func (r *run) agreed(key *pake.Key) (err error) {
	r.key = key
	if r.words, err = checkWords(key, r.conf.role); err != nil {
		return err
	}
	r.room, err = newRoomWay(key)
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
	evFull:     &wire.Bye{Reason: wire.RecordFull},
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
	defer r.endLines()
	r.out.withdraw(true)
	l := r.line
	if l == nil {
		return
	}
	flush, cancel := context.WithTimeout(ctx, flushTime)
	defer cancel()
	for _, m := range last {
		if _, err := r.send(flush, m); err != nil {
			return
		}
	}
	if r.out.empty(flush) == nil { // a moment, no more
		_ = l.conn.Flush(flush)
	}
}
