package redact

import "net/netip"

// findIPv4 recognises four numbers with points, tells them from versions by
// what stands around them, and keeps those that every machine has.
func findIPv4(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	var part [4]int
	i, last := s, 0
	for k := range part {
		if k > 0 {
			if b[i] != '.' {
				return 0
			}
			i++
			last = i
		}
		from := i
		for i < sc.n && isDigit(b[i]) && i-from < 4 {
			part[k] = part[k]*10 + int(b[i]-'0')
			i++
		}
		if i == from || i-from > 3 || part[k] > 255 || i-from > 1 && b[from] == '0' && !zeroFilled(b, from) {
			return 0
		}
	}
	if part[1] == 0 && part[2] == 0 && part[3] == 0 && part[0] != 10 {
		return 0 // 129.0.0.0: a product's number
	}
	if !sc.standsAlone(s, i) || everybodys(part) || part[3] == 0 && part[0] < 10 || sc.version(s, i, part) {
		return 0
	}
	return sc.network(rule, part, s, last-1, i)
}

func zeroFilled(b []byte, i int) bool { return isDigit(b[i+1]) && isDigit(b[i+2]) }

// standsAlone reports whether what lies from s to e is not a part of something longer.
func (sc *scanner) standsAlone(s, e int) bool {
	b := sc.b
	switch c := b[s-1]; {
	case c == '.':
		return false
	case c == '-' && !isBlank(b[s-2]) && b[s-2] != '=':
		return isDigit(b[s-2]) || b[s-2] == '>' // a range, the first part of which may be replaced
	case glued(b, s):
		return false
	}
	switch c := b[e]; {
	case isAlnum(c) || c == '_' || c == '+' || c == '~':
		return false
	case c == '.' && isAlnum(b[e+1]):
		return foldAt(b, e, ".in-addr")
	case c == '-' && b[e+1] == '<':
		return isDigit(b[s+1])
	case c == '-' && isAlnum(b[e+1]):
		return addressAt(b, e+1) && isDigit(b[s+1]) // a range; 1.2.5.1-2 is a version
	}
	return true
}

// addressAt reports whether digits and a point stand at i, as in a range of addresses.
func addressAt(b []byte, i int) bool {
	n := 0
	for isDigit(b[i+n]) && n < 3 {
		n++
	}
	return n > 0 && (b[i+n] == '.' || !isAlnum(b[i+n]))
}

// everybodys reports whether an address says nothing about a machine: loopback,
// unspecified, a mask, multicast.
func everybodys(p [4]int) bool {
	switch {
	case p[0] == 127, p == [4]int{}, p[0] >= 224 && p[0] < 240, p[0] == 255, p[0] == 0:
		return true
	}
	return false
}

// network replaces the first three parts of an address by the name of their
// network; the last part stays.
func (sc *scanner) network(rule *Rule, p [4]int, s, dot, e int) int {
	prefix := []byte(netip.AddrFrom4([4]byte{byte(p[0]), byte(p[1]), byte(p[2]), 0}).String())
	prefix = prefix[:len(prefix)-2]
	sc.replace(rule, Net, sc.names.of(Net, prefix), s, dot)
	return e
}
