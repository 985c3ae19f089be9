// Package room is where the two sides of a session meet at the desk: a seam, with rooms in this process's memory as its first driver.
package room

import (
	"errors"
	"time"

	"github.com/beistand/beistand/app/api"
)

// MaxMessage bounds one side's message, in bytes.
const MaxMessage = api.MaxRoomMessage

// Reasons that callers branch on.
var (
	ErrStopped = errors.New("the rooms are closed")
	ErrTooLong = errors.New("the message is too long for a room")
)

// Rooms are the sessions' meeting places. Drivers pass the tests of roomtest.
// Its methods may be called from any goroutine and wait for no side.
type Rooms interface {
	// Enter takes the role's place in the session's room; who has it gives way.
	// cut is called once, from any goroutine, if this side does not keep up: it
	// has to end what the side is waiting for. The error is ErrStopped.
	Enter(session, role string, cut func()) (Place, error)
	// End lets everybody out of the session's room, after what they were sent.
	End(session, reason string)
	// Presence says whether somebody is in the room, and if nobody is, since
	// when; zero is that nobody ever was, as far as is known.
	Presence(session string) (occupied bool, left time.Time)
	// Forget drops what is remembered of sessions that are not among these.
	Forget(open map[string]bool)
	// Stop lets everybody out and nobody in; the sessions go on.
	Stop()
	// Close waits until everybody has left.
	Close() error
}

// Place is one side's in a room. Whoever entered calls Leave, once.
type Place interface {
	// Messages gives what is for this side, in order. Once it is closed, Why tells.
	Messages() <-chan Message
	// Why says why Messages was closed.
	Why() Why
	// Send passes a message on to the other side; while that is not there, it
	// is dropped. data is the room's from then on. The error is ErrTooLong.
	Send(data []byte) error
	// Leave gives the place up.
	Leave()
}

// Message is the other side's, or the desk's when Event is set.
type Message struct {
	Event  Event
	Reason string // of Ended
	Data   []byte
}

// Event is what the desk itself has to say, in the words of api.RoomEvent.
type Event string

// The events.
const (
	Joined Event = api.RoomPeerJoined // the other side is there
	Left   Event = api.RoomPeerLeft   // it is not any more
	Ended  Event = api.RoomEnded      // the session is over
)

// Why a place is none any more.
type Why int

// The reasons.
const (
	Here     Why = iota // it still is one
	Over                // the session has ended
	Stopped             // the desk stops
	Replaced            // a newer one of the same role came, or this one did not keep up
	Gone                // it has left
)
