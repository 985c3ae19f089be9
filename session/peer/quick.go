package peer

import (
	"errors"
	"net"
	"sync/atomic"

	"github.com/pion/webrtc/v3"
)

// quick writes a packet where it is made, without another goroutine between,
// while that cannot wait: over a UDP socket of this machine whose buffer has
// room.
type quick struct {
	direct  atomic.Bool // the path in use is such a socket's
	hurried atomic.Bool // what is written now must not wait
	full    atomic.Bool // and would have
}

var errBusy = errors.New("the socket's buffer is full")

// chosen notes the path that is used from now on.
func (q *quick) chosen(pair *webrtc.ICECandidatePair) {
	q.direct.Store(pollable && pair != nil && pair.Local != nil &&
		pair.Local.Protocol == webrtc.ICEProtocolUDP && pair.Local.Typ != webrtc.ICECandidateTypeRelay)
}

// do says whether what write writes has left; false where it might have waited.
func (q *quick) do(write func() bool) bool {
	if !q.direct.Load() {
		return false
	}
	q.full.Store(false)
	q.hurried.Store(true)
	defer q.hurried.Store(false)
	return write() && !q.full.Load()
}

// WriteTo is net.PacketConn's. pion takes what is refused for lost.
func (c filteredUDP) WriteTo(b []byte, to net.Addr) (int, error) {
	if q := &c.sockets.quick; q.hurried.Load() && !writable(c.raw) {
		q.full.Store(true)
		return 0, errBusy
	}
	return c.UDPConn.WriteTo(b, to)
}
