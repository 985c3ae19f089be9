package peer

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pion/rtp"
)

// Limits of datagrams.
const (
	// MaxDatagram is the longest, in bytes. With the headers of RTP, its seal, a
	// relay's channel, UDP and IPv6 it fits into 1280 bytes (RFC 8200, section 5).
	MaxDatagram = 1180

	datagramsOut = 512  // waiting to leave; a way that is stuck drops more
	datagramsIn  = 4096 // received and not yet read; more are dropped

	// stale is how long one waits to leave: where a stream is stuck, what is
	// written later counts more.
	stale = 100 * time.Millisecond
)

// datagrams are packets that may be lost, come twice or in any order. What
// they carry is sealed by the caller.
type datagrams struct {
	track *track // nil: not wanted
	from  uint32 // the other side's source; set with yes
	yes   chan struct{}

	out  chan *waiting
	in   chan []byte
	pool sync.Pool

	queued atomic.Int32 // given to out and not yet written
	mu     sync.Mutex   // held while one is written; guards the rest
	begin  time.Time
	header rtp.Header
}

// waiting is one that is to leave.
type waiting struct {
	packet []byte
	since  time.Time
}

func newDatagrams() datagrams {
	return datagrams{
		yes:  make(chan struct{}),
		out:  make(chan *waiting, datagramsOut),
		in:   make(chan []byte, datagramsIn),
		pool: sync.Pool{New: func() any { return &waiting{packet: make([]byte, 0, MaxDatagram)} }},

		begin: time.Now(), header: rtp.Header{Version: 2},
	}
}

// agree notes that both sides send and take them.
func (d *datagrams) agree(from uint32) {
	d.from = from
	close(d.yes)
}

func (d *datagrams) agreed() bool {
	select {
	case <-d.yes:
		return true
	default:
		return false
	}
}

// Datagrams says whether datagrams can be sent and will come; only after Opened.
func (c *Conn) Datagrams() bool { return c.ready() && c.media.datagrams.agreed() }

// SendDatagram gives one datagram of 1 to MaxDatagram bytes on its way. It
// copies, and never waits: where the way is stuck it is ErrFull. What the
// system takes at once is written here, the rest by another goroutine.
func (c *Conn) SendDatagram(b []byte) error {
	d := &c.media.datagrams
	switch {
	case len(b) == 0 || len(b) > MaxDatagram:
		return fmt.Errorf("send a datagram of %d bytes: %w", len(b), ErrTooLarge)
	case c.Err() != nil:
		return c.Err()
	case !c.Datagrams():
		return fmt.Errorf("send a datagram: %w", ErrNotAgreed)
	}
	if d.queued.Load() == 0 && c.sockets.quick.do(func() bool { return d.writeNow(b) }) {
		return nil
	}
	w := d.pool.Get().(*waiting)
	w.packet, w.since = append(w.packet[:0], b...), time.Now()
	d.queued.Add(1)
	select {
	case d.out <- w:
		return nil
	default:
		d.queued.Add(-1)
		d.pool.Put(w)
		return ErrFull
	}
}

// send carries the queue until the connection is over: writing may wait.
func (d *datagrams) send(done <-chan struct{}) {
	for {
		select {
		case w := <-d.out:
			if time.Since(w.since) < stale {
				d.mu.Lock()
				d.writeLocked(w.packet)
				d.mu.Unlock()
			}
			d.queued.Add(-1)
			d.pool.Put(w)
		case <-done:
			return
		}
	}
}

// writeNow writes one if no other is being written.
func (d *datagrams) writeNow(packet []byte) bool {
	if !d.mu.TryLock() {
		return false
	}
	defer d.mu.Unlock()
	d.writeLocked(packet)
	return true
}

func (d *datagrams) writeLocked(packet []byte) {
	to := d.track.bound.Load()
	if to == nil {
		return
	}
	h := &d.header
	h.PayloadType, h.SSRC = to.payload, to.ssrc
	h.SequenceNumber++
	h.Timestamp = uint32(time.Since(d.begin).Microseconds() * (datagramClock / 1000) / 1000)
	_, _ = to.stream.WriteRTP(h, packet) // what does not leave is lost, as anywhere
}

// take is called with each packet of the other side's, unsealed from SRTP.
func (d *datagrams) take(packet []byte) {
	payload, ok := plain(packet)
	if !ok || len(payload) == 0 || len(payload) > MaxDatagram {
		return
	}
	select {
	case d.in <- append(make([]byte, 0, len(payload)), payload...):
	default:
	}
}

// plain is the payload of an RTP packet without contributing sources,
// extensions and padding: this program sends no others.
func plain(packet []byte) (payload []byte, ok bool) {
	const header, versionOnly = 12, 0x80
	if len(packet) < header || packet[0] != versionOnly {
		return nil, false
	}
	return packet[header:], true
}

// Datagram waits for the next datagram; the caller owns it. What came before
// the end is still given.
func (c *Conn) Datagram(ctx context.Context) ([]byte, error) {
	return next(ctx, c, c.media.datagrams.in)
}
