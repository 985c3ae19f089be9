package session

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"

	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/wire"
)

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
	sink, err := r.conf.files.Receive(ctx, Incoming{ID: i.t.ID, Right: i.t.Right, Name: i.t.Name, Size: i.size})
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
