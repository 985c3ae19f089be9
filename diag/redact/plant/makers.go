package plant

import (
	"strconv"
	"strings"
)

// whole is a maker whose text is its value and that needs no argument.
func whole(f func(*gen) string) maker {
	return func(g *gen, _ string) (string, []string) { return f(g), nil }
}

// with is a maker whose text is its value.
func with(f func(*gen, string) string) maker {
	return func(g *gen, arg string) (string, []string) { return f(g, arg), nil }
}

// makers are the names that a hole may have.
func makers() map[string]maker {
	return map[string]maker{
		// text
		"pat":   with((*gen).pattern),
		"pick":  with(func(g *gen, arg string) string { return g.pick(strings.Split(arg, "|")...) }),
		"r":     with((*gen).number),
		"ts":    with(func(g *gen, layout string) string { return g.now.Format(layout) }),
		"again": with(func(g *gen, _ string) string { return g.last }),
		"uuid":  with(func(g *gen, _ string) string { return g.pattern("%{8}-%{4}-4%{3}-a%{3}-%{12}") }),
		"b64":   with((*gen).base64),
		// secrets
		"pw":    with((*gen).password),
		"jwt":   with((*gen).jwt),
		"crc":   with((*gen).checked),
		"bech":  with((*gen).bech),
		"basic": whole((*gen).basic),
		"pem":   (*gen).pemBlock,
		"lines": (*gen).keyLines,
		// people and machines
		"user":  with((*gen).user),
		"local": with((*gen).local),
		"mail":  whole((*gen).mailDomain),
		"host":  with((*gen).host),
		"own":   with((*gen).own),
		// networks
		"ip4": with((*gen).ip4),
		"ip6": with((*gen).ip6),
		"mac": with((*gen).mac),
		// numbers that are checked
		"iban":  with((*gen).iban),
		"card":  with((*gen).card),
		"luhn":  with((*gen).luhnOf),
		"tax":   with((*gen).tax),
		"order": whole((*gen).order),
	}
}

// number gives one of "lo hi", or "lo hi width" with leading zeros.
func (g *gen) number(arg string) string {
	f := strings.Fields(arg)
	lo, _ := strconv.Atoi(f[0])
	hi, _ := strconv.Atoi(f[1])
	s := strconv.Itoa(g.between(lo, hi))
	if len(f) > 2 {
		width, _ := strconv.Atoi(f[2])
		s = strings.Repeat("0", max(0, width-len(s))) + s
	}
	return s
}
