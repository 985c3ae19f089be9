package session

func lead(r role, s state, e event) step {
	own, other := ByCustomer, BySupporter
	if r == viewer {
		own, other = BySupporter, ByCustomer
	}
	stay := step{next: s}
	switch e {
	case evStop:
		return over(nil, own, "ended by the "+own)
	case evByeStopped:
		if r == viewer && s == asking {
			return over(ErrRefused, ByCustomer, "the customer closed the question")
		}
		return over(nil, other, "ended by the "+other)
	case evMismatch:
		if s == agreeing || s == waiting {
			return over(ErrWrongCode, BySupporter, "the code was wrong")
		}
		return tampered
	case evByeWrongCode:
		if s == agreeing || s == asking || r == viewer && s == waiting {
			return over(ErrWrongCode, BySupporter, "the code was wrong")
		}
		return tampered
	case evByeExpired:
		return over(ErrExpired, ByDesk, "the code has expired")
	case evByeNoWay:
		if s >= live {
			return over(ErrConnectionLost, ByNetwork, "the connection was lost")
		}
		return over(ErrNoConnection, ByNetwork, "no connection came about")
	case evByeNoScreen:
		if r == viewer {
			return over(ErrNoScreen, ByCustomer, "the screen could not be read")
		}
		return tampered
	case evByeNoRecord:
		return over(ErrNoRecord, other, "the "+other+"'s program could not keep the record")
	case evNoRecord:
		return over(ErrNoRecord, own, "the "+own+"'s program could not keep the record")
	case evByeFull:
		if r == viewer && s >= live {
			return over(ErrRecordFull, ByCustomer, "the session's record was full")
		}
		return tampered
	case evFull:
		return over(ErrRecordFull, ByCustomer, "the session's record was full")
	case evByeIdle, evByeLongest:
		if r == viewer && s >= live {
			return spent(e == evByeIdle)
		}
		return tampered
	case evIdle, evLongest:
		if r == host && s >= live {
			return spent(e == evIdle)
		}
		return stay
	case evByeTampered, evTampered:
		return tampered
	case evExpired:
		if s == waiting {
			return over(ErrExpired, ByDesk, "the code has expired")
		}
		return stay
	case evUnanswered:
		if s == agreeing {
			return over(ErrPeerLeft, other, "the "+other+"'s program does not answer")
		}
		return stay
	case evSilence:
		if s == asking {
			return over(ErrRefused, ByCustomer, "the customer did not answer")
		}
		return stay
	case evNoWay:
		if s == connecting {
			return over(ErrNoConnection, ByNetwork, "no connection came about")
		}
		return stay
	case evLost:
		switch s {
		case connecting:
			return over(ErrNoConnection, ByNetwork, "no connection came about")
		case live, paused:
			return over(ErrConnectionLost, ByNetwork, "the connection was lost")
		}
		return stay
	case evPeerLeft:
		if s == agreeing || s == asking {
			return over(ErrPeerLeft, other, "the "+other+" has left")
		}
		return stay // before: they come again; after: the connection decides
	case evRoomLost:
		if s == waiting || s == agreeing || s == asking {
			return over(ErrDesk, ByNetwork, "the desk cannot be reached")
		}
		return stay
	case evDeskEnded:
		if s < live {
			return over(ErrDesk, ByDesk, "ended by the desk")
		}
		return stay
	case evDeskOver:
		if s >= live {
			return over(ErrDesk, ByDesk, "ended by the desk")
		}
		return stay
	case evDeskExpired:
		if s < live {
			return over(ErrExpired, ByDesk, "the code has expired")
		}
		return stay
	}
	if to, ok := onward[r][s][e]; ok {
		return to
	}
	if e.fromPeer() {
		return tampered
	}
	return stay
}

// onward is the way down the drawing.
var onward = map[role]map[state]map[event]step{
	host: {
		waiting:  {evShare: {next: agreeing}},
		agreeing: {evConfirm: {next: asking}},
		asking: {
			evYes: {next: connecting},
			evNo:  over(ErrRefused, ByCustomer, "the customer refused"),

			evCountersigned: {next: asking},
		},
		connecting: {
			evAnswer: {next: connecting}, evCandidate: {next: connecting}, evCountersigned: {next: connecting},
			evAgain:  {next: connecting}, // the viewer may be live already
			evOpened: {next: live},
		},
		live: {
			evCandidate: {next: live}, evShown: {next: live}, evCountersigned: {next: live}, evActive: {next: live},
			evAnswer: {next: live}, evAgain: {next: live},
			evAsk: {next: live}, evUsed: {next: live},
			evPause:    {next: paused},
			evNoScreen: over(ErrNoScreen, ByCustomer, "the screen could not be read"),
		},
		paused: {
			evCandidate: {next: paused}, evShown: {next: paused}, evCountersigned: {next: paused}, evActive: {next: paused},
			evAnswer: {next: paused}, evAgain: {next: paused},
			evAsk: {next: paused}, evUsed: {next: paused},
			evResume: {next: live},
		},
	},
	viewer: {
		waiting:  {evJoined: {next: agreeing}, evAnswered: {next: asking}}, // answered before joined was heard of
		agreeing: {evAnswered: {next: asking}},
		asking: {
			evGranted:  {next: connecting},
			evRefused:  over(ErrRefused, ByCustomer, "the customer refused"),
			evRecorded: {next: asking},
		},
		connecting: {
			evOffer: {next: connecting}, evCandidate: {next: connecting}, evRecorded: {next: connecting},
			evOpened: {next: live},
		},
		live: {
			evOffer: {next: live}, evCandidate: {next: live}, evPicture: {next: live}, evRecorded: {next: live}, evActive: {next: live},
			evGranted: {next: live}, evRefused: {next: live}, evUsed: {next: live},
			evPaused: {next: paused},
		},
		paused: {
			evOffer: {next: paused}, evCandidate: {next: paused}, evRecorded: {next: paused}, evActive: {next: paused},
			evGranted: {next: paused}, evRefused: {next: paused}, evUsed: {next: paused}, evPaused: {next: paused},
			evResumed: {next: live},
		},
	},
}

var tampered = over(ErrTampered, ByNetwork, "a message was tampered with")

// spent is the end of a session that has reached one of its limits.
func spent(idle bool) step {
	if idle {
		return over(ErrIdle, ByCustomer, "nothing happened for 10 minutes")
	}
	return over(ErrTooLong, ByCustomer, "it had lasted for 60 minutes")
}

func over(err error, by, reason string) step {
	return step{next: ended, err: err, by: by, reason: reason}
}
