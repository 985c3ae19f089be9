package peer

import "encoding/binary"

// pion's parsers for STUN (v0.6.1) and DTLS (v2.2.12) read some fields before
// they look whether these are there, and a panic in one of their goroutines
// ends the program. Their lines get no more fixes. So packets pass through
// acceptable before pion sees them; it refuses what those parsers stumble over
// and cares for nothing else.

const (
	stunHeader     = 20
	stunCookie     = 0x2112a442
	dataIndication = 0x0017 // RFC 8656, section 18.1
	attrData       = 0x0013

	dtlsHeader        = 13 // record
	dtlsHandshake     = 22
	handshakeHeader   = 12
	serverKeyExchange = 12
	namedCurve        = 3
)

// attribute lengths by STUN attribute type (RFC 8489 section 14, RFC 8656
// section 18.2, RFC 8445 section 16.1): at least and at most.
var attributes = map[uint16][2]int{
	0x0001: {8, 20},  // MAPPED-ADDRESS
	0x0008: {20, 20}, // MESSAGE-INTEGRITY
	0x0009: {4, 767}, // ERROR-CODE: the reason has up to 763 bytes
	0x000c: {4, 4},   // CHANNEL-NUMBER
	0x000d: {4, 4},   // LIFETIME
	0x0012: {8, 20},  // XOR-PEER-ADDRESS
	0x0016: {8, 20},  // XOR-RELAYED-ADDRESS
	0x0017: {4, 4},   // REQUESTED-ADDRESS-FAMILY
	0x0018: {1, 1},   // EVEN-PORT
	0x0019: {4, 4},   // REQUESTED-TRANSPORT
	0x001a: {0, 0},   // DONT-FRAGMENT
	0x0020: {8, 20},  // XOR-MAPPED-ADDRESS
	0x0022: {8, 8},   // RESERVATION-TOKEN
	0x0024: {4, 4},   // PRIORITY
	0x0025: {0, 0},   // USE-CANDIDATE
	0x002a: {4, 4},   // CONNECTION-ID
	0x8020: {8, 20},  // XOR-MAPPED-ADDRESS of old servers
	0x8023: {8, 20},  // ALTERNATE-SERVER
	0x8028: {4, 4},   // FINGERPRINT
	0x8029: {8, 8},   // ICE-CONTROLLED
	0x802a: {8, 8},   // ICE-CONTROLLING
	0x802b: {8, 20},  // RESPONSE-ORIGIN
	0x802c: {8, 20},  // OTHER-ADDRESS
}

// acceptable says whether pion may see a packet. What a TURN server carries
// inside its own messages is looked at too, one level deep: there is no other.
func acceptable(packet []byte) bool { return acceptableAt(packet, 0) }

func acceptableAt(packet []byte, depth int) bool {
	switch {
	case depth > 1:
		return true // carried inside what was carried: nobody unpacks it
	case len(packet) >= stunHeader && binary.BigEndian.Uint32(packet[4:]) == stunCookie:
		return acceptableSTUN(packet, depth) // pion too goes by the cookie before all else
	case len(packet) >= 4 && packet[0]&0xc0 == 0x40: // ChannelData, RFC 8656 section 12.4
		n := int(binary.BigEndian.Uint16(packet[2:]))
		return 4+n <= len(packet) && acceptableAt(packet[4:4+n], depth+1)
	case len(packet) > dtlsHeader && packet[0] == dtlsHandshake:
		return acceptableDTLS(packet)
	}
	return true
}

func acceptableSTUN(packet []byte, depth int) bool {
	n := int(binary.BigEndian.Uint16(packet[2:]))
	if n%4 != 0 || stunHeader+n > len(packet) {
		return false
	}
	kind := binary.BigEndian.Uint16(packet)
	for rest := packet[stunHeader : stunHeader+n]; len(rest) > 0; {
		if len(rest) < 4 {
			return false
		}
		t, n := binary.BigEndian.Uint16(rest), int(binary.BigEndian.Uint16(rest[2:]))
		padded := 4 + (n+3)&^3
		if padded > len(rest) {
			return false
		}
		if limits, ok := attributes[t]; ok && (n < limits[0] || n > limits[1]) {
			return false
		}
		if t == attrData && kind == dataIndication && !acceptableAt(rest[4:4+n], depth+1) {
			return false
		}
		rest = rest[padded:]
	}
	return true
}

// acceptableDTLS looks at every handshake record in the clear. A
// ServerKeyExchange of WebRTC's cipher suites begins with a named curve (RFC
// 8422, section 5.4); a pre-shared key's, whose parser reads past its end, is
// none of WebRTC's.
func acceptableDTLS(packet []byte) bool {
	for len(packet) >= dtlsHeader {
		epoch := binary.BigEndian.Uint16(packet[3:])
		n := int(binary.BigEndian.Uint16(packet[11:]))
		if dtlsHeader+n > len(packet) {
			return true // pion refuses it by its length
		}
		body := packet[dtlsHeader : dtlsHeader+n]
		if packet[0] == dtlsHandshake && epoch == 0 && len(body) > 0 && body[0] == serverKeyExchange {
			if len(body) < handshakeHeader {
				return false
			}
			first := body[6] == 0 && body[7] == 0 && body[8] == 0 // the fragment at offset 0
			if first && (len(body) < handshakeHeader+4 || body[handshakeHeader] != namedCurve) {
				return false
			}
		}
		packet = packet[dtlsHeader+n:]
	}
	return true
}
