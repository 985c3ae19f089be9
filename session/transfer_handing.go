package session

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/wire"
)

// Bounds of what is handed over, in each direction.
const (
	atOnce   = 4                      // transfers
	inAll    = 100                    // transfers in one session
	listed   = 16                     // transfers that events carry
	progress = 200 * time.Millisecond // between two events that only say how far it is
	pieces   = 8                      // that wait to be stored: more than a window of whole ones
)

// Broken rules of a transfer, as Run's error names them behind ErrTampered.
var (
	errTransfer = errors.New("a message about a transfer came that has no place")
	errOverrun  = errors.New("more of a transfer came than was announced or asked for")
	errTooMany  = fmt.Errorf("more than %d transfers came", inAll)
)

// handing is all that is handed over in a session.
type handing struct {
	offering sync.Mutex // held while a number is drawn and told: they rise
	dirty    atomic.Bool
	parity   uint32 // of the own numbers

	mu      sync.Mutex // guards the rest
	next    uint32     // the next own number
	last    uint32     // the other side's highest
	out     map[uint32]*outgoing
	in      map[uint32]*incoming
	sent    int // own ones in all
	arrived int // the other side's in all
	all     []*Transfer
	noted   time.Time // the last event about progress
}

// init makes it ready: the host's numbers are even, the viewer's odd.
func (h *handing) init(r role) {
	h.next = map[role]uint32{host: 2, viewer: 1}[r]
	h.parity = h.next % 2
	h.out, h.in = map[uint32]*outgoing{}, map[uint32]*incoming{}
}

// list is what events carry.
func (h *handing) list() []Transfer {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := make([]Transfer, len(h.all))
	for i, t := range h.all {
		all[i] = *t
	}
	return all
}

// add puts one more into the list; mu is held. Those that are over go first.
func (h *handing) add(t *Transfer) {
	h.all = append(h.all, t)
	for i := 0; len(h.all) > listed && i < len(h.all); i++ {
		if s := h.all[i].State; s == TransferDone || s == TransferFailed {
			h.all = append(h.all[:i:i], h.all[i+1:]...)
			i--
		}
	}
}

// note changes a transfer and gets the window told, progress not too often.
func (r *run) note(t *Transfer, change func(t *Transfer)) {
	h := &r.handing
	h.mu.Lock()
	before := t.State
	change(t)
	now := time.Now()
	tell := t.State != before || now.Sub(h.noted) >= progress
	if tell {
		h.noted = now
	}
	h.mu.Unlock()
	if tell {
		h.dirty.Store(true)
		r.conf.wake.up()
	}
}

// take takes a message about a transfer.
func (h *handing) take(r *run, m wire.Message) error {
	switch m := m.(type) {
	case *wire.Hand:
		return h.offered(r, m)
	case *wire.Accept:
		return h.answer(m.ID, func(o *outgoing) error { return o.accepted() })
	case *wire.Took:
		return h.answer(m.ID, func(o *outgoing) error { return o.stored(int64(m.Bytes)) })
	case *wire.Piece:
		return h.arrive(r, m.ID, func(i *incoming) error { return i.piece(m) })
	case *wire.Done:
		if h.own(m.ID) {
			return h.answer(m.ID, func(o *outgoing) error { return o.finished(m.SHA256) })
		}
		return h.arrive(r, m.ID, func(i *incoming) error { return i.end(m) })
	case *wire.Cancel:
		if h.own(m.ID) {
			return h.answer(m.ID, func(o *outgoing) error { o.fail(cancels[m.Why]); return nil })
		}
		return h.arrive(nil, m.ID, func(i *incoming) error { i.fail(cancels[m.Why]); return nil })
	}
	return fmt.Errorf("take %T: %w", m, errTransfer)
}

// unfinished is what has left of what will not come to its end.
func (h *handing) unfinished() (all []handedOver) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, id := range slices.Sorted(maps.Keys(h.out)) {
		if t, ok := h.out[id].handOver(1, true); ok {
			all = append(all, t)
		}
	}
	return all
}

// own says whether a number is one of this side's.
func (h *handing) own(id uint32) bool { return id%2 == h.parity }

// answer finds what the other side speaks of; about one that is over it may
// still speak.
func (h *handing) answer(id uint32, how func(*outgoing) error) error {
	h.mu.Lock()
	o, next := h.out[id], h.next
	h.mu.Unlock()
	switch {
	case !h.own(id) || id >= next:
		return errTransfer
	case o == nil:
		return nil
	}
	return how(o)
}

// arrive finds what the other side sends; r is nil for what needs no right.
func (h *handing) arrive(r *run, id uint32, how func(*incoming) error) error {
	h.mu.Lock()
	i, last := h.in[id], h.last
	h.mu.Unlock()
	if h.own(id) || id > last {
		return errTransfer
	}
	if r != nil {
		need := rights.Of(r.takes())
		if i != nil {
			need = rights.Of(i.t.Right)
		}
		if need != 0 {
			if err := r.side.refuse(need); err != nil {
				return err
			}
		}
	}
	if i == nil {
		return nil // it is over; this was on its way
	}
	return how(i)
}

// takes is the right by which all files come to this side; "" when there are several.
func (r *run) takes() rights.Right {
	if r.conf.role == host {
		return rights.FilesIn
	}
	return ""
}
