package plant

import (
	"fmt"
	"strings"
)

// ip4 gives an address: of a private or public network, or "public" only;
// "dash" with dashes, "reverse" as in in-addr.arpa, "network" ending in 0.
func (g *gen) ip4(style string) string {
	b := [4]int{g.between(31, 95), g.between(16, 250), g.between(11, 250), g.between(11, 250)}
	if style != "public" {
		switch g.IntN(4) {
		case 0:
			b[0] = 10
		case 1:
			b[0], b[1] = 192, 168
		case 2:
			b[0], b[1] = 172, g.between(16, 31)
		}
	}
	switch style {
	case "dash":
		return fmt.Sprintf("%d-%d-%d-%d", b[0], b[1], b[2], b[3])
	case "reverse":
		return fmt.Sprintf("%d.%d.%d.%d", b[3], b[2], b[1], b[0])
	case "network":
		b[3] = 0
	}
	return fmt.Sprintf("%d.%d.%d.%d", b[0], b[1], b[2], b[3])
}

// ip6 gives an address: "full", "short", "local" (fe80), "unique" (fd00),
// "mapped" (of an IPv4 address), "eui" (from a MAC), "reverse" (ip6.arpa),
// "dash" as Windows writes it in ipv6-literal.net.
func (g *gen) ip6(style string) string {
	h := func() string { return fmt.Sprintf("%x", g.between(0x1000, 0xfffe)) }
	many := func(n int, sep string) string {
		p := make([]string, n)
		for i := range p {
			p[i] = h()
		}
		return strings.Join(p, sep)
	}
	root := g.pick("2001", "2003", "2a01", "2a02", "2a10")
	switch style {
	case "full":
		return root + ":" + many(7, ":")
	case "local":
		return "fe80::" + many(4, ":")
	case "unique":
		return "fd" + g.chars(hexa, 2) + ":" + many(3, ":") + "::" + h()
	case "mapped":
		return "::ffff:" + g.ip4("public")
	case "eui":
		return root + ":" + many(3, ":") + ":" + g.pattern("02%{2}:%{2}ff:fe%{2}:%{4}")
	case "reverse":
		return group(g.chars(hexa, 24), ".", 1) + ".8.b.d.0.1.0.0.2"
	case "dash":
		return root + "-" + many(2, "-") + "--" + h()
	case "upper":
		return strings.ToUpper(root + ":" + many(7, ":"))
	}
	return root + ":" + many(2, ":") + "::" + h()
}

// mac gives an address with the separator given ("" for none), "cisco" for
// groups of four, "upper:" and "upper-" in capitals.
func (g *gen) mac(style string) string {
	hex := g.pick("3c52", "a4bb", "f875", "0050", "d89e", "001a") + g.chars(hexa, 8)
	if style == "cisco" {
		return group(hex, ".", 4)
	}
	if sep, ok := strings.CutPrefix(style, "upper"); ok {
		return strings.ToUpper(group(hex, sep, 2))
	}
	return group(hex, style, 2)
}
