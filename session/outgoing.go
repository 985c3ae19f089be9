package session

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/wire"
)

// outgoing is one thing that this side hands over. What the other side says of
// it arrives by the run's goroutine; whoever hands it over waits for that.
type outgoing struct {
	t       *Transfer
	mu      sync.Mutex         // guards the rest
	taken   bool               // the receiver takes it
	left    int64              // bytes that have left
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

// hand hands something over and returns when the other side has stored it, or
// will not. size is in bytes, wire.Unknown for evidence of unknown size.
func (r *run) hand(ctx context.Context, right rights.Right, name string, size uint64, from io.Reader) (err error) {
	limit := uint64(wire.MaxFile)
	if right == rights.Logs || right == rights.System {
		limit = wire.MaxEvidence
	}
	if size > limit && size != wire.Unknown {
		return ErrTooLarge
	}
	need := rights.Of(right)
	if allowed, _, _ := r.conf.gate.now(); allowed.Both(need) != need {
		return ErrNoRight
	}
	caller := ctx
	ctx, cancel := r.conf.gate.during(ctx, need, false)
	defer cancel()
	defer context.AfterFunc(r.life, cancel)()
	o, err := r.offer(ctx, right, name, size)
	if err != nil {
		return err
	}
	defer func() {
		allowed, _, _ := r.conf.gate.now()
		switch {
		case err == nil:
		case r.life.Err() != nil:
			err = ErrOver
		case allowed.Both(need) != need:
			err = ErrNoRight
		case caller.Err() != nil:
			err = fmt.Errorf("%w: %w", ErrNotWanted, caller.Err())
		}
		r.handedOut(o, err)
	}()
	if err := r.wait(ctx, o, func() bool { return o.taken }); err != nil {
		return err
	}
	r.note(o.t, func(t *Transfer) { t.State = TransferMoving })
	n, sum, err := r.pour(ctx, o, size, limit, from)
	if err != nil {
		return err
	}
	over := handedOver{right: right, name: o.t.Name, size: n, sum: hex.EncodeToString(sum[:]), out: true}
	if err := r.do(ctx, func() error { return r.side.handed(r, over) }); err != nil {
		return err
	}
	o.mu.Lock()
	o.sum = &sum
	o.mu.Unlock()
	if err := r.carry(ctx, o, &wire.Done{ID: o.t.ID, SHA256: sum}); err != nil {
		return err
	}
	return r.wait(ctx, o, func() bool { return false })
}

// offer draws a number and tells the other side.
func (r *run) offer(ctx context.Context, right rights.Right, name string, size uint64) (*outgoing, error) {
	h := &r.handing
	h.offering.Lock()
	defer h.offering.Unlock()
	t := &Transfer{Right: right, Name: wire.FileName(name), Size: int64(size), Out: true, State: TransferOffered}
	if size == wire.Unknown {
		t.Size = -1
	}
	o := &outgoing{t: t, changed: make(chan struct{}, 1)}
	h.mu.Lock()
	if len(h.out) >= atOnce || h.sent >= inAll {
		h.mu.Unlock()
		return nil, ErrTooMany
	}
	t.ID = h.next
	h.next += 2
	h.sent++
	h.out[t.ID] = o
	h.add(t)
	h.mu.Unlock()
	if err := r.carry(ctx, o, &wire.Hand{ID: t.ID, Right: right, Size: size, Name: t.Name}); err != nil {
		r.note(t, func(t *Transfer) { t.State, t.Err = TransferFailed, err })
		h.mu.Lock()
		delete(h.out, t.ID)
		h.mu.Unlock()
		return nil, err
	}
	r.note(t, func(*Transfer) {})
	return o, nil
}

// pour sends the pieces, a window's worth at a time: what waits behind a
// picture, and a picture behind it, stays small.
func (r *run) pour(ctx context.Context, o *outgoing, size, limit uint64, from io.Reader) (n int64, sum [sha256.Size]byte, err error) {
	whole := sha256.New()
	for {
		buffer := make([]byte, wire.MaxPiece) // it may have to be sent again
		k, err := io.ReadFull(from, buffer)
		end := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !end {
			return n, sum, fmt.Errorf("%w: %w", ErrCannotRead, err)
		}
		switch now := uint64(n) + uint64(k); {
		case size != wire.Unknown && (now > size || end && now != size): // it has changed meanwhile
			return n, sum, ErrCannotRead
		case now > limit:
			return n, sum, ErrTooLarge
		}
		if k > 0 {
			if err := r.wait(ctx, o, func() bool { return o.left+int64(k)-o.kept <= wire.Window }); err != nil {
				return n, sum, err
			}
			o.mu.Lock()
			o.left += int64(k)
			o.mu.Unlock()
			piece := &wire.Piece{ID: o.t.ID, Offset: uint64(n), Data: buffer[:k]}
			if err := r.carry(ctx, o, piece); err != nil {
				return n, sum, err
			}
			whole.Write(buffer[:k])
			n += int64(k)
			o.mu.Lock()
			kept := o.kept
			o.mu.Unlock()
			r.note(o.t, func(t *Transfer) { t.Moved = kept })
		}
		if end {
			err := r.wait(ctx, o, func() bool { return o.kept == n })
			return n, [sha256.Size]byte(whole.Sum(nil)), err
		}
	}
}

// handedOut is the end of one: the other side is told why, unless it said so.
func (r *run) handedOut(o *outgoing, err error) {
	o.mu.Lock()
	said := o.over
	moved := o.kept
	o.mu.Unlock()
	r.handing.mu.Lock()
	delete(r.handing.out, o.t.ID)
	r.handing.mu.Unlock()
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

// SendFile hands the supporter a file of size bytes, which the customer has
// chosen, and returns when it is stored there. The name becomes one without a
// folder. The error is ErrOver, ErrNoRight (FilesOut), ErrTooLarge, ErrTooMany
// or one of a Transfer's; ending ctx stops it.
func (h *Host) SendFile(ctx context.Context, name string, size int64, from io.Reader) error {
	return sendFile(ctx, h.running.Load(), rights.FilesOut, name, size, from)
}

// SendFile hands the customer a file, as the host's does; the right is FilesIn.
func (v *Viewer) SendFile(ctx context.Context, name string, size int64, from io.Reader) error {
	return sendFile(ctx, v.running.Load(), rights.FilesIn, name, size, from)
}

func sendFile(ctx context.Context, r *run, right rights.Right, name string, size int64, from io.Reader) error {
	switch {
	case r == nil:
		return ErrOver
	case size < 0 || size > wire.MaxFile:
		return ErrTooLarge
	}
	return r.hand(ctx, right, name, uint64(size), from)
}
