package peer

import (
	"encoding/binary"
	"testing"
)

func rtpPacket(ssrc uint32, n int) []byte {
	b := make([]byte, n)
	b[0], b[1] = 0x80, 118
	binary.BigEndian.PutUint32(b[8:], ssrc)
	return b
}

func rtcpPacket(ssrc uint32, n int) []byte {
	b := make([]byte, n)
	b[0], b[1] = 0x80, 201
	binary.BigEndian.PutUint32(b[4:], ssrc)
	return b
}

func carried(inner []byte) []byte {
	return append([]byte{0x40, 0, byte(len(inner) >> 8), byte(len(inner))}, inner...)
}

// Media of nobody that a description has named never reaches pion, whichever
// way it comes.
func TestSources(t *testing.T) {
	var s sources
	for name, packet := range map[string][]byte{"media": rtpPacket(7, 40), "control": rtcpPacket(7, 40), "relayed": carried(rtpPacket(7, 40))} {
		if s.let(packet) {
			t.Errorf("%s before there is a description", name)
		}
	}
	s.know(7, 9)
	for name, test := range map[string]struct {
		packet []byte
		want   bool
	}{
		"nothing":                          {nil, true},
		"a check":                          {stunMessage(1), true},
		"of one":                           {rtpPacket(7, 40), true},
		"of the other":                     {rtpPacket(9, 40), true},
		"of somebody":                      {rtpPacket(8, 40), false},
		"too short":                        {rtpPacket(7, leastRTP-1), false},
		"a byte":                           {[]byte{0x80}, false},
		"control of anybody":               {rtcpPacket(8, 40), true},
		"control too short":                {rtcpPacket(7, leastRTCP-1), false},
		"relayed of one":                   {carried(rtpPacket(7, 40)), true},
		"relayed of somebody":              {carried(rtpPacket(8, 40)), false},
		"relayed in a message of one":      {stunMessage(dataIndication, attrXORPeer, make([]byte, 8), attrData, rtpPacket(7, 40)), true},
		"relayed in a message of somebody": {stunMessage(dataIndication, attrXORPeer, make([]byte, 8), attrData, rtpPacket(8, 40)), false},
		"a message of nothing":             {stunMessage(dataIndication), true},
	} {
		if got := acceptable(test.packet) && s.let(test.packet); got != test.want {
			t.Errorf("%s: let is %v", name, got)
		}
	}
	heard := 0
	for ssrc := range uint32(1000) {
		if s.let(rtcpPacket(1000+ssrc, 40)) {
			heard++
		}
	}
	if heard >= maxSpeakers {
		t.Errorf("control packets of %d more are heard, with one before", heard)
	}
	if !s.let(rtcpPacket(8, 40)) {
		t.Error("one that was heard is not any more")
	}
}

func FuzzSources(f *testing.F) {
	f.Add(rtpPacket(7, 40))
	f.Add(rtcpPacket(7, 40))
	f.Add(carried(rtpPacket(7, 40)))
	f.Add(stunMessage(dataIndication, attrXORPeer, make([]byte, 8), attrData, rtpPacket(7, 40)))
	f.Fuzz(func(t *testing.T, packet []byte) {
		var s sources
		s.know(7)
		if !acceptable(packet) {
			return
		}
		if s.let(packet) && isMedia(packet) && len(packet) < leastRTP {
			t.Error("a packet too short for its seal is let in")
		}
	})
}
