package peer

import (
	"testing"
	"time"

	"github.com/pion/interceptor/pkg/twcc"
	"github.com/pion/rtcp"
	"github.com/pion/rtp"
	"github.com/pion/srtp/v2"
)

// FuzzSealed is a packet that names a known source, from somebody without the
// keys: pion reads its header before it looks at the seal.
func FuzzSealed(f *testing.F) {
	f.Add(rtpPacket(7, 40))
	f.Add(rtcpPacket(7, 40))
	f.Add(append([]byte{0x9f, 118, 0, 1, 0, 0, 0, 0, 0, 0, 0, 7}, make([]byte, 80)...))
	f.Add(append([]byte{0x90, 118, 0, 1, 0, 0, 0, 0, 0, 0, 0, 7, 0xbe, 0xde, 0, 2, 0x1f, 0xff}, make([]byte, 30)...))
	f.Add(append([]byte{0xb0, 118, 0, 1, 0, 0, 0, 0, 0, 0, 0, 7, 0x10, 0, 0, 2, 0x1f, 0xff}, make([]byte, 30)...))
	f.Fuzz(func(t *testing.T, packet []byte) {
		var s sources
		s.know(7)
		if !isMedia(packet) || !s.let(packet) {
			return
		}
		for profile, lengths := range map[srtp.ProtectionProfile][2]int{
			srtp.ProtectionProfileAeadAes128Gcm:       {16, 12},
			srtp.ProtectionProfileAes128CmHmacSha1_80: {16, 14},
		} {
			c, err := srtp.CreateContext(make([]byte, lengths[0]), make([]byte, lengths[1]), profile)
			if err != nil {
				t.Fatal(err)
			}
			if packet[1] >= 192 && packet[1] <= 223 {
				_, err = c.DecryptRTCP(nil, packet, &rtcp.Header{})
			} else {
				_, err = c.DecryptRTP(nil, packet, &rtp.Header{})
			}
			if err == nil {
				t.Error("a packet without a seal is taken")
			}
		}
	})
}

// FuzzUnsealed is a packet of the other side's own: with the seal, whatever is
// in it. What breaks in pion's goroutines ends the program.
func FuzzUnsealed(f *testing.F) {
	f.Add(rtpPacket(7, 40))
	f.Add(rtcpPacket(7, 40))
	f.Add(append([]byte{0x90, 118, 0, 1, 0, 0, 0, 0, 0, 0, 0, 7, 0xbe, 0xde, 0, 2, 0x1f, 0xff}, make([]byte, 30)...))
	f.Add([]byte{0x8f, 205, 0, 5, 0, 0, 0, 1, 0, 0, 0, 2, 0, 1, 0, 2, 0, 0, 0, 3, 0xd0, 0, 4, 4})
	f.Fuzz(func(t *testing.T, packet []byte) {
		if all, err := rtcp.Unmarshal(packet); err == nil {
			for _, p := range all {
				p.DestinationSSRC() // as pion's session asks each
			}
		}
		v := newVideo()
		v.from, v.own = 7, 1
		r := &receiver{v: &v, number: 118, counter: 1, frames: newAssembler(VP8), say: func(all []rtcp.Packet) error {
			_, err := rtcp.Marshal(all)
			return err
		}}
		r.rtt.ask = func() time.Duration { return 0 }
		r.begin, r.came = time.Now(), twcc.NewRecorder(1)
		for range 3 {
			r.take(arrived{packet, time.Now()})
			r.give()
			r.speak(time.Now())
		}
		d := newDatagrams()
		d.take(packet)
	})
}
