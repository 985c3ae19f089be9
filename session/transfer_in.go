package session

import (
	"context"
	"crypto/sha256"
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
	if h.arrived >= inAll {
		return errTooMany // an honest sender counts, too
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
	case len(h.in) >= atOnce:
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
