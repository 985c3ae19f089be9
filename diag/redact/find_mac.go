package redact

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
