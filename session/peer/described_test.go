package peer

import (
	"errors"
	"strings"
	"testing"
)

// A channel that the other side thinks of ends the connection: each would cost
// this side a reader and its buffer, and a connection can have 65,535.
func TestForeignChannel(t *testing.T) {
	ctx := testContext(t)
	a, b := newConn(t, Config{}), newConn(t, Config{})
	signal(ctx, t, a, b, nil)
	opened(ctx, t, a, b)
	if _, err := a.pc.CreateDataChannel("more", nil); err != nil {
		t.Fatal(err)
	}
	select {
	case <-b.Done():
		if !errors.Is(b.Err(), ErrChannel) {
			t.Errorf("it ended with %v, want %v", b.Err(), ErrChannel)
		}
	case <-ctx.Done():
		t.Error("the connection goes on")
	}
}

// Descriptions of anything but one data connection are refused before they
// are looked at.
func TestDescribed(t *testing.T) {
	a := newConn(t, Config{})
	offer, err := a.Offer()
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(offer, "a=ice-ufrag:")
	ufrag, _, _ := strings.Cut(rest, "\r\n")
	section := offer[strings.Index(offer, "m="):]
	for name, sdp := range map[string]string{
		"pictures":         offer + strings.Replace(section, "m=application 9 UDP/DTLS/SCTP webrtc-datachannel", "m=video 9 UDP/TLS/RTP/SAVPF 96", 1),
		"two channels":     offer + section,
		"two hundred":      offer + strings.Repeat(section, 200),
		"none":             offer[:strings.Index(offer, "m=")] + section[strings.Index(section, "\r\n")+2:],
		"words for others": strings.Replace(offer, ufrag, "GET / HTTP/1.1", 1),
		"a command":        strings.Replace(offer, ufrag, "x\rFLUSHALL\r", 1),
		"a line in a line": strings.Replace(offer, "webrtc-datachannel\r\n", "webrtc-datachannel\rm=video 9 UDP/TLS/RTP/SAVPF 96\r\n", 1),
		"a line behind":    offer + "\rm=video 9 UDP/TLS/RTP/SAVPF 96\r\n",
		"a name behind":    strings.Replace(offer, "a=ice-ufrag:"+ufrag, "\ra=ice-ufrag:GET / HTTP/1.1", 1),
		"a way behind":     offer + "\ra=candidate:1 1 udp 2113937151 somebody.example.com 5000 typ host\r\n",
		"a section beside": strings.Replace(offer, "t=0 0\r\n", "t=0 0 m=video 9 UDP/TLS/RTP/SAVPF 96\r\n", 1),
		"a name beside":    strings.Replace(offer, "t=0 0\r\n", "t=0 0 a=ice-ufrag:GET / HTTP/1.1\r\n", 1),
		"a way beside":     strings.Replace(offer, "t=0 0\r\n", "t=0 0 a=candidate:1 1 udp 2113937151 192.0.2.7 5000 typ host\r\n", 1),
		"a long name":      strings.Replace(offer, ufrag, strings.Repeat("x", maxUfrag+1), 1),
	} {
		t.Run(name, func(t *testing.T) {
			b := newConn(t, Config{})
			if _, err := b.Answer(sdp); !errors.Is(err, errDescription) {
				t.Errorf("it ended with %v, want %v", err, errDescription)
			}
		})
	}
	if _, err := readSections(offer); err != nil {
		t.Errorf("an honest one: %v", err)
	}
}
