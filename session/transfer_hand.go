package session

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"

	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/wire"
)

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
	sum, err := r.pour(ctx, o, size, limit, from)
	if err != nil {
		return err
	}
	err = r.do(ctx, func() error {
		if t, ok := o.handOver(0, false); ok {
			return r.side.handed(r, t)
		}
		return nil
	})
	if err != nil {
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
	o := &outgoing{t: t, whole: sha256.New(), changed: make(chan struct{}, 1)}
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
