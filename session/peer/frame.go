package peer

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
)

// isCheck says whether a packet is a binding request (RFC 8445, section 7).
func isCheck(packet []byte) bool {
	const bindingRequest = 0x0001
	return len(packet) >= stunHeader && binary.BigEndian.Uint32(packet[4:]) == stunCookie && binary.BigEndian.Uint16(packet) == bindingRequest
}

// addressee is the ufrag that a binding request is for: the first part of
// its USERNAME (RFC 8445, section 7.2.2). The packet is acceptable.
func addressee(packet []byte) (string, bool) {
	const username = 0x0006
	if !isCheck(packet) {
		return "", false
	}
	for rest := packet[stunHeader : stunHeader+int(binary.BigEndian.Uint16(packet[2:]))]; len(rest) > 0; {
		t, n := binary.BigEndian.Uint16(rest), int(binary.BigEndian.Uint16(rest[2:]))
		if t == username {
			ufrag, _, ok := bytes.Cut(rest[4:4+n], []byte(":"))
			return string(ufrag), ok
		}
		rest = rest[4+(n+3)&^3:]
	}
	return "", false
}

var errFrame = errors.New("the other side sent what is no packet")

// readFrame reads one packet behind its length (RFC 4571, section 2), which
// must be acceptable. Media that nobody let in is read past.
func readFrame(r io.Reader, from *sources) ([]byte, error) {
	for {
		var head [2]byte
		if _, err := io.ReadFull(r, head[:]); err != nil {
			return nil, err
		}
		n := binary.BigEndian.Uint16(head[:])
		if n > maxFrame {
			return nil, errFrame
		}
		packet := make([]byte, n)
		if _, err := io.ReadFull(r, packet); err != nil {
			return nil, err
		}
		if !acceptable(packet) {
			return nil, errFrame
		}
		if from.let(packet) {
			return packet, nil
		}
	}
}
