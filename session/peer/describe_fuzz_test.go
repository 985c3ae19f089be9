package peer

import (
	"strings"
	"testing"
	"time"
)

// FuzzDescription is the other side's description as it is received: whatever
// it says, nothing breaks but this connection. What is taken names one
// certificate.
func FuzzDescription(f *testing.F) {
	var offer string
	for _, media := range []Media{allMedia, withDatagrams, {}} {
		c, err := New(Config{Media: media})
		if err != nil {
			f.Fatal(err)
		}
		if offer, err = c.Offer(); err != nil {
			f.Fatal(err)
		}
		if err := c.Close(); err != nil {
			f.Fatal(err)
		}
		f.Add(offer)
		f.Add(strings.Replace(offer, "a=rtcp-mux\r\n", "a=rtcp-mux\r\na=ssrc-group:FID 7 8\r\na=rid:x send\r\na=simulcast:send ~x\r\n", 1))
	}
	f.Add(offer + "a=candidate:1 1 udp 2113937151 192.0.2.7 5000 typ host\r\na=end-of-candidates\r\n")
	f.Add(offer + "a=candidate:1 1 tcp 1671430143 192.0.2.7 5000 typ host tcptype passive\r\n")
	f.Add(strings.Replace(offer, "a=fingerprint:sha-256", "a=fingerprint:sha-1", 1))
	f.Add(strings.Replace(offer, "webrtc-datachannel", "webrtc-datachannel\r\na=sctpmap:5000 x 65536", 1))
	f.Add("v=0\r\n")
	f.Fuzz(func(t *testing.T, sdp string) {
		if len(sdp) > MaxMessage { // no larger one comes through
			return
		}
		if _, err := fingerprint(sdp); err != nil {
			return // refused before pion sees it
		}
		stuck := time.AfterFunc(10*time.Second, func() { panic("it hangs") }) // the fuzzer itself would wait
		defer stuck.Stop()
		c, err := New(Config{Media: Media{Datagrams: true, Video: []VideoCodec{VP8, H264}}})
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if answer, err := c.Answer(sdp); err == nil {
			if _, err := fingerprint(answer); err != nil {
				t.Errorf("the answer to\n%s\nis\n%s", sdp, answer)
			}
		}
	})
}
