package redact

import (
	"net/netip"
	"slices"
	"strings"
)

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

// version reports whether four numbers are a version: a word before them says
// so, or no network begins so.
func (sc *scanner) version(s, e int, p [4]int) bool {
	b := sc.b
	i := s - 1
	if b[i] == '"' || b[i] == '\'' || b[i] == '(' || b[i] == '[' || b[i] == '/' {
		i--
	}
	// "1.2.3.4/24" is a network, "Chrome/120.0.44.210" a version.
	if b[s-1] == '/' && isAlnum(b[s-2]) && b[s-2] != '/' {
		w := s - 2
		for isWord(b[w]) {
			w--
		}
		if b[w] != '/' && b[w] != ':' && isLetter(b[s-2]) && !isDigit(b[e+1]) {
			return true
		}
	}
	for n := 0; n < 3 && i > 0 && (b[i] == ' ' || b[i] == '=' || b[i] == ':' || b[i] == '"' || b[i] == '\''); n++ {
		i--
	}
	// Up to two words before may say that it is a version.
	for range 2 {
		end := i + 1
		for i > 0 && (isLetter(b[i]) || b[i] == '_') {
			i--
		}
		word := foldText(string(b[i+1 : end]))
		for _, w := range versionWords {
			if len(word) >= len(w) && (word == w || len(w) > 4 && word[len(word)-len(w):] == w) {
				return true
			}
		}
		if b[i] != ' ' || len(word) == 0 || prepositions[word] {
			return false
		}
		i--
	}
	return false
}

var (
	versionWords = [...]string{"version", "ver", "versie", "build", "release", "firmware", "driver", "treiber", "fileversion", "revision", "rev", "patch", "kernel", "productversion", "assemblyversion", "bios", "sdk", "runtime", "dotnet", "engine", "definition", "signatur", "abschnitt", "section", "kapitel", "chapter", "paragraaf", "sectie", "hoofdstuk"}
	prepositions = words("from to via by at on src dst host peer addr address gateway server client von nach an bei ip")
)

// network replaces the first three parts of an address by the name of their
// network; the last part stays.
func (sc *scanner) network(rule *Rule, p [4]int, s, dot, e int) int {
	prefix := []byte(netip.AddrFrom4([4]byte{byte(p[0]), byte(p[1]), byte(p[2]), 0}).String())
	prefix = prefix[:len(prefix)-2]
	if sc.rules.keep[IP] || sc.rules.keep[Net] {
		return e
	}
	sc.replace(rule, Net, sc.names.of(Net, prefix), s, dot)
	return e
}

// findDashedIPv4 recognises an address in the name of a machine: ip-10-1-2-3.
func findDashedIPv4(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	w := s - 1
	for isAlnum(b[w-1]) {
		w--
	}
	if !isDigit(b[e+1]) || !slices.ContainsFunc(hostWords, func(name string) bool { return len(name) == s-1-w && foldAt(b, w, name) }) {
		return 0
	}
	var part [4]int
	i, last := s, 0
	for k := range part {
		if k > 0 {
			if b[i] != '-' {
				return 0
			}
			i++
			last = i
		}
		from := i
		for isDigit(b[i]) && i-from < 3 {
			part[k] = part[k]*10 + int(b[i]-'0')
			i++
		}
		if i == from || part[k] > 255 {
			return 0
		}
	}
	if isAlnum(b[i]) || everybodys(part) {
		return 0
	}
	return sc.network(rule, part, s, last-1, i)
}

var hostWords = strings.Fields("ip ec2 host node dhcp static dynamic pool client pc srv server vm dsl cable dyn customer net addr worker")

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

// findMAC recognises the number of a network card in its usual spellings.
func findMAC(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	if b[e+3] != b[e] && b[e+2] != b[e] && e-s == 2 || !hexSet.has(b[s]) || !hexSet.has(b[s+1]) {
		return 0
	}
	if glued(b, s) || (b[s-1] == ':' || b[s-1] == '-' || b[s-1] == '.') && hexSet.has(b[s-2]) {
		return 0
	}
	if e-s == 4 {
		return findCiscoMAC(sc, rule, s)
	}
	mark := b[e]
	i, groups, zeros, ones := s, 0, 0, 0
	for {
		from := i
		for hexSet.has(b[i]) && i-from < 3 {
			i++
		}
		if n := i - from; n == 0 || n > 2 || n == 1 && mark != ':' {
			return 0
		}
		switch g := b[from:i]; {
		case g[0] == '0' && g[len(g)-1] == '0':
			zeros++
		case lower(g[0]) == 'f' && lower(g[len(g)-1]) == 'f':
			ones++
		}
		groups++
		if groups > 14 {
			return 0
		}
		if b[i] != mark || !hexSet.has(b[i+1]) {
			break
		}
		i++
	}
	eui := groups == 8 && (foldAt(b, s+9, "ff:fe") || foldAt(b, s+9, "ff-fe"))
	// The two cards and the protocol of a frame, and identifiers of DHCP clients.
	eui = eui || groups == 14 && (foldAt(b, s-4, "mac=") || foldAt(b, s, "00:0"))
	if groups != 6 && !eui || isWord(b[i]) || zeros == 6 || ones == 6 || foldAt(b, s, "01:00:5e") || foldAt(b, s, "33:33:") {
		return 0
	}
	return sc.rename(rule, MAC, s, i)
}

// findCiscoMAC recognises three groups of four, as switches write them.
func findCiscoMAC(sc *scanner, rule *Rule, s int) int {
	b := sc.b
	letters := 0
	for k := range 14 {
		c := b[s+k]
		if k == 4 || k == 9 {
			if c != b[s+4] || c != '.' && c != '-' {
				return 0
			}
		} else if !hexSet.has(c) {
			return 0
		} else if isLetter(c) {
			letters++
		}
	}
	if isWord(b[s+14]) || (b[s+14] == '.' || b[s+14] == '-') && isAlnum(b[s+15]) || letters == 0 && b[s+4] == '-' {
		return 0
	}
	return sc.rename(rule, MAC, s, s+14)
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

// findJoinedMAC recognises dev_00_50_19_82_BA_78 and enx00501982ba78.
func findJoinedMAC(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	if e-s == 15 && foldAt(b, s, "enx") && hexOnly(b[s+3:e]) {
		return sc.rename(rule, MAC, s+3, e)
	}
	at := e - 17
	if at < s || at > s && b[at-1] != '_' {
		return 0
	}
	for k := range 17 {
		if k%3 == 2 {
			if b[at+k] != '_' {
				return 0
			}
		} else if !hexSet.has(b[at+k]) {
			return 0
		}
	}
	return sc.rename(rule, MAC, at, e)
}
