package session

import (
	"errors"

	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/wire"
)

// TransferState is how far something is that is handed over.
type TransferState string

// The states.
const (
	TransferOffered TransferState = "offered" // the receiver has not said whether it takes it
	TransferMoving  TransferState = "moving"
	TransferDone    TransferState = "done" // stored, its sum checked, in the record
	TransferFailed  TransferState = "failed"
)

// Transfer is something that is handed over.
type Transfer struct {
	ID    uint32       // of this session; the host's own are even
	Right rights.Right // by which it is
	Name  string
	Size  int64 // bytes; -1: not known before the end
	Moved int64 // bytes that the receiver has stored
	Out   bool  // from this machine
	State TransferState
	Err   error // with TransferFailed; one of those below
}

// Why something is not handed over.
var (
	ErrNotWanted   = errors.New("it is not wanted, or not any more")
	ErrTooLarge    = errors.New("it is larger than what can be handed over")
	ErrTooMany     = errors.New("too many are handed over at once, or were in this session")
	ErrCannotRead  = errors.New("it cannot be read")
	ErrCannotStore = errors.New("it cannot be stored")
	ErrWrongSum    = errors.New("what arrived is not what was sent")
)

var cancels = map[wire.Cancelled]error{
	wire.NotWanted: ErrNotWanted, wire.NoRight: ErrNoRight, wire.TooLarge: ErrTooLarge, wire.TooManyFiles: ErrTooMany,
	wire.CannotRead: ErrCannotRead, wire.CannotStore: ErrCannotStore, wire.WrongSum: ErrWrongSum,
}

// cancelled is an error as the other side is told it.
func cancelled(err error) wire.Cancelled {
	for why, e := range cancels {
		if errors.Is(err, e) {
			return why
		}
	}
	return wire.NotWanted
}

// handedOver is something that arrived whole, or has left in part.
type handedOver struct {
	right rights.Right
	name  string
	size  int64
	sum   string // hex
	out   bool   // from this machine
	cut   bool   // not to its end
}
