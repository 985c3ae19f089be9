package session

import (
	"errors"
	"sync/atomic"
	"time"

	"github.com/beistand/beistand/session/picture"
	"github.com/beistand/beistand/session/record"
	"github.com/beistand/beistand/session/wire"
)

// viewing is the supporter's part of a run.
type viewing struct {
	config   ViewerConfig
	watching *watching
	flows    flows
	pieces   picture.Pieces
	pointer  *remote
	figures  *atomic.Pointer[Figures]
	copy     *record.Copy        // nil before the host's key is known
	signed   *wire.Countersigned // the newest; nil: none
	gate     *gate
	doing    *doing
	told     Hold            // why nothing is shown
	sums     map[string]bool // of what the record says was handed over; a Done needs one
	pumping  bool
	own      bool // the customer uses their own mouse or keyboard

	clips, vitals bucket
}

func (v *viewing) enter(r *run, s state) (err error) {
	if s == waiting {
		if r.exchange, err = newExchange(viewer, r.conf.code, r.conf.invitation, r.sign, r.identity.Fingerprint()); err != nil {
			return err
		}
		share := &wire.Share{Data: associated(viewer, r.sign.Public(), r.identity.Fingerprint())}
		copy(share.Point[:], r.exchange.Share())
		b, err := wire.Append(nil, share)
		if err != nil {
			return err
		}
		r.all.Go(func() { // waits for the customer to come
			switch err := r.conf.room.Send(r.life, b); {
			case err == nil:
				r.post(post{event: evJoined})
			default:
				r.post(post{event: evRoomLost})
			}
		})
	}
	if (s == live || s == paused) && !v.pumping {
		v.pumping = true
		r.all.Go(func() { v.doing.pump(r) })
		r.all.Go(func() { v.flows.run(r.life, r) })
		r.all.Go(func() {
			if err := v.watching.run(r.life, r); err != nil {
				r.post(post{do: func() { r.fail(err) }})
			}
		})
	}
	return nil
}

func (v *viewing) take(r *run, m wire.Message) error {
	switch m := m.(type) {
	case *wire.Answered:
		return v.confirm(r, m)
	case *wire.Recorded:
		return v.recorded(r, m)
	case *wire.Granted, *wire.Refused:
		return v.answered(r, m)
	case *wire.Offer:
		if m.Connection > r.newest && r.wished() {
			r.newLine(m.Connection, m)
			r.trouble.tried = time.Now()
		}
	case *wire.Candidate:
		r.word(m.Connection, m)
	case *wire.Picture, *wire.Screen, *wire.Shape, *wire.Cursor, *wire.Figures:
		return v.screened(r, m)
	case *wire.Paused:
		v.pieces.Drop()
		v.flows.end()
		v.watching.end()
		v.pointer.hide()
		v.own = false
		r.touch()
		v.holds(Hold(m.Why))
		if r.state == paused {
			r.tellLive()
		}
	case *wire.Resumed:
		v.holds(0)
		r.touch()
	case *wire.Active:
		r.touch()
	default:
		return v.given(r, m)
	}
	return nil
}

// confirm is this side's second step of the key exchange.
func (v *viewing) confirm(r *run, m *wire.Answered) error {
	theirs, print, err := introduced(host, m.Data)
	if err != nil {
		return err
	}
	agreement, err := r.exchange.Agree(m.Point[:], m.Data)
	if err != nil {
		return err
	}
	r.theirs = print
	key, err := agreement.Confirm(m.Tag[:])
	if err != nil {
		return err
	}
	i := r.conf.invitation
	v.copy = record.NewCopy(record.Expected{
		Key: theirs, Invitation: i.Invitation,
	}, r.sign, v.config.Record)
	confirm := &wire.Confirm{}
	copy(confirm.Tag[:], agreement.Tag())
	if err := r.say(r.life, confirm); err != nil { // the last message in the clear
		return err
	}
	return r.agreed(key)
}

func (*viewing) leave(*run) {}

func (*viewing) conclude(*run) []wire.Message { return nil }

func (*viewing) keep() error { return nil }

func (*viewing) settle(*run) (bool, error) { return false, nil }

func (v *viewing) whole() bool { return v.copy == nil || v.copy.Chain().Ended() }

func (v *viewing) signature() wire.Message {
	if v.signed == nil {
		return nil
	}
	return v.signed
}

// last takes the record's last entries. What is wrong with them is no end any
// more: the copy goes without.
func (v *viewing) last(m wire.Message) error {
	told, ok := m.(*wire.Recorded)
	if !ok || v.copy == nil {
		return nil
	}
	line, err := v.copy.Take(told.Line)
	switch {
	case errors.Is(err, record.ErrKeep):
		return err
	case err == nil && line != nil:
		v.signed = &wire.Countersigned{Line: line}
	}
	return nil
}
