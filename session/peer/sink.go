package peer

import (
	"io"
	"sync"

	"github.com/pion/transport/v2/packetio"
)

// maxOpened is how many streams pion may open for what the other side sends: a
// connection needs five. A control packet can name hundreds.
const maxOpened = 64

// sink is pion's buffer for one source: what is written, unsealed, goes on at
// once, without another goroutine between. Nobody reads from it.
type sink struct {
	take   func(packet []byte) // nil drops; the packet is pion's
	once   sync.Once
	closed chan struct{}
}

func newSink(take func([]byte)) *sink { return &sink{take: take, closed: make(chan struct{})} }

// Write is io.Writer's.
func (s *sink) Write(packet []byte) (int, error) {
	if s.take != nil {
		s.take(packet)
	}
	return len(packet), nil
}

// Read is io.Reader's. It waits for Close.
func (s *sink) Read([]byte) (int, error) {
	<-s.closed
	return 0, io.EOF
}

// Close is io.Closer's.
func (s *sink) Close() error {
	s.once.Do(func() { close(s.closed) })
	return nil
}

// open is asked for a buffer for each source, and each that control packets are for.
func (m *media) open(kind packetio.BufferPacketType, ssrc uint32) io.ReadWriteCloser {
	if m.streams.Add(1) > maxOpened {
		m.flooded()
		return newSink(nil)
	}
	d, v := &m.datagrams, &m.video
	switch {
	case kind == packetio.RTCPBufferPacket && v.track != nil:
		return newSink(v.hear)
	case kind == packetio.RTCPBufferPacket:
	case d.agreed() && ssrc == d.from:
		return newSink(d.take)
	case v.from != 0 && (ssrc == v.from || ssrc == probes):
		return newSink(v.take)
	}
	return newSink(nil)
}
