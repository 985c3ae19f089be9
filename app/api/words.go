package api

// What a SessionMark says.
const (
	MarkConsented = "consented"  // customer: yes, you may look
	MarkRefused   = "refused"    // customer: no; ends the session
	MarkStarted   = "started"    // either: the first picture was there
	MarkEnded     = "ended"      // either: it is over
	MarkWrongCode = "wrong_code" // either: the one guess was wrong; ends the session
)

// Who ended a session.
const (
	ByCustomer  = "customer"
	BySupporter = "supporter"
	ByNetwork   = "network"
	ByDesk      = "desk"
)

// As what a member of staff looks.
const (
	RoleSupporter = "supporter"
	RoleExpert    = "expert"
	RoleObserver  = "observer" // who may see and never more
)

// Reasons that the desk or a mark writes; a MarkEnded may carry other words.
const (
	ReasonRefused   = "refused"
	ReasonWrongCode = "wrong code"
	ReasonExpired   = "expired"   // no consent within SessionCodeTTL
	ReasonReplaced  = "replaced"  // the same member of staff asked anew in the same role
	ReasonLost      = "both left" // neither side came back within the grace period
)

// Kinds of Event.
const (
	EventHello   = "hello"   // first on every connection; Session is the newest that is open, nil when there is none
	EventSession = "session" // a session was asked for or went on
	EventEnded   = "ended"   // a session is over
	EventBundle  = "bundle"  // a bundle is complete
	EventReveal  = "reveal"  // the customer has shown what a pseudonym stands for
	EventTicket  = "ticket"  // the ticket's fields changed: read it again
	EventEntry   = "entry"   // something came onto the timeline
)

// Kinds of RoomEvent.
const (
	RoomPeerJoined = "peer-joined" // the other side is there; what is sent from now on reaches it
	RoomPeerLeft   = "peer-left"   // the other side's connection is gone; it may come back
	RoomEnded      = "ended"       // the session is over; the desk closes the connection
)

// Valid says whether p is one of the four.
func (p Priority) Valid() bool {
	switch p {
	case Critical, High, Normal, Low:
		return true
	}
	return false
}
