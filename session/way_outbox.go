package session

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/seal"
	"github.com/beistand/beistand/session/wire"
)

// Bounds on what is kept for the other side, in bytes of messages.
const (
	window  = 2 << 20  // pictures wait: enough for 100 ms to the other side at 20 MB/s
	maxKept = 16 << 20 // anything else is too much: nobody has taken anything for long
	keeping = 160      // what keeping one message takes besides its bytes
)

var errKept = errors.New("the other side takes nothing")

// outbox keeps what this side says over the data channel until the other side
// is known to have it, so that the next connection goes on where the last one
// broke. Messages are kept as they are and sealed when they are given to a
// connection, for each connection with its own keys.
type outbox struct {
	gate   *gate              // what may leave
	sealed func(wire.Message) // told what is sealed; nil tells nobody

	mu    sync.Mutex    // guards what follows
	kept  []parcel      // in order, none missing
	first uint64        // kept[0]'s number, counted from 0 over all connections
	sent  int           // how many of kept the connection in use has been given
	top   uint64        // the highest number that any connection was given, and one
	bytes int           // of kept
	swift time.Time     // when the last message came that a person waits for
	news  chan struct{} // closed and replaced with every change
}

// parcel is one message.
type parcel struct {
	message wire.Message
	b       []byte
	need    rights.Set  // without these it does not leave
	also    func() bool // nor when this says no, under all locks; nil asks nothing
	lost    func()      // told, under all locks, when it does not; nil tells nobody
	given   func()      // told, under all locks, when a connection has it, perhaps more than once; nil tells nobody
}

// allowed says whether it may leave now; the gate's mu is held.
func (p *parcel) allowed(g *gate) bool {
	return p.need == 0 || g.open(p.need) && (p.also == nil || p.also())
}

func newOutbox(g *gate, sealed func(wire.Message)) *outbox {
	return &outbox{gate: g, sealed: sealed, news: make(chan struct{})}
}

// changedLocked wakes everybody who waits for a change.
func (o *outbox) changedLocked() {
	close(o.news)
	o.news = make(chan struct{})
}

// put takes a message and says how long it will be. A picture waits while the
// other side has much to take. What may not leave is errWithheld.
func (o *outbox) put(ctx context.Context, p parcel) (int, error) {
	b, err := wire.Append(nil, p.message)
	if err != nil {
		return 0, err
	}
	p.b = b
	_, picture := p.message.(*wire.Picture)
	for {
		o.mu.Lock()
		full := picture && o.bytes >= window
		switch {
		case ctx.Err() != nil:
			err = ctx.Err()
		case !o.allowed(&p):
			err = errWithheld
		case o.bytes+len(b)+keeping > maxKept:
			err = errKept
		case !full:
			o.addLocked(p)
			o.changedLocked()
		}
		news := o.news
		o.mu.Unlock()
		if err != nil || !full {
			return len(b) + seal.Overhead, err
		}
		select {
		case <-news:
		case <-ctx.Done():
		}
	}
}

// isPicture says whether m shows something of the screen.
func isPicture(m wire.Message) bool {
	switch m.(type) {
	case *wire.Picture, *wire.Screen, *wire.Shape, *wire.Cursor, *wire.Figures, *wire.Flow:
		return true
	}
	return false
}

// waiting is how many bytes no connection was given yet.
func (o *outbox) waiting() (bytes int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, p := range o.kept[min(o.sent, len(o.kept)):] {
		bytes += len(p.b)
	}
	return bytes
}

func (o *outbox) allowed(p *parcel) bool {
	o.gate.mu.Lock()
	defer o.gate.mu.Unlock()
	return p.allowed(o.gate)
}

// withdraw takes back the pictures that the other side is not known to have,
// or all that needs a right.
func (o *outbox) withdraw(all bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for i, p := range o.kept {
		if isPicture(p.message) || all && p.need != 0 {
			o.withdrawLocked(i)
		}
	}
	o.changedLocked()
}

// withdrawLocked puts something without meaning in a message's place: both
// sides count.
func (o *outbox) withdrawLocked(i int) {
	if lost := o.kept[i].lost; lost != nil {
		lost()
	}
	m := &wire.Withdrawn{}
	b, err := wire.Append(nil, m)
	if err != nil { // it has no fields
		panic(err)
	}
	o.bytes -= len(o.kept[i].b) - len(b)
	o.kept[i] = parcel{message: m, b: b}
}

// taken forgets what the other side has. It cannot have more than it was given.
func (o *outbox) taken(count uint64) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if count > o.top {
		return fmt.Errorf("%d messages taken of %d: %w", count, o.top, ErrTampered)
	}
	if count > o.first { // else a greeting has said so, and this was said before
		o.takenLocked(count)
	}
	return nil
}

func (o *outbox) takenLocked(count uint64) {
	n := int(count - o.first)
	for _, p := range o.kept[:n] {
		o.bytes -= len(p.b) + keeping
	}
	clear(o.kept[:n])
	o.kept, o.first, o.sent = o.kept[n:], count, max(o.sent-n, 0)
	o.changedLocked()
}

// rewind forgets what the other side has, before a connection goes on with the rest.
func (o *outbox) rewind(count uint64) error {
	if err := o.taken(count); err != nil {
		return err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if count < o.first {
		return fmt.Errorf("%d messages taken, %d before: %w", count, o.first, ErrTampered)
	}
	o.sent = 0
	return nil
}
