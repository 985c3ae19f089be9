package session

import (
	"image"

	"github.com/beistand/beistand/session/input"
	"github.com/beistand/beistand/session/picture"
	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/wire"
)

// put checks what can be known now and queues a message.
func (v *Viewer) put(m wire.Message) error {
	if _, err := wire.Append(nil, m); err != nil {
		return err
	}
	if v.running.Load() == nil {
		return ErrOver
	}
	need := needs(viewer, m)
	allowed, hold, _ := v.gate.now()
	switch {
	case allowed.Both(need) != need:
		return ErrNoRight
	case need != 0 && hold != 0:
		return ErrHeld
	}
	v.nudged.Store(true)
	v.wake.up()
	return v.doing.put(m)
}

// Point marks a pixel of the newest picture on the customer's screen, or takes
// the mark away. Neither this nor what follows waits for the connection; the
// error is ErrOver, ErrNoRight, ErrHeld, ErrBusy, or wire.ErrFormat for what
// cannot be said.
func (v *Viewer) Point(at image.Point, shown bool) error {
	if !shown {
		return v.put(&wire.Pointer{})
	}
	at = within(at)
	return v.put(&wire.Pointer{X: uint16(at.X), Y: uint16(at.Y), Shown: true})
}

// Move puts the customer's pointer to a pixel of the newest picture.
func (v *Viewer) Move(at image.Point) error {
	at = within(at)
	return v.put(&wire.Move{X: uint16(at.X), Y: uint16(at.Y)})
}

func within(p image.Point) image.Point {
	in := func(n int) int { return max(0, min(n, picture.MaxSide-1)) }
	return image.Pt(in(p.X), in(p.Y))
}

// Button presses or releases a button as package input names them.
func (v *Viewer) Button(b uint8, down bool) error {
	return v.put(&wire.Button{Number: b, Down: down})
}

// Wheel turns the wheel by notches: to the right, towards the hand.
func (v *Viewer) Wheel(dx, dy int) error {
	in := func(n int) int8 { return int8(max(-wire.MaxNotches, min(n, wire.MaxNotches))) }
	return v.put(&wire.Wheel{DX: in(dx), DY: in(dy)})
}

// Key presses or releases a key.
func (v *Viewer) Key(k input.Key, down bool) error {
	return v.put(&wire.Key{Rune: k.Rune, Name: k.Name, Down: down})
}

// Clip puts a text into the customer's clipboard.
func (v *Viewer) Clip(text string) error { return v.put(&wire.Clip{Text: text}) }

// Want asks for evidence: Logs and System once, as a transfer; Vitals as
// samples until they are not wanted any more.
func (v *Viewer) Want(what rights.Right, on bool) error {
	return v.put(&wire.Want{Right: what, On: on})
}

// GiveBack ends rights that the supporter needs no longer: when it returns
// nothing that needs one of them leaves.
func (v *Viewer) GiveBack(some rights.Set) error {
	if v.running.Load() == nil {
		return ErrOver
	}
	v.gate.change(func() {
		some = some.Both(v.gate.counts)
		v.gate.taken, v.gate.counts = v.gate.taken.With(some), v.gate.counts.Without(some)
	})
	if some == 0 {
		return nil
	}
	return v.put(&wire.GiveBack{Rights: some})
}

// Ask asks the customer for more, with a reason of at most 200 characters. The
// answer comes with an Event. The error is ErrQuestions when it is too soon:
// one question at a time, one in 10 s, 20 a session.
func (v *Viewer) Ask(some rights.Set, reason string) error {
	m := &wire.Ask{Rights: some, Reason: reason}
	if _, err := wire.Append(nil, m); err != nil {
		return err
	}
	r := v.running.Load()
	if r == nil {
		return ErrOver
	}
	now := r.conf.clock.Now()
	d := v.doing
	d.mu.Lock()
	if d.newest.Outcome == OutcomeOpen || d.count >= questions || !d.asked.IsZero() && now.Sub(d.asked) < questionTime {
		d.mu.Unlock()
		return ErrQuestions
	}
	d.newest, d.asked = Asked{Rights: some, Reason: reason, Outcome: OutcomeOpen}, now
	d.count++
	d.mu.Unlock()
	return v.put(m)
}
