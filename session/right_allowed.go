package session

import (
	"encoding/hex"
	"errors"
	"time"

	"github.com/beistand/beistand/session/record"
	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/wire"
)

var (
	errUnasked    = errors.New("an answer came to no question")
	errUnrecorded = errors.New("something was handed over that the record does not have")
)

// recorded takes an entry of the host's record and countersigns it, unless the
// way back is gone already. What it takes away is not used any more before it
// is countersigned, what it gives only afterwards: so the host knows what may
// still be on its way.
func (v *viewing) recorded(r *run, m *wire.Recorded) error {
	before := v.copy.Chain().Len()
	answer, err := v.copy.Take(m.Line)
	if err != nil || answer == nil {
		return err
	}
	chain := v.copy.Chain()
	if chain.Len() == before {
		return nil
	}
	holds := chain.Rights()
	v.gate.change(func() { v.gate.counts = v.gate.counts.Both(holds) })
	v.own = v.own && holds.Both(control) == control
	switch e := chain.Last(); e.What {
	case record.Scoped:
		v.pieces.Drop() // a whole picture comes next
	case record.Revoked:
		if !chain.Holds(record.See) {
			v.pieces.Drop()
		}
	case record.File, record.Evidence:
		if e.Reason == "" { // a part is not the whole
			v.sums[e.SHA256] = true
		}
	}
	v.signed = &wire.Countersigned{Line: answer}
	if r.state == live || r.state == paused { // the end may be on its way; the host asks for what it needs
		_, _ = r.send(r.life, v.signed)
	} else {
		_ = r.say(r.life, v.signed)
	}
	v.gate.change(func() {
		v.gate.taken = v.gate.taken.Both(holds) // given back, and not in the record yet
		v.gate.counts = holds.Without(v.gate.taken)
	})
	if r.state == live || r.state == paused {
		r.tellLive()
	}
	return nil
}

// answered takes the customer's answer. A yes that is not in the record is none.
func (v *viewing) answered(r *run, m wire.Message) error {
	_, yes := m.(*wire.Granted)
	chain := v.copy.Chain()
	if r.state == asking { // a no ends it elsewhere
		if chain.Rights() == 0 {
			return ErrTampered
		}
		return nil
	}
	asked, ok := v.doing.answered(chain.Rights(), yes)
	if !ok || yes && chain.Rights().Both(asked) == 0 {
		return errUnasked
	}
	r.touch()
	r.tellLive()
	return nil
}

// holds notes why nothing is shown; 0: it is.
func (v *viewing) holds(why Hold) {
	v.told = why
	v.gate.change(func() { v.gate.hold = why })
}

// given takes what needs a right on the host's side, or belongs to a transfer.
func (v *viewing) given(r *run, m wire.Message) error {
	switch m := m.(type) {
	case *wire.Clip:
		if err := v.refuse(needs(host, m)); err != nil {
			return err
		}
		if ok, _ := v.clips.take(time.Now()); ok && v.config.Clip != nil {
			v.config.Clip(m.Text)
		}
		return nil
	case *wire.Own:
		if err := v.refuse(needs(host, m)); err != nil {
			return err
		}
		if v.own != m.On {
			v.own = m.On
			r.tellLive()
		}
		return nil
	case *wire.Vital:
		if err := v.refuse(needs(host, m)); err != nil {
			return err
		}
		if ok, _ := v.vitals.take(time.Now()); ok && v.config.Vitals != nil {
			v.config.Vitals(m.Text)
		}
		return nil
	case *wire.Done:
		if !r.handing.own(m.ID) && !v.sums[hex.EncodeToString(m.SHA256[:])] {
			return errUnrecorded
		}
		return r.handing.take(r, m)
	case *wire.Hand, *wire.Accept, *wire.Piece, *wire.Took, *wire.Cancel:
		return r.handing.take(r, m)
	}
	return errWrongWay
}

// refuse judges what the host sends by what the record says: the host tells
// first that something is over, and sends nothing of it afterwards.
func (v *viewing) refuse(need rights.Set) error {
	if missing := need.Without(v.copy.Chain().Rights()); missing != 0 {
		return &NoRightError{missing.Rights()[0]}
	}
	if v.told != 0 {
		return &HeldError{v.told}
	}
	return nil
}

func (*viewing) receives(right rights.Right) bool {
	return rights.Of(rights.FilesOut, rights.Logs, rights.System).Has(right)
}

// handed has nothing to write: the record is the host's.
func (*viewing) handed(*run, handedOver) error { return nil }

func (v *viewing) tellEvent(e *Event) {
	e.Rights, e.Held, _ = v.gate.now()
	e.Paused = e.Paused || e.Held != 0
	e.Asked, e.Own = v.doing.question(), v.own
}
