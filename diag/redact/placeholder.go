package redact

import "slices"

// placeholder gives where the placeholder ends that begins at i: <password>,
// <user-27>, <net-41>.17. It gives 0 when none begins there.
func placeholder(b []byte, i int) int {
	if b[i] != '<' {
		return 0
	}
	e := i + 1
	for e-i < 16 && (b[e]-'a' < 26 || b[e] == '-') {
		e++
	}
	name := b[i+1 : e]
	if b[e] == '>' {
		if k := Kind(name); k.Secret() || slices.Contains(kinds, k) {
			return e + 1
		}
		return 0
	}
	if len(name) < 2 || name[len(name)-1] != '-' || !isDigit(b[e]) || !slices.Contains(kinds, Kind(name[:len(name)-1])) {
		return 0
	}
	for e-i < 32 && isDigit(b[e]) {
		e++
	}
	if b[e] != '>' {
		return 0
	}
	return e + 1
}

// holdsPlaceholder reports whether a placeholder stands between s and e.
func holdsPlaceholder(b []byte, s, e int) bool {
	for ; s < e; s++ {
		if b[s] == '<' && placeholder(b, s) > 0 {
			return true
		}
	}
	return false
}
