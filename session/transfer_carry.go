package session

import (
	"context"
	"errors"
	"slices"

	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/wire"
)

// carry puts one of a transfer's messages on its way; while the session is held
// it waits. A hold that comes before a connection has been given the message
// withdraws it, and all of the transfer behind it: nothing leaves, and nothing
// arrives out of its order.
func (r *run) carry(ctx context.Context, o *outgoing, m wire.Message) error {
	need := rights.Of(o.t.Right)
	o.mu.Lock()
	turn := o.turn
	o.mu.Unlock()
	p := parcel{
		message: m, need: need,
		also: func() bool {
			o.mu.Lock()
			defer o.mu.Unlock()
			return o.turn == turn && len(o.lost) == 0
		},
		lost: func() {
			_ = o.change(func() error { // it has none
				o.lost = append(o.lost, m)
				return nil
			})
		},
	}
	for {
		_, err := r.out.put(ctx, p)
		if !errors.Is(err, errWithheld) {
			return err
		}
		if err := r.conf.gate.wait(ctx, need); err != nil {
			return err
		}
		o.mu.Lock()
		behind := len(o.lost) > 0 || o.turn != turn
		if behind { // it goes with those that were lost before it
			o.lost = append(o.lost, m)
		}
		o.mu.Unlock()
		if behind {
			return nil
		}
	}
}

// carryAgain sends again what was lost, in order.
func (r *run) carryAgain(ctx context.Context, o *outgoing) error {
	if err := r.conf.gate.wait(ctx, rights.Of(o.t.Right)); err != nil {
		return err
	}
	o.mu.Lock()
	lost := o.lost
	o.lost = nil
	o.turn++
	o.mu.Unlock()
	slices.SortFunc(lost, func(a, b wire.Message) int { return orderOf(a) - orderOf(b) })
	for _, m := range lost {
		if err := r.carry(ctx, o, m); err != nil {
			return err
		}
	}
	return nil
}

// orderOf is where in its transfer a message stands.
func orderOf(m wire.Message) int {
	switch m := m.(type) {
	case *wire.Hand:
		return 0
	case *wire.Piece:
		return 1 + int(m.Offset)
	}
	return 2 + wire.MaxFile
}
