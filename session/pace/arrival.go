// Package pace says how much may leave: one estimate of the way for everything
// that a session sends.
package pace

import "time"

// Kind is what travels, each with its own clock at the other end.
type Kind byte

// The kinds.
const (
	Tiles  Kind = iota // updates of the picture
	Motion             // the video track
	kinds
)

// Carriage is what carries a packet of ours besides its bytes: UDP and IPv4
// (28), RTP (12), its authentication (10) and the seal with its number (24).
const Carriage = 74

// Arrival is what became of one packet, as its receiver told.
type Arrival struct {
	Sent    time.Time
	Arrived time.Time // by the receiver's clock, whose zero is anywhere
	Bytes   int       // without Carriage
	Lost    bool      // or so late that it was sent again; Arrived then says nothing
}
