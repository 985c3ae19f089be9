// Package flow carries updates in order, none missing, over packets that get
// lost, overtake each other and come twice.
//
// An update is a frame. Frames are written one behind the other, each behind
// its length, and the row is cut into segments, which keep their bounds. Each
// packet carries one segment and has a number of its own, also when the segment
// was sent before, so that an answer always says which sending it means (RFC
// 9002, section 2). What a receiver tells is everything it has and when packets
// came (as RFC 8888 does), so that a lost answer costs nothing. docs/flow.md
// has the format.
//
// Both ends are pure: the time is an argument, nothing runs by itself, and what
// they hold is bounded whatever the other side sends. They are not safe for
// concurrent use.
package flow

import (
	"errors"
	"math"
	"time"
)

// Bounds.
const (
	MaxPacket = 1150     // bytes; with all that carries it a packet fits 1280, which every way of IPv6 takes
	MaxFrame  = 16 << 20 // bytes of one update
	MaxQueued = 32 << 20 // bytes that a Sender takes before they have left

	window      = 4096 - rowMost // segments under way, also what a receiver keeps behind a gap
	slots       = 4096           // what a receiver keeps in all
	maxStarts   = 32             // frames that begin in one segment: bounds what a packet can make of memory
	maxArrivals = 128            // told in one answer
)

// Never is the wait for what only another call brings.
const Never = time.Duration(math.MaxInt64)

// Reasons that callers branch on.
var (
	ErrPacket = errors.New("a packet is not as it should be")
	ErrFull   = errors.New("more updates wait than are kept")
	ErrSize   = errors.New("an update is empty or too large")
)
