package session

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/beistand/beistand/session/peer"
	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/wire"
)

// config is what both sides need.
type config struct {
	role       role
	invitation Invitation
	code       Code
	room       Room
	ice        []ICEServer
	fresh      func(context.Context) ([]ICEServer, error) // nil: ice is all there is
	relay      bool
	notify     func(Event)
	deadline   time.Time                           // the code's end, by this machine's clock
	clock      clock                               // for the limits
	rejoin     func(context.Context) (Room, error) // nil: a lost room stays lost
	outage     time.Duration                       // how long the session waits for a connection
	part       time.Duration                       // how long its last words may take
	clocks     func(time.Time) (wall, awake time.Time)
	took       func(uint32) // may be nil
	changes    func(context.Context) <-chan struct{}
	wake       wake
	gate       *gate
	files      Files                // what takes what the other side hands over; nil takes nothing
	running    *atomic.Pointer[run] // where the run can be found while it lasts
	release    func()               // lets go what is pressed on this machine; nil: nothing is
	company    seat                 // the host's place among others
	sealed     func(wire.Message)   // told what is sealed for the data channel, for tests; may be nil
	media      peer.Media           // what connections carry besides
	able       wire.Able            // what this side can do with a screen
	nudged     *atomic.Bool         // something has happened that counts against the limit
}

// side is what only one of them does. Its methods are called by the run's
// goroutine; an error of take is tampering.
type side interface {
	enter(r *run, s state) error            // a state has been entered
	take(r *run, m wire.Message) error      // a message that its state allows
	leave(r *run)                           // no more pictures: wait for what was started
	conclude(r *run) []wire.Message         // the record's last entries, to be told
	settle(r *run) (bool, error)            // what other goroutines have changed; false: nothing
	tellEvent(e *Event)                     // what only this side knows
	refuse(need rights.Set) error           // judges a message that needs these, by what the other side knows; nil: it may be dropped
	receives(right rights.Right) bool       // whether by this right something can come here
	beside(r *run, m wire.Message) error    // a datagram; called by the line's goroutine, and quick
	track(r *run, l *line, conn *peer.Conn) // takes what comes of a line's video until the line ends; called by a goroutine of its own
	rerouted()                              // another line is in use
	handed(r *run, t handedOver) error      // something was handed over, whole: it goes into the record
	keep() error                            // what conclude gave

	// After the end:
	last(m wire.Message) error // takes what the record still lacks; an error means that it cannot be kept
	whole() bool               // it lacks nothing any more
	signature() wire.Message   // the newest countersignature; nil: none, or it is not this side's to make
}
