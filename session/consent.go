package session

import "time"

// CallerPause is how long a customer who was called is held before they can go on.
const CallerPause = 10 * time.Second

// Asking is how far the customer's consent has come.
//
//	AskCaller ── they called ─▶ AskWarned ── waited, 10 s ─▶ AskHeld
//	    │ called them                                          │ go on
//	    ▼                                                      │
//	AskCode ◀──────────────────────────────────────────────────┘
//	    │ code right
//	AskScreen ── yes ─▶ Allowed ── pause ─▶ Paused
//	                       ▲                   │ resume
//	                       └───────────────────┘
//
// Until Allowed, no, silence, a closed window, a locked screen and a lost desk lead to Declined,
// and so does a right code that the customer has not been shown: they cannot
// have read it out. From Allowed on a no (the stop) and a closed window do. An
// answer to another question than the present one is none. Nothing leads out
// of Declined: more is a new session with a consent of its own.
//
// What the machine of a session (state.go) calls yes is Allowed.
type Asking uint8

// The states.
const (
	AskCaller Asking = iota // did you call them, or did they call you?
	AskWarned               // they called: the warning, going on does not count yet
	AskHeld                 // the pause is over: going on counts
	AskCode                 // the code may be read out
	AskScreen               // may they see your screen now?
	Allowed                 // they may
	Paused                  // they may, and see nothing until the customer goes on
	Declined                // no, or over
	askings
)

// Answer is what the customer says, or what happens instead.
type Answer uint8

// The answers.
const (
	AnswerCalledThem Answer = iota
	AnswerTheyCalled
	AnswerWaited // CallerPause is over
	AnswerGoOn
	AnswerCodeRight // the supporter's program has proven that it knows the code
	AnswerYes
	AnswerNo
	AnswerSilence
	AnswerClosed // the window was
	AnswerDeskLost
	AnswerLocked // the screen was
	AnswerPause
	AnswerResume
	answers
)

// Next is the drawing above as a function.
func (a Asking) Next(b Answer) Asking {
	switch b {
	case AnswerNo, AnswerClosed:
		return Declined
	case AnswerSilence, AnswerLocked, AnswerDeskLost:
		if a < Allowed {
			return Declined
		}
	case AnswerCodeRight:
		if a < AskCode {
			return Declined
		}
	}
	if to, ok := asked[a][b]; ok {
		return to
	}
	return a
}

var asked = map[Asking]map[Answer]Asking{
	AskCaller: {AnswerCalledThem: AskCode, AnswerTheyCalled: AskWarned},
	AskWarned: {AnswerWaited: AskHeld},
	AskHeld:   {AnswerGoOn: AskCode},
	AskCode:   {AnswerCodeRight: AskScreen},
	AskScreen: {AnswerYes: Allowed},
	Allowed:   {AnswerPause: Paused},
	Paused:    {AnswerResume: Allowed},
}
