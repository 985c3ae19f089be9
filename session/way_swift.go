package session

import (
	"time"

	"github.com/beistand/beistand/session/wire"
)

// While somebody looks on, files stand back: a piece is given to a connection
// only when hardly anything waits there, and what a person waits for goes
// before all pieces. So a picture waits behind two pieces at most, however
// slow the way is.
const (
	standBytes = wire.MaxPiece           // that wait in a connection, at most, when it is given another piece
	standTime  = time.Millisecond        // until it is looked again
	swiftTime  = 1500 * time.Millisecond // after the last picture or input files go as fast as they can
)

// isSwift says whether a person waits for m.
func isSwift(m wire.Message) bool {
	switch m.(type) {
	case *wire.Picture, *wire.Screen, *wire.Shape, *wire.Cursor, *wire.Shown, *wire.Pointer, *wire.Move, *wire.Button, *wire.Wheel, *wire.Key:
		return true
	}
	return false
}

// stands says whether m stands back, and means the same wherever it comes
// among what is swift.
func stands(m wire.Message) bool {
	switch m.(type) {
	case *wire.Piece, *wire.Took, *wire.Received:
		return true
	}
	return false
}

// addLocked puts a message behind the others, or, when it is swift, before
// those that stand back; never before one that any connection was given, whose
// number the other side may know.
func (o *outbox) addLocked(p parcel) {
	o.kept, o.bytes = append(o.kept, p), o.bytes+len(p.b)+keeping
	if !isSwift(p.message) {
		return
	}
	o.swift = time.Now()
	for i := len(o.kept) - 1; i > max(o.sent, int(o.top-o.first)) && stands(o.kept[i-1].message); i-- {
		o.kept[i-1], o.kept[i] = o.kept[i], o.kept[i-1]
	}
}

// standsBackLocked says whether the next message waits, with so many bytes
// that the connection has not got rid of.
func (o *outbox) standsBackLocked(waiting int) bool {
	if o.sent >= len(o.kept) || waiting <= standBytes || time.Since(o.swift) > swiftTime {
		return false
	}
	_, piece := o.kept[o.sent].message.(*wire.Piece)
	return piece
}
