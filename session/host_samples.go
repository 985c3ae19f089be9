package session

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"time"

	"github.com/beistand/beistand/session/record"
	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/wire"
)

// samples are all that have left since the viewer began to want them.
type samples struct {
	size int64
	sum  hash.Hash
}

// sample tells samples until nobody wants them, or the right is taken back.
func (h *hosting) sample(r *run) {
	if h.helpers.noMore != nil {
		return
	}
	ctx, cancel := context.WithCancel(r.life)
	h.helpers.noMore = cancel
	h.helpers.told = samples{sum: sha256.New()}
	h.helpers.samples.Go(func() {
		ctx, done := h.gate.during(ctx, rights.Of(rights.Vitals), false)
		defer done()
		tick := time.NewTicker(sampleTime)
		defer tick.Stop()
		for {
			text, err := h.config.Vitals.Sample(ctx)
			if err == nil {
				if _, err := r.send(ctx, &wire.Vital{Text: text}); err == nil {
					h.helpers.told.size += int64(len(text))
					h.helpers.told.sum.Write([]byte(text))
				}
			}
			select {
			case <-tick.C:
			case <-ctx.Done():
				return
			}
		}
	})
	r.all.Go(func() {
		h.helpers.samples.Wait()
		r.post(post{do: func() {
			if err := h.sampled(r); err != nil {
				r.fail(err)
			}
		}})
	})
}

// wantNoMore ends the samples.
func (h *hosting) wantNoMore() {
	if h.helpers.noMore != nil {
		h.helpers.noMore()
	}
}

// sampled writes that samples were handed over.
func (h *hosting) sampled(r *run) error {
	e, ok := h.helpers.entry()
	if !ok || r.state != live && r.state != paused {
		return nil
	}
	return h.tell(r, e)
}

// entry is what the record says of the samples, once.
func (h *helpers) entry() (record.Entry, bool) {
	if h.noMore == nil {
		return record.Entry{}, false
	}
	h.noMore()
	h.samples.Wait()
	h.noMore = nil
	return record.Entry{
		What: record.Evidence, By: record.Customer, Name: string(rights.Vitals), Size: h.told.size,
		SHA256: hex.EncodeToString(h.told.sum.Sum(nil)),
	}, h.told.size > 0
}
