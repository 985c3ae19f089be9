package session

import (
	"context"
	"errors"
	"fmt"

	"github.com/beistand/beistand/session/rendezvous"
	"github.com/beistand/beistand/session/seal"
	"github.com/beistand/beistand/session/wire"
)

// eventOf is what a message means to the state machine.
func eventOf(m wire.Message) event {
	switch m := m.(type) {
	case *wire.Share:
		return evShare
	case *wire.Answered:
		return evAnswered
	case *wire.Confirm:
		return evConfirm
	case *wire.Granted:
		return evGranted
	case *wire.Refused:
		return evRefused
	case *wire.Offer:
		return evOffer
	case *wire.Answer:
		return evAnswer
	case *wire.Candidate:
		return evCandidate
	case *wire.Picture:
		return evPicture
	case *wire.Screen, *wire.Shape, *wire.Cursor, *wire.Figures:
		return evPicture
	case *wire.Shown:
		return evShown
	case *wire.Recorded:
		return evRecorded
	case *wire.Countersigned:
		return evCountersigned
	case *wire.Paused:
		return evPaused
	case *wire.Resumed:
		return evResumed
	case *wire.Active:
		return evActive
	case *wire.Again:
		return evAgain
	case *wire.Ask, *wire.GiveBack:
		return evAsk
	case *wire.Pointer, *wire.Move, *wire.Button, *wire.Wheel, *wire.Key, *wire.Clip, *wire.Want, *wire.Vital,
		*wire.Hand, *wire.Accept, *wire.Piece, *wire.Took, *wire.Done, *wire.Cancel, *wire.Own:
		return evUsed
	case *wire.Bye:
		if e, ok := byes[m.Reason]; ok {
			return e
		}
	}
	return evTampered
}

var byes = map[wire.Reason]event{
	wire.Stopped: evByeStopped, wire.WrongCode: evByeWrongCode, wire.Expired: evByeExpired,
	wire.NoWay: evByeNoWay, wire.NoScreen: evByeNoScreen, wire.Tampered: evByeTampered,
	wire.NoRecord: evByeNoRecord, wire.Idle: evByeIdle, wire.TooLong: evByeLongest, wire.RecordFull: evByeFull,
}

// errForeign marks what nobody with the key has said.
var errForeign = errors.New("it is not the other side's")

// openRoom reads what came through the desk. A message counts only in the form
// that its meaning asks for: the key exchange in the clear, pictures never
// through the desk, the rest sealed; a goodbye in the clear only while there
// is no key, or when the other side says that there is none.
func (r *run) openRoom(b []byte) (wire.Message, error) {
	m, err := wire.Decode(b)
	if err != nil {
		return nil, errors.Join(errForeign, err)
	}
	late := r.state == live || r.state == paused || r.state == ended && r.reached >= live
	switch m := m.(type) {
	case *wire.Share, *wire.Answered, *wire.Confirm:
		if !late {
			return m, nil
		}
	case *wire.Bye:
		if !late && (r.room.opener == nil || m.Reason == wire.WrongCode) {
			return m, nil
		}
		if r.state == asking { // it has left without knowing the key; or somebody says so
			return nil, rendezvous.ErrPeerLeft
		}
	case *wire.Sealed:
		if r.room.opener == nil {
			break
		}
		if !late && m.Number != r.room.opener.Next() { // nothing is lost before it is live
			return nil, fmt.Errorf("message %d is missing: %w", r.room.opener.Next(), ErrTampered)
		}
		plain, err := r.room.opener.Open(nil, m.Number, m.Body)
		if err != nil {
			return nil, errors.Join(errForeign, err)
		}
		inner, err := wire.Decode(plain)
		if err != nil {
			return nil, err
		}
		switch inner.(type) {
		case *wire.Granted, *wire.Refused, *wire.Offer, *wire.Answer, *wire.Candidate, *wire.Bye,
			*wire.Recorded, *wire.Countersigned, *wire.Again:
			return inner, nil
		}
		return nil, fmt.Errorf("take %T through the desk: %w", inner, ErrTampered)
	}
	return nil, errors.Join(errForeign, fmt.Errorf("take %T in the clear: %w", m, ErrTampered))
}

// openChannel reads what came over the data channel: always sealed.
func (r *run) openChannel(b []byte) (wire.Message, error) {
	m, err := open(r.line.way.opener, b)
	if err != nil {
		return nil, err
	}
	switch m.(type) {
	case *wire.Picture, *wire.Screen, *wire.Shape, *wire.Cursor, *wire.Figures, *wire.Shown, *wire.Paused, *wire.Resumed, *wire.Active, *wire.Bye, *wire.Recorded, *wire.Countersigned,
		*wire.Received, *wire.Withdrawn, *wire.Resume, *wire.Granted, *wire.Refused:
		return m, nil
	}
	if e := eventOf(m); e == evAsk || e == evUsed {
		return m, nil
	}
	return nil, fmt.Errorf("take %T over the data channel: %w", m, ErrTampered)
}

func open(o *seal.Opener, b []byte) (wire.Message, error) {
	plain, err := o.Open(nil, b)
	if err != nil {
		return nil, err
	}
	return wire.Decode(plain)
}

// say sends a message through the desk, sealed once there is a key. While the
// session is live it may be lost on the way, and the run does not wait for it.
func (r *run) say(ctx context.Context, m wire.Message) error {
	b, err := wire.Append(nil, m)
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil { // what is sealed must leave: before the two are live, a number that is missing is one too many
		return err
	}
	if r.room.sealer != nil {
		number := r.room.sealer.Next()
		if b, err = r.room.sealer.Seal(nil, b); err != nil {
			return err
		}
		if b, err = wire.Append(nil, &wire.Sealed{Number: number, Body: b}); err != nil {
			return err
		}
	}
	if r.state == live || r.state == paused {
		r.place.Say(b)
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	room, _ := r.place.Now()
	if err := room.Send(ctx, b); err != nil {
		return fmt.Errorf("%w: %w", errRoom, err)
	}
	return nil
}

// send says a message over the data channel, on whichever connection comes to
// have it, and how long it becomes. Any goroutine may. What needs a right that
// is not allowed now is errWithheld; what is not allowed any more when a
// connection would have it does not leave either.
func (r *run) send(ctx context.Context, m wire.Message) (int, error) {
	return r.out.put(ctx, parcel{message: m, need: needs(r.conf.role, m)})
}
