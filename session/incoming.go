package session

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"sync"

	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/wire"
)

// incoming is one thing that the other side hands over. The run's goroutine
// judges each message; another one stores.
type incoming struct {
	t     *Transfer
	size  int64 // -1: not known
	limit int64
	parts chan part

	mu       sync.Mutex // guards the rest
	accepted bool
	came     int64
	kept     int64
	ended    bool
	err      error // the sender's
	stop     context.CancelFunc
}

// part is a piece, or the end with the sum.
type part struct {
	data []byte
	sum  *[sha256.Size]byte
}

// piece takes a piece; more than a window's worth never waits.
func (i *incoming) piece(m *wire.Piece) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	n := int64(len(m.Data))
	switch {
	case !i.accepted || i.ended:
		return errTransfer
	case int64(m.Offset) != i.came:
		return errTransfer
	case i.size >= 0 && i.came+n > i.size, i.came+n > i.limit, i.came+n-i.kept > wire.Window:
		return errOverrun
	}
	select {
	case i.parts <- part{data: m.Data}:
	default:
		return errOverrun
	}
	i.came += n
	return nil
}

// end takes the sender's sum.
func (i *incoming) end(m *wire.Done) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	if !i.accepted || i.ended || i.size >= 0 && i.came != i.size || i.kept != i.came {
		return errTransfer // an honest sender has heard that all is stored
	}
	i.ended = true
	i.parts <- part{sum: &m.SHA256} // all before it are stored: there is room
	return nil
}

// fail ends it.
func (i *incoming) fail(err error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.err == nil {
		i.err = err
		i.stop()
	}
}

// offered takes what the other side wants to hand over.
func (h *handing) offered(r *run, m *wire.Hand) error {
	if h.own(m.ID) || m.ID <= h.last || !r.side.receives(m.Right) {
		return errTransfer
	}
	need := rights.Of(m.Right)
	if err := r.side.refuse(need); err != nil {
		return err
	}
	h.last = m.ID
	t := &Transfer{ID: m.ID, Right: m.Right, Name: m.Name, Size: int64(m.Size), State: TransferOffered}
	limit := int64(wire.MaxFile)
	if m.Right != rights.FilesIn && m.Right != rights.FilesOut {
		limit = wire.MaxEvidence
	}
	if m.Size == wire.Unknown {
		t.Size = -1
	}
	h.mu.Lock()
	why := wire.Cancelled(0)
	switch h.arrived++; {
	case !r.conf.gate.may(need): // it has crossed the word
		why = wire.NoRight
	case r.conf.files == nil:
		why = wire.NotWanted
	case len(h.in) >= atOnce || h.arrived > inAll:
		why = wire.TooManyFiles
	}
	if why != 0 {
		h.mu.Unlock()
		_, err := r.send(r.life, &wire.Cancel{ID: m.ID, Why: why})
		return err
	}
	ctx, stop := context.WithCancel(r.life)
	i := &incoming{t: t, size: t.Size, limit: limit, parts: make(chan part, pieces+1), stop: stop}
	h.in[m.ID] = i
	h.add(t)
	h.mu.Unlock()
	r.note(t, func(*Transfer) {})
	r.all.Go(func() { r.receive(ctx, i) })
	return nil
}

// receive stores one thing, from the question whether to the last byte.
func (r *run) receive(ctx context.Context, i *incoming) {
	defer i.stop()
	need := rights.Of(i.t.Right)
	ctx, cancel := r.conf.gate.during(ctx, need, false)
	defer cancel()
	err := r.store(ctx, need, i)
	allowed, _, _ := r.conf.gate.now()
	i.mu.Lock()
	said := i.err
	i.mu.Unlock()
	switch {
	case err == nil:
	case said != nil:
		err = said
	case r.life.Err() != nil:
		err = ErrOver
	case allowed.Both(need) != need:
		err = ErrNoRight
	}
	r.handing.mu.Lock()
	delete(r.handing.in, i.t.ID)
	r.handing.mu.Unlock()
	if err != nil && said == nil {
		_, _ = r.send(r.life, &wire.Cancel{ID: i.t.ID, Why: cancelled(err)}) // the connection may be gone
	}
	r.note(i.t, func(t *Transfer) {
		t.State, t.Err = TransferDone, err
		if err != nil {
			t.State = TransferFailed
		}
	})
}

// store is receive without the telling.
func (r *run) store(ctx context.Context, need rights.Set, i *incoming) (err error) {
	sink, err := r.conf.files.Receive(ctx, Incoming{Right: i.t.Right, Name: i.t.Name, Size: i.size})
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNotWanted, err)
	}
	stored := false
	defer func() {
		if !stored {
			sink.Abort()
		}
	}()
	i.mu.Lock()
	i.accepted = true
	i.mu.Unlock()
	if _, err := r.send(ctx, &wire.Accept{ID: i.t.ID}); err != nil {
		return err
	}
	r.note(i.t, func(t *Transfer) { t.State = TransferMoving })
	whole := sha256.New()
	for {
		select {
		case p := <-i.parts:
			if p.sum == nil {
				if err := r.keepPart(ctx, need, i, sink, whole, p.data); err != nil {
					return err
				}
				continue
			}
			sum := [sha256.Size]byte(whole.Sum(nil))
			if sum != *p.sum {
				return ErrWrongSum
			}
			over := handedOver{right: i.t.Right, name: i.t.Name, size: i.t.Moved, sum: hex.EncodeToString(sum[:])}
			if err := r.do(ctx, func() error { return r.side.handed(r, over) }); err != nil {
				return err
			}
			stored = true
			if err := sink.Commit(); err != nil {
				return fmt.Errorf("%w: %w", ErrCannotStore, err)
			}
			_, err := r.send(ctx, &wire.Done{ID: i.t.ID, SHA256: sum})
			return err
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// keepPart stores a piece when that is allowed, and says so.
func (r *run) keepPart(ctx context.Context, need rights.Set, i *incoming, sink Sink, whole hash.Hash, data []byte) error {
	for {
		if err := r.conf.gate.wait(ctx, need); err != nil {
			return err
		}
		done, err := r.conf.gate.obey(need, func() error { _, err := sink.Write(data); return err })
		if err != nil {
			return fmt.Errorf("%w: %w", ErrCannotStore, err)
		}
		if done {
			break
		}
	}
	whole.Write(data)
	i.mu.Lock()
	i.kept += int64(len(data))
	kept := i.kept
	i.mu.Unlock()
	r.note(i.t, func(t *Transfer) { t.Moved = kept })
	if _, err := r.send(ctx, &wire.Took{ID: i.t.ID, Bytes: uint64(kept)}); err != nil {
		return errors.Join(ErrOver, err)
	}
	return nil
}
