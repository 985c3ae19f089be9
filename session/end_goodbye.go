package session

import (
	"errors"

	"github.com/beistand/beistand/session/wire"
)

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

// farewell is what this side has to say about the end; nil when the other
// knows of it.
func (r *run) farewell() wire.Message {
	cause := r.outcome.cause
	m, ok := farewells[cause]
	switch {
	case !ok && cause.fromPeer() && errors.Is(r.outcome.err, ErrTampered) && cause != evByeTampered:
		return &wire.Bye{Reason: wire.Tampered}
	case !ok:
		return nil
	}
	if _, refused := m.(*wire.Refused); refused && r.conf.role == viewer {
		return &wire.Bye{Reason: wire.Stopped}
	}
	return m
}

// signs says whether the end is one that both sides can still sign: each
// trusts the other, and both have the record.
func (r *run) signs() bool {
	if r.room.sealer == nil {
		return false
	}
	switch r.outcome.cause {
	case evStop, evNo, evSilence, evNoScreen, evFull, evIdle, evLongest,
		evByeStopped, evByeNoScreen, evByeFull, evByeIdle, evByeLongest, evRefused:
		return true
	}
	return false
}
