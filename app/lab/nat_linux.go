package lab

import (
	"fmt"
	"strings"
)

// NAT is how a router translates addresses (RFC 4787, in the words of RFC 3489).
type NAT string

// The kinds. In all but Symmetric a machine's port is the same to everybody
// (endpoint-independent mapping); they differ in whom they let answer.
const (
	NoNAT             NAT = "none"               // a machine that the router routes to; a firewall lets answers in
	FullCone          NAT = "full cone"          // anybody
	AddressRestricted NAT = "address restricted" // any port of an address that was spoken to
	PortRestricted    NAT = "port restricted"    // exactly who was spoken to
	Symmetric         NAT = "symmetric"          // another port for everybody, and only they may answer
)

// NATs are the four kinds.
var NATs = []NAT{FullCone, AddressRestricted, PortRestricted, Symmetric}

// rules is the router's rule set. The kernel's own translation keeps the port
// when it is free, which with one machine it is, and lets in exactly who was
// spoken to: that is port restricted. The looser kinds note each port that
// speaks, and open it to others with a rule of their own.
func (c HomeConfig) rules() string {
	var note, open string
	masquerade := "masquerade"
	switch c.NAT {
	case FullCone:
		note = "update @mapped { udp sport : ip saddr }"
		open = "dnat to udp dport map @mapped"
	case AddressRestricted:
		note = "update @known { udp sport . ip daddr : ip saddr }"
		open = "dnat to udp dport . ip saddr map @known"
	case Symmetric:
		masquerade = "masquerade fully-random"
	}
	if c.IPv6 {
		note, open = "", ""
	}
	if note != "" {
		note, open = `iifname "lan" oifname "wan" meta l4proto udp `+note, `iifname "wan" meta l4proto udp `+open
	}
	var block []string
	if c.Loss > 0 {
		block = append(block, fmt.Sprintf("numgen random mod 100 < %d drop", c.Loss))
	}
	if c.BlockUDP {
		block = append(block, "meta l4proto udp drop")
	}
	if c.Only.IsValid() {
		family := "ip"
		if c.Only.Addr().Is6() {
			family = "ip6"
		}
		block = append(block, fmt.Sprintf(`iifname "lan" %s daddr %s tcp dport %d accept`, family, c.Only.Addr(), c.Only.Port()),
			`iifname "lan" drop`)
	}
	return fmt.Sprintf(`table ip nat {
	map mapped { type inet_service : ipv4_addr; flags dynamic,timeout; timeout 5m; }
	map known { type inet_service . ipv4_addr : ipv4_addr; flags dynamic,timeout; timeout 5m; }
	chain note {
		type filter hook forward priority -1
		%s
	}
	chain prerouting {
		type nat hook prerouting priority dstnat
		%s
	}
	chain postrouting {
		type nat hook postrouting priority srcnat
		oifname "wan" %s
	}
}
table inet firewall {
	chain forward {
		type filter hook forward priority 0
		%s
		iifname "wan" ct state new ct status dnat accept
		iifname "wan" ct state new,invalid drop
	}
	chain input {
		type filter hook input priority 0
		iifname "wan" meta l4proto { tcp, udp } ct state new drop
	}
}
`, note, open, masquerade, strings.Join(block, "\n\t\t"))
}
