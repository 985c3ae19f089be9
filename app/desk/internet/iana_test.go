package internet

import (
	"encoding/binary"
	"net/netip"
	"testing"
)

// registries are the rows of iana-ipv4-special-registry (RFC 6890) and
// iana-ipv6-special-registry with their names, and what is reserved or
// multicast beside them. ::ffff:0:0/96 has no row: such an address is the IPv4
// address within, and judged as that.
var registries = map[string]string{
	"0.0.0.0/8": "this network", "0.0.0.0/32": "this host on this network", "10.0.0.0/8": "private use",
	"100.64.0.0/10": "shared address space", "127.0.0.0/8": "loopback", "169.254.0.0/16": "link local",
	"172.16.0.0/12": "private use", "192.0.0.0/24": "IETF protocol assignments", "192.0.0.0/29": "IPv4 service continuity",
	"192.0.0.8/32": "IPv4 dummy", "192.0.0.9/32": "port control protocol anycast", "192.0.0.10/32": "TURN anycast",
	"192.0.0.170/32": "NAT64 discovery", "192.0.0.171/32": "NAT64 discovery", "192.0.2.0/24": "documentation",
	"192.31.196.0/24": "AS112", "192.52.193.0/24": "AMT", "192.88.99.0/24": "6to4 relay anycast", "192.88.99.2/32": "6a44 relay anycast",
	"192.168.0.0/16": "private use", "192.175.48.0/24": "AS112 service", "198.18.0.0/15": "benchmarking",
	"198.51.100.0/24": "documentation", "203.0.113.0/24": "documentation", "240.0.0.0/4": "reserved",
	"255.255.255.255/32": "limited broadcast", "224.0.0.0/4": "multicast",

	"::1/128": "loopback", "::/128": "unspecified", "64:ff9b::/96": "NAT64", "64:ff9b:1::/48": "NAT64, local use",
	"100::/64": "discard only", "100:0:0:1::/64": "dummy prefix", "2001::/23": "IETF protocol assignments", "2001::/32": "Teredo",
	"2001:1::1/128": "port control protocol anycast", "2001:1::2/128": "TURN anycast", "2001:1::3/128": "DNS-SD anycast",
	"2001:2::/48": "benchmarking", "2001:3::/32": "AMT", "2001:4:112::/48": "AS112", "2001:10::/28": "ORCHID",
	"2001:20::/28": "ORCHIDv2", "2001:30::/28": "drone remote identification", "2001:db8::/32": "documentation",
	"2002::/16": "6to4", "2620:4f:8000::/48": "AS112 service", "3fff::/20": "documentation", "5f00::/16": "segment routing",
	"fc00::/7": "unique local", "fe80::/10": "link local", "fec0::/10": "site local, deprecated", "ff00::/8": "multicast",
	"::/96": "IPv4-compatible, deprecated",
}

// TestRegistries refuses each block from its first to its last address, and no
// address beside the blocks.
func TestRegistries(t *testing.T) {
	within := func(a netip.Addr) bool {
		for block := range registries {
			if netip.MustParsePrefix(block).Contains(a) {
				return true
			}
		}
		return a.Is6() && !netip.MustParsePrefix("2000::/3").Contains(a) // never handed out
	}
	for block, name := range registries {
		p := netip.MustParsePrefix(block)
		first, last := p.Masked().Addr(), lastOf(p)
		for _, a := range []netip.Addr{first, first.Next(), halfway(p), last.Prev(), last} {
			if a.IsValid() && p.Contains(a) && (Filter{}).Admits(a) {
				t.Errorf("%s, %s: %s is admitted", block, name, a)
			}
		}
		for _, a := range []netip.Addr{first.Prev(), last.Next()} {
			if a.IsValid() && !within(a) && !(Filter{}).Admits(a) {
				t.Errorf("%s, %s: its neighbour %s is refused", block, name, a)
			}
		}
		// By name, and only then, and only this one.
		named := Filter{Allow: []netip.Prefix{p}}
		if !named.Admits(first) || !named.Admits(last) {
			t.Errorf("%s, %s: refused although it is allowed by name", block, name)
		}
		if a := netip.MustParseAddr("127.0.0.53"); named.Admits(a) && !p.Contains(a) {
			t.Errorf("%s, %s: lets %s in, too", block, name, a)
		}
	}
}

func lastOf(p netip.Prefix) netip.Addr {
	b := p.Masked().Addr().AsSlice()
	for i := p.Bits(); i < len(b)*8; i++ {
		b[i/8] |= 1 << (7 - i%8)
	}
	a, _ := netip.AddrFromSlice(b)
	return a
}

func halfway(p netip.Prefix) netip.Addr {
	b := p.Masked().Addr().AsSlice()
	if p.Bits() < len(b)*8 {
		b[p.Bits()/8] |= 1 << (7 - p.Bits()%8)
	}
	a, _ := netip.AddrFromSlice(b)
	return a
}

// FuzzFilter holds the filter against what the standard library knows, in
// every spelling that a packet can have.
func FuzzFilter(f *testing.F) {
	for block := range registries {
		p := netip.MustParsePrefix(block)
		f.Add(p.Addr().AsSlice())
		f.Add(lastOf(p).AsSlice())
	}
	for _, a := range []string{"9.9.9.9", "::ffff:9.9.9.9", "::ffff:127.0.0.1", "::ffff:0.0.0.0", "2a00:1450:4001:800::200e", "64:ff9b::a00:1"} {
		f.Add(netip.MustParseAddr(a).AsSlice())
	}
	f.Add([]byte{127, 0, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		a, ok := netip.AddrFromSlice(b)
		if !ok {
			return
		}
		got := (Filter{}).Admits(a)
		plain := a.Unmap()
		if got != (Filter{}).Admits(plain) || got != (Filter{}).Admits(plain.WithZone("eth0")) {
			t.Fatalf("%s counts otherwise than %s", a, plain)
		}
		special := plain.IsLoopback() || plain.IsPrivate() || plain.IsUnspecified() || plain.IsMulticast() ||
			plain.IsLinkLocalUnicast() || !plain.IsGlobalUnicast()
		if got && special {
			t.Fatalf("%s is admitted", a)
		}
		if got && plain.Is6() {
			s := plain.As16()
			if s[0]>>5 != 1 || binary.BigEndian.Uint16(s[:]) == 0x2002 || binary.BigEndian.Uint32(s[:]) == 0x20010000 {
				t.Fatalf("%s is admitted", a)
			}
		}
		if plain.Is4() {
			mapped := netip.AddrFrom16(plain.As16())
			if got != (Filter{}).Admits(mapped) {
				t.Fatalf("%s counts otherwise than %s", mapped, plain)
			}
		}
	})
}
