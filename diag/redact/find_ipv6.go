package redact

import "net/netip"

// findIPv6 recognises an address in any of the spellings of RFC 4291 section 2.2.
func findIPv6(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	if b[e+1] == ':' && b[e+2] == '/' && allDigits(b[s:e]) && b[s-1] == ':' {
		return 0 // the fields of /etc/passwd
	}
	if b[s-1] == ':' && (b[s-2] == ':' || hexSet.has(b[s-2])) && !foldAt(b, s-len("ipv6:"), "ipv6:") && !foldAt(b, s-len("outside:"), "outside:") && !foldAt(b, s-len("inside:"), "inside:") {
		return 0 // ::1 and ::ffff:10.1.2.3 say nothing, or say it in IPv4
	}
	if !hexSet.has(b[s]) || !hexSet.has(b[e-1]) || glued(b, s) || b[s-1] == '.' {
		return 0
	}
	i, colons, digits, double := s, 0, 0, false
	for i < sc.n && i-s < 40 && (hexSet.has(b[i]) || b[i] == ':') {
		if b[i] == ':' {
			colons++
			if b[i+1] == ':' {
				double = true
			}
		}
		if isDigit(b[i]) {
			digits++
		}
		i++
	}
	for i > s && b[i-1] == ':' && b[i-2] != ':' { // "peer 2003::53: lost"
		i--
		colons--
	}
	if colons < 2 || !double && colons != 7 || isWord(b[i]) || b[i] == '.' && isDigit(b[i+1]) {
		return 0
	}
	if digits < 2 {
		return 0 // names in a program, such as dead::beef
	}
	a, err := netip.ParseAddr(string(b[s:i]))
	if err != nil || a.IsLoopback() || a.IsUnspecified() || a.IsMulticast() || b[i-1] == ':' && i-s < 6 {
		return 0
	}
	return sc.rename(rule, IP, s, i)
}

// findReverseIPv6 recognises the 32 digits before ip6.arpa.
func findReverseIPv6(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	at := s - 1
	for at-2 >= sc.flushed && s-at < 64 && hexSet.has(b[at-1]) && (b[at-2] == '.' || !isWord(b[at-2])) {
		if at -= 2; b[at] != '.' {
			at++
			break
		}
	}
	if s-1-at != 63 || !foldAt(b, s, "ip6.arpa") {
		return 0
	}
	if sc.rename(rule, IP, at, s-1) > 0 {
		return e
	}
	return 0
}
