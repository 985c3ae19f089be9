package session

import (
	"context"
	"crypto/sha256"
	"fmt"

	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/wire"
)

// hand hands something over and returns when the other side has stored it, or
// will not. Evidence may be of unknown size, -1.
func (r *run) hand(ctx context.Context, right rights.Right, f Outgoing) (err error) {
	limit := int64(wire.MaxFile)
	if right == rights.Logs || right == rights.System {
		limit = wire.MaxEvidence
	}
	if f.Size > limit {
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
	o, err := r.offer(ctx, right, f)
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
	sum, err := r.pour(ctx, o, limit, f.From)
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
func (r *run) offer(ctx context.Context, right rights.Right, f Outgoing) (*outgoing, error) {
	h := &r.handing
	h.offering.Lock()
	defer h.offering.Unlock()
	t := &Transfer{Right: right, Name: wire.FileName(f.Name), Size: f.Size, Out: true, State: TransferOffered}
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
	h.mu.Unlock()
	if f.Begun != nil {
		f.Begun(t.ID)
	}
	h.mu.Lock()
	h.add(t)
	h.mu.Unlock()
	size := uint64(f.Size) // wire.Unknown is -1, too
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

// SendFile hands the supporter a file, which the customer has chosen, and
// returns when it is stored there. The error is ErrOver, ErrNoRight (FilesOut),
// ErrTooLarge, ErrTooMany or one of a Transfer's; ending ctx stops it.
func (h *Host) SendFile(ctx context.Context, f Outgoing) error {
	return sendFile(ctx, h.running.Load(), rights.FilesOut, f)
}

// SendFile hands the customer a file, as the host's does; the right is FilesIn.
func (v *Viewer) SendFile(ctx context.Context, f Outgoing) error {
	return sendFile(ctx, v.running.Load(), rights.FilesIn, f)
}

func sendFile(ctx context.Context, r *run, right rights.Right, f Outgoing) error {
	switch {
	case r == nil:
		return ErrOver
	case f.Size < 0:
		return ErrTooLarge
	}
	return r.hand(ctx, right, f)
}
