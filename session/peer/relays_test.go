package peer

import (
	"net/netip"
	"testing"
	"time"
)

func TestRelays(t *testing.T) {
	at := netip.MustParseAddrPort
	var r relays
	now := time.Unix(1e9, 0)
	if !r.admit(at("192.0.2.7:50000"), now) {
		t.Error("a check is refused, and there is no relay")
	}
	r.know(netip.MustParseAddr("192.0.2.7"))
	if r.admit(at("192.0.2.7:50000"), now) || r.admit(at("[::ffff:192.0.2.7]:50000"), now.Add(announced/2)) {
		t.Error("a check from a relay is taken before its address was announced")
	}
	if !r.admit(at("192.0.2.8:50000"), now) {
		t.Error("a check from elsewhere is refused")
	}
	if !r.admit(at("192.0.2.7:50000"), now.Add(announced)) {
		t.Error("it is refused for good")
	}
	r.announce(at("192.0.2.7:50001"))
	if !r.admit(at("192.0.2.7:50001"), now) {
		t.Error("a check from an announced address is refused")
	}
	for port := range uint16(3 * maxRelays) {
		r.admit(netip.AddrPortFrom(netip.MustParseAddr("192.0.2.7"), 1000+port), now)
	}
	if len(r.first) > maxRelays {
		t.Errorf("%d addresses are remembered", len(r.first))
	}
}
