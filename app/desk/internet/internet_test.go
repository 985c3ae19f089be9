package internet

import (
	"net/netip"
	"testing"
)

func TestFilter(t *testing.T) {
	lan := Filter{Allow: []netip.Prefix{netip.MustParsePrefix("192.168.7.0/24"), netip.MustParsePrefix("::1/128")}}
	for _, c := range []struct {
		peer      string
		none, lan bool
	}{
		{"9.9.9.9", true, true},
		{"::ffff:9.9.9.9", true, true}, // mapped: what a socket would send to
		{"2a00:1450:4001:800::200e", true, true},
		{"0.0.0.0", false, false},
		{"0.1.2.3", false, false},
		{"10.1.2.3", false, false},
		{"100.64.0.1", false, false},
		{"100.127.255.255", false, false},
		{"100.128.0.1", true, true},
		{"127.0.0.1", false, false},
		{"127.255.255.254", false, false},
		{"::ffff:127.0.0.1", false, false},
		{"::ffff:10.0.0.1", false, false},
		{"::127.0.0.1", false, false}, // compatible form
		{"169.254.169.254", false, false},
		{"172.15.255.255", true, true},
		{"172.16.0.1", false, false},
		{"172.31.255.255", false, false},
		{"172.32.0.1", true, true},
		{"192.0.0.8", false, false},
		{"192.0.2.1", false, false},
		{"192.88.99.1", false, false},
		{"192.168.7.9", false, true},
		{"::ffff:192.168.7.9", false, true},
		{"192.168.8.9", false, false},
		{"198.18.0.1", false, false},
		{"198.51.100.1", false, false},
		{"203.0.113.1", false, false},
		{"224.0.0.1", false, false},
		{"239.255.255.250", false, false},
		{"240.0.0.1", false, false},
		{"255.255.255.255", false, false},
		{"::", false, false},
		{"::1", false, true},
		{"64:ff9b::7f00:1", false, false}, // NAT64 of 127.0.0.1
		{"64:ff9b::909:909", false, false},
		{"64:ff9b:1::1", false, false},
		{"100::1", false, false},
		{"2001::1", false, false}, // Teredo
		{"2001:2::1", false, false},
		{"2001:20::1", false, false},
		{"2001:db8::1", false, false},
		{"2002:7f00:1::1", false, false}, // 6to4 of 127.0.0.1
		{"2002:a00:1::1", false, false},
		{"3fff::1", false, false},
		{"5f00::1", false, false},
		{"fc00::1", false, false},
		{"fd12:3456::1", false, false},
		{"fe80::1%eth0", false, false},
		{"fec0::1", false, false},
		{"ff02::1", false, false},
	} {
		peer := netip.MustParseAddr(c.peer)
		if got := (Filter{}).Admits(peer); got != c.none {
			t.Errorf("%s: %v", c.peer, got)
		}
		if got := lan.Admits(peer); got != c.lan {
			t.Errorf("%s with a network allowed: %v", c.peer, got)
		}
	}
	if (Filter{}).Admits(netip.Addr{}) {
		t.Error("no address at all is admitted")
	}
}
