package session

// The states of a session and what leads from one to the next. Everything that
// is not drawn ends the session: in good order when somebody stops or says so,
// as tampering when a message comes that has no place in its state. What only
// the own side thinks up (timers, the room's fate) is ignored where it is not
// drawn.
//
//	host                                      viewer
//
//	waiting                                   waiting
//	   │ share                                   │ joined (the own share is sent)
//	agreeing ── unanswered ─▶ peer left       agreeing ── unanswered ─▶ peer left
//	   │ confirm        mismatch ─▶ wrong code   │ answered       mismatch ─▶ wrong code
//	asking  (countersigned)                   asking  (recorded)
//	   │ yes     no, silence ─▶ refused          │ granted   refused, silence, bye ─▶ refused
//	connecting  (answer, candidate, …)        connecting  (offer, candidate, …)
//	   │ opened    no way, lost ─▶ no connection │ opened   no way, lost ─▶ no connection
//	live  (shown, ask, used, active, …)       live  (picture, used, granted, refused, …)
//	   │ ▲     lost ─▶ connection lost           │ ▲     lost ─▶ connection lost
//	   │ │     idle, longest ─▶ idle, too long   │ │     bye ─▶ idle, too long
//	   ▼ │ pause, resume                         ▼ │ paused, resumed
//	paused  (shown, ask, used, active, …)     paused  (no picture; used, granted, paused, …)
//	   │     as live                             │     as live
//	ended                                     ended
//
// Which rights count is no state: it changes beneath live and paused (right_gate.go),
// and decides about each message that needs one. A full record ends a session
// by name wherever it is.
//
// The desk can end a session until the two machines are connected, and when they
// have no connection; a lost room or a partner who leaves it ends one until the
// customer has consented. While it is live, a connection that breaks is made
// again (way_again.go); "lost" is then that this has taken too long. What is said of
// connections (offer, answer, candidate, again) may come at any time from
// connecting on.
type state uint8

const (
	waiting state = iota
	agreeing
	asking
	connecting
	live
	paused
	ended
	states
)

type role uint8

const (
	host role = iota
	viewer
)

// step is where an event leads, and for the ended state why.
type step struct {
	next   state
	err    error  // Run's
	by     string // End's
	reason string // End's
	cause  event  // of an end
}

// next is the drawing above as a function.
func next(r role, s state, e event) step {
	if s == ended {
		return step{next: ended}
	}
	to := lead(r, s, e)
	if to.next == ended {
		to.cause = e
	}
	return to
}
