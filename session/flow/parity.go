package flow

import (
	"crypto/subtle"
	"encoding/binary"
	"fmt"
)

// The parity of a row of segments is their exclusive or, each filled up with
// zeros to the longest, behind that of their lengths: with it a receiver makes
// the one that is missing out of the others, a round trip before it could come
// again (as RFC 5109 does for media).
const (
	rowMost    = 8 // segments in a row
	paritySize = 1 + 2
)

// parity is one that grows with each segment of its row.
type parity struct {
	first  uint64
	count  int
	length uint16
	size   int // of the longest
	sum    [maxPayload]byte
	ready  bool // to be sent
}

// start forgets the row.
func (p *parity) start() {
	clear(p.sum[:p.size])
	p.count, p.length, p.size, p.ready = 0, 0, 0, false
}

func (p *parity) add(data []byte) {
	p.count++
	p.length ^= uint16(len(data))
	p.size = max(p.size, len(data))
	subtle.XORBytes(p.sum[:], p.sum[:len(data)], data)
}

func (p *parity) append(b []byte) []byte {
	b = append(b, byte(p.count))
	b = binary.BigEndian.AppendUint16(b, p.length)
	return append(b, p.sum[:p.size]...)
}

// parse is the other way; first is in the packet's head.
func (p *parity) parse(payload []byte) error {
	if len(payload) <= paritySize || payload[0] < 2 || payload[0] > rowMost {
		return fmt.Errorf("parity of %d bytes: %w", len(payload), ErrPacket)
	}
	p.start()
	p.count, p.length = int(payload[0]), binary.BigEndian.Uint16(payload[1:])
	p.size = copy(p.sum[:], payload[paritySize:])
	return nil
}

// rest is the segment that is missing, after all others were added.
func (p *parity) rest() ([]byte, error) {
	if n := int(p.length); n > 0 && n <= p.size {
		return p.sum[:n], nil
	}
	return nil, fmt.Errorf("parity makes a segment of %d bytes: %w", p.length, ErrPacket)
}
