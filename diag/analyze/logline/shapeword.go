package logline

import "bytes"

// appendWord puts the general form of the word at the beginning of s behind
// to and gives its length.
func appendWord(to, s []byte) ([]byte, int) {
	n, digits, hex := 0, 0, true
	for n < len(s) && (kind[s[n]] == letter || kind[s[n]] == digit) {
		if kind[s[n]] == digit {
			digits++
		}
		hex = hex && isHex(s[n])
		n++
	}
	if all := uuidLength(s); all > 0 {
		return append(to, "<uuid>"...), all
	}
	if digits == 0 {
		if all := addressLength(s, n); all > 0 {
			return append(to, "<url>"...), all
		}
		if n == 1 && len(s) > 2 && s[1] == ':' && s[2] == '\\' {
			return append(to, "<path>"...), untilSpace(s)
		}
		return append(to, s[:n]...), n
	}
	switch {
	case digits == n || s[0] == '0' && n > 2 && s[1]|0x20 == 'x':
		return append(to, '#'), numberLength(s, n)
	case hex && n >= 6:
		return append(to, "<hex>"...), n
	case kind[s[0]] == digit:
		return append(to, '#'), numberLength(s, n) // 20ms, 3rd, 2026T10
	}
	inside := false
	for _, b := range s[:n] { // sda1
		if isDigit := kind[b] == digit; !isDigit || !inside {
			if inside = isDigit; isDigit {
				b = '#'
			}
			to = append(to, b)
		}
	}
	return to, n
}

// numberLength takes in what belongs to a number whose first digits end at n:
// decimals, times, dates, versions, addresses.
func numberLength(s []byte, n int) int {
	for n+1 < len(s) {
		next := s[n+1]
		switch s[n] {
		case '.', ':', ',', '-', '/', '+':
			if kind[next] != digit && !(s[n] == ':' && (isHex(next) || next == ':')) {
				return n
			}
		default:
			return n
		}
		n++
		for n < len(s) && (kind[s[n]] == digit || kind[s[n]] == letter) {
			n++
		}
	}
	return n
}

// uuidLength is 36 if a UUID (RFC 9562) stands there, else 0.
func uuidLength(s []byte) int {
	const length = 36
	if len(s) < length || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return 0
	}
	for i, b := range s[:length] {
		if b != '-' && !isHex(b) || b == '-' && i != 8 && i != 13 && i != 18 && i != 23 {
			return 0
		}
	}
	return length
}

// addressLength is the length of a web address whose scheme has n bytes, else 0.
func addressLength(s []byte, n int) int {
	if !bytes.HasPrefix(s[n:], []byte("://")) {
		return 0
	}
	return untilSpace(s)
}

// pathLength is the length of the path that stands there, or 0: at least two
// names, or a share.
func pathLength(s []byte) int {
	if len(s) < 3 || s[0] != '/' && (s[0] != '\\' || s[1] != '\\') || kind[s[1]] == space {
		return 0
	}
	n := untilSpace(s)
	if bytes.IndexByte(s[1:n], s[0]) < 0 {
		return 0
	}
	return n
}

// untilSpace is where a path or an address ends, without what closes a phrase.
func untilSpace(s []byte) int {
	n := 0
	for n < len(s) && !closes[s[n]] {
		n++
	}
	for n > 1 && (s[n-1] == ':' || s[n-1] == '.') {
		n--
	}
	return n
}
