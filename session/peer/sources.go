package peer

import (
	"encoding/binary"
	"slices"
	"sync"
	"sync/atomic"
)

// sources are who may send media: pion keeps state for every source that a
// packet names, before it has looked at the packet's seal. Packets of others
// never reach it. The zero value, and nil, admit nobody.
type sources struct {
	known atomic.Pointer[[]uint32] // that media packets come from

	mu       sync.Mutex // guards speakers
	speakers []uint32   // that have sent control packets
}

// maxSpeakers is how many sources of control packets are heard: each side has
// one or two, and its number is in no description.
const maxSpeakers = 8

// The least lengths with their seals: RFC 3550, sections 5.1 and 6.1, RFC
// 7714, sections 8.1 and 9.1, RFC 3711, section 4.2.
const (
	leastRTP  = 12 + 10
	leastRTCP = 8 + 4 + 10
)

// know lets the media of some sources in.
func (s *sources) know(ssrcs ...uint32) {
	known := slices.Clone(ssrcs)
	s.known.Store(&known)
}

// isMedia says whether a packet is RTP or RTCP (RFC 7983, section 7).
func isMedia(packet []byte) bool { return len(packet) > 0 && packet[0]&0xc0 == 0x80 }

// let says whether a packet that is acceptable may go on. What is no media may,
// and media inside a relay's message is looked at there.
func (s *sources) let(packet []byte) bool {
	switch {
	case isMedia(packet):
		return s.admit(packet)
	case len(packet) >= 4 && packet[0]&0xc0 == 0x40: // ChannelData
		inner := packet[4 : 4+binary.BigEndian.Uint16(packet[2:])]
		return !isMedia(inner) || s.admit(inner)
	case len(packet) >= stunHeader && binary.BigEndian.Uint32(packet[4:]) == stunCookie && binary.BigEndian.Uint16(packet) == dataIndication:
		inner := indicated(packet)
		return !isMedia(inner) || s.admit(inner)
	}
	return true
}

// indicated is what a data indication carries.
func indicated(packet []byte) []byte {
	for rest := packet[stunHeader : stunHeader+int(binary.BigEndian.Uint16(packet[2:]))]; len(rest) > 0; {
		t, n := binary.BigEndian.Uint16(rest), int(binary.BigEndian.Uint16(rest[2:]))
		if t == attrData {
			return rest[4 : 4+n]
		}
		rest = rest[4+(n+3)&^3:]
	}
	return nil
}

// admit judges a packet that isMedia.
func (s *sources) admit(packet []byte) bool {
	if s == nil || len(packet) < leastRTP {
		return false
	}
	known := s.known.Load()
	if known == nil {
		return false
	}
	if packet[1] >= 192 && packet[1] <= 223 { // RFC 5761, section 4
		return len(packet) >= leastRTCP && s.hear(binary.BigEndian.Uint32(packet[4:]))
	}
	return slices.Contains(*known, binary.BigEndian.Uint32(packet[8:]))
}

func (s *sources) hear(ssrc uint32) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if slices.Contains(s.speakers, ssrc) {
		return true
	}
	if len(s.speakers) == maxSpeakers {
		return false
	}
	s.speakers = append(s.speakers, ssrc)
	return true
}
