package session

// event is what the state machine is told.
type event uint8

const (
	// What the other side says.
	evShare event = iota
	evAnswered
	evConfirm
	evGranted
	evRefused
	evOffer
	evAnswer
	evCandidate
	evPicture
	evShown
	evRecorded
	evCountersigned
	evPaused
	evResumed
	evActive
	evAgain
	evAsk  // the viewer's question, or what it gives back
	evUsed // what needs a right, or answers such a message
	evByeStopped
	evByeWrongCode
	evByeExpired
	evByeNoWay
	evByeNoScreen
	evByeTampered
	evByeNoRecord
	evByeIdle
	evByeLongest
	evByeFull

	// What happens on this side.
	evJoined     // the viewer's share is on its way
	evMismatch   // a key exchange that came to nothing
	evYes        // the customer's answer
	evNo         // the customer's answer
	evOpened     // the data channel can be used
	evStop       // this side's person
	evExpired    // the code's time is over
	evUnanswered // the key exchange's time is
	evSilence    // the time to consent is
	evNoWay      // the time to connect is
	evPeerLeft   // the other side is not in the room any more
	evDeskEnded  // the desk says so
	evDeskExpired
	evDeskOver // the desk says so, and there is no other way to the other machine
	evMet      // the other side has come into the room
	evRoomLost // no way to the desk
	evLost     // no way to the other machine
	evNoScreen // it cannot be read
	evNoRecord // it cannot be kept
	evFull     // nothing more fits into it
	evPause    // the customer's
	evResume   // the customer's
	evIdle     // nothing has happened for too long
	evLongest  // it has lasted as long as it may
	evTampered // a message that does not open or has no meaning
	events
)

func (e event) fromPeer() bool { return e <= evByeFull }
