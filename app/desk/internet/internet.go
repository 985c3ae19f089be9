// Package internet knows the ordinary addresses of the internet from the special ones, behind which are other people's networks and this one.
package internet

import "net/netip"

// special are the networks that nobody outside may be given a way into: the IANA
// special-purpose address registries (iana-ipv4-special-registry and
// iana-ipv6-special-registry), multicast, and what is reserved. Forms of IPv6
// that carry an IPv4 address inside are among them, whatever they carry.
var special = prefixes(
	"0.0.0.0/8",       // this network (RFC 791)
	"10.0.0.0/8",      // private use (RFC 1918)
	"100.64.0.0/10",   // shared address space, CGNAT (RFC 6598)
	"127.0.0.0/8",     // loopback (RFC 1122)
	"169.254.0.0/16",  // link-local, clouds' metadata too (RFC 3927)
	"172.16.0.0/12",   // private use
	"192.0.0.0/24",    // IETF protocol assignments (RFC 6890)
	"192.0.2.0/24",    // documentation (RFC 5737)
	"192.31.196.0/24", // AS112 (RFC 7535)
	"192.52.193.0/24", // AMT (RFC 7450)
	"192.88.99.0/24",  // 6to4 relays (RFC 7526)
	"192.168.0.0/16",  // private use
	"192.175.48.0/24", // AS112 (RFC 7534)
	"198.18.0.0/15",   // benchmarking (RFC 2544)
	"198.51.100.0/24", // documentation
	"203.0.113.0/24",  // documentation
	"224.0.0.0/4",     // multicast (RFC 5771)
	"240.0.0.0/4",     // reserved, limited broadcast too (RFC 1112)

	"2001::/23",         // IETF protocol assignments: Teredo, benchmarking, ORCHID (RFC 2928)
	"2001:db8::/32",     // documentation (RFC 3849)
	"2002::/16",         // 6to4 (RFC 3056)
	"2620:4f:8000::/48", // AS112
	"3fff::/20",         // documentation (RFC 9637)
)

// global is all of IPv6 that is handed out at all (RFC 4291, section 2.4, and
// IANA's unicast registry). Outside lie ::/8 with loopback, unspecified, mapped
// and compatible forms and NAT64 (64:ff9b::/96), discard-only 100::/64,
// segment routing 5f00::/16, unique local fc00::/7, link-local fe80::/10 and multicast ff00::/8.
var global = netip.MustParsePrefix("2000::/3")

func prefixes(all ...string) []netip.Prefix {
	var out []netip.Prefix
	for _, p := range all {
		out = append(out, netip.MustParsePrefix(p))
	}
	return out
}

// Filter says which addresses are spoken with on others' behalf.
type Filter struct {
	Allow []netip.Prefix // wins over everything
}

// Admits says whether peer is an ordinary address of the internet, or allowed
// by name. An IPv4-mapped form is the IPv4 address that a socket would send to.
func (f Filter) Admits(peer netip.Addr) bool {
	peer = peer.Unmap().WithZone("")
	if !peer.IsValid() {
		return false
	}
	if f.Named(peer) {
		return true
	}
	if peer.Is6() && !global.Contains(peer) {
		return false
	}
	for _, p := range special {
		if p.Contains(peer) {
			return false
		}
	}
	return true
}

// Named says whether peer is allowed by name.
func (f Filter) Named(peer netip.Addr) bool {
	for _, p := range f.Allow {
		if p.Contains(peer) {
			return true
		}
	}
	return false
}
