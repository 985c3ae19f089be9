package session

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"sync"

	"github.com/beistand/beistand/session/wire"
)

// outgoing is one thing that this side hands over. What the other side says of
// it arrives by the run's goroutine; whoever hands it over waits for that.
type outgoing struct {
	t       *Transfer
	mu      sync.Mutex         // guards the rest
	taken   bool               // the receiver takes it
	left    int64              // bytes that have left
	whole   hash.Hash          // of these
	told    bool               // the record has it
	kept    int64              // of these, what the receiver has stored
	sum     *[sha256.Size]byte // of the whole; nil before the end
	over    bool
	err     error
	lost    []wire.Message // what was withdrawn on its way by a hold, to be sent again
	turn    int            // how often that was; what is from an earlier turn does not leave
	changed chan struct{}  // holds one; something is another
}

func (o *outgoing) change(how func() error) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	err := how()
	select {
	case o.changed <- struct{}{}:
	default:
	}
	return err
}

func (o *outgoing) accepted() error {
	return o.change(func() error {
		if o.taken {
			return errTransfer
		}
		o.taken = true
		return nil
	})
}

func (o *outgoing) stored(n int64) error {
	return o.change(func() error {
		if !o.taken || n <= o.kept || n > o.left {
			return errTransfer
		}
		o.kept = n
		return nil
	})
}

func (o *outgoing) finished(sum [sha256.Size]byte) error {
	return o.change(func() error {
		if o.over || o.sum == nil || *o.sum != sum || o.kept != o.left {
			return errTransfer
		}
		o.over = true
		return nil
	})
}

func (o *outgoing) fail(err error) {
	_ = o.change(func() error { // it has none
		o.over, o.err = true, err
		return nil
	})
}

// wait waits until holds, or until it is over, and sends again what was lost.
func (r *run) wait(ctx context.Context, o *outgoing, holds func() bool) error {
	for {
		o.mu.Lock()
		over, err, ok, lost := o.over, o.err, holds(), len(o.lost) > 0
		o.mu.Unlock()
		switch {
		case over:
			return err
		case lost:
			if err := r.carryAgain(ctx, o); err != nil {
				return err
			}
			continue
		case ok:
			return nil
		}
		select {
		case <-o.changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// pour sends the pieces, a window's worth at a time: what waits behind a
// picture, and a picture behind it, stays small.
func (r *run) pour(ctx context.Context, o *outgoing, limit int64, from io.Reader) (sum [sha256.Size]byte, err error) {
	n := int64(0)
	for {
		buffer := make([]byte, wire.MaxPiece) // it may have to be sent again
		k, err := io.ReadFull(from, buffer)
		end := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !end {
			return sum, fmt.Errorf("%w: %w", ErrCannotRead, err)
		}
		switch now, size := n+int64(k), o.t.Size; {
		case size >= 0 && (now > size || end && now != size): // it has changed meanwhile
			return sum, ErrCannotRead
		case now > limit:
			return sum, ErrTooLarge
		}
		if k > 0 {
			if err := r.wait(ctx, o, func() bool { return o.left+int64(k)-o.kept <= wire.Window }); err != nil {
				return sum, err
			}
			o.mu.Lock()
			o.left += int64(k)
			o.whole.Write(buffer[:k])
			o.mu.Unlock()
			piece := &wire.Piece{ID: o.t.ID, Offset: uint64(n), Data: buffer[:k]}
			if err := r.carry(ctx, o, piece); err != nil {
				return sum, err
			}
			n += int64(k)
			o.mu.Lock()
			kept := o.kept
			o.mu.Unlock()
			r.note(o.t, func(t *Transfer) { t.Moved = kept })
		}
		if end {
			err := r.wait(ctx, o, func() bool { return o.kept == n })
			return [sha256.Size]byte(o.whole.Sum(nil)), err
		}
	}
}

// handOver is what the record is told of it, once, when at least least bytes
// have left. The run's goroutine asks.
func (o *outgoing) handOver(least int64, cut bool) (t handedOver, ok bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.told || o.left < least {
		return handedOver{}, false
	}
	o.told = true
	return handedOver{right: o.t.Right, name: o.t.Name, size: o.left, sum: hex.EncodeToString(o.whole.Sum(nil)), out: true, cut: cut}, true
}

// cutShort writes what has left of something that did not come to its end: the
// receiver has it all the same. After an error the session is over, and its end
// writes it.
func (r *run) cutShort(o *outgoing) error {
	return r.do(r.life, func() error {
		if t, ok := o.handOver(1, true); ok {
			return r.side.handed(r, t)
		}
		return nil
	})
}

// handedOut is the end of one: the other side is told why, unless it said so.
func (r *run) handedOut(o *outgoing, err error) {
	o.mu.Lock()
	said := o.over
	moved := o.kept
	o.mu.Unlock()
	if err == nil || r.cutShort(o) == nil { // else the session's end looks for it there
		r.handing.mu.Lock()
		delete(r.handing.out, o.t.ID)
		r.handing.mu.Unlock()
	}
	if err != nil && !said {
		_, _ = r.send(r.life, &wire.Cancel{ID: o.t.ID, Why: cancelled(err)}) // the connection may be gone
	}
	r.note(o.t, func(t *Transfer) {
		t.State, t.Err, t.Moved = TransferDone, err, moved
		if err != nil {
			t.State = TransferFailed
		}
	})
}
