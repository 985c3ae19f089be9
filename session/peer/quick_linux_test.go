package peer

import (
	"net"
	"sync/atomic"
	"testing"

	"github.com/pion/webrtc/v3"
)

// A write that must not wait is refused where the socket's buffer is full, and
// nothing is written at once over ways that may wait.
func TestQuick(t *testing.T) {
	s := newSockets()
	defer s.cut()
	inner, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	conn, err := s.udp(inner)
	if err != nil {
		t.Fatal(err)
	}
	write := func() bool {
		_, _ = conn.WriteTo([]byte("x"), conn.LocalAddr())
		return true
	}
	if s.quick.do(write) {
		t.Error("written at once before there is a path")
	}
	local := func(protocol webrtc.ICEProtocol, kind webrtc.ICECandidateType) *webrtc.ICECandidatePair {
		return &webrtc.ICECandidatePair{Local: &webrtc.ICECandidate{Protocol: protocol, Typ: kind}}
	}
	for _, other := range []*webrtc.ICECandidatePair{nil, local(webrtc.ICEProtocolTCP, webrtc.ICECandidateTypeHost), local(webrtc.ICEProtocolUDP, webrtc.ICECandidateTypeRelay)} {
		s.quick.chosen(other)
		if s.quick.do(write) {
			t.Errorf("written at once over %v", other)
		}
	}
	s.quick.chosen(local(webrtc.ICEProtocolUDP, webrtc.ICECandidateTypeHost))
	if !s.quick.do(write) {
		t.Error("not written at once over a socket with room")
	}
	stuck := &stuckConn{UDPConn: inner}
	full := filteredUDP{UDPConn: stuck, sockets: s} // one of which it is not known
	if s.quick.do(func() bool {
		_, _ = full.WriteTo([]byte("x"), inner.LocalAddr())
		return true
	}) || stuck.writes.Load() != 0 {
		t.Error("written at once where it might have waited")
	}
	if _, err := full.WriteTo([]byte("x"), inner.LocalAddr()); err != nil || stuck.writes.Load() != 1 {
		t.Errorf("who may wait is refused: %v", err)
	}
}

// stuckConn counts what is written.
type stuckConn struct {
	*net.UDPConn
	writes atomic.Int32
}

func (c *stuckConn) WriteTo(b []byte, to net.Addr) (int, error) {
	c.writes.Add(1)
	return c.UDPConn.WriteTo(b, to)
}
