package session

import (
	"context"
	"errors"

	"github.com/beistand/beistand/session/pake"
	"github.com/beistand/beistand/session/rendezvous"
)

// listen posts what comes through the desk. When a room is over, it waits for
// the next one.
func (r *run) listen() {
	for {
		room, moved := r.place.Now()
		over := make(chan struct{})
		ctx, cancel := context.WithCancel(r.ways)
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
			r.place.Gone(room)
		}
		select {
		case <-moved:
		case <-r.ways.Done():
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
		case <-r.ways.Done():
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

// rejoins is rejoin as the place in the room takes it.
func rejoins(rejoin func(context.Context) (Room, error)) func(context.Context) (rendezvous.Way, error) {
	if rejoin == nil {
		return nil
	}
	return func(ctx context.Context) (rendezvous.Way, error) { return rejoin(ctx) }
}
