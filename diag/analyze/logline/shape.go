package logline

import "bytes"

// MaxShape is how many bytes of a message make its shape.
const MaxShape = 240

// Shape puts the general form of a log's line behind to: numbers, times
// and addresses become #, hexadecimal digits <hex>, UUIDs <uuid>, paths
// <path>, web addresses <url>, and what stands in quotes "…". Lines that say
// the same about different things have the same shape.
func Shape(to, line []byte) []byte {
	limit := len(to) + MaxShape
	line = bytes.TrimSpace(line)
	if n := nameOfDay(line); n > 0 { // a syslog time; months are no numbers
		to = append(to, "# "...)
		line = bytes.TrimLeft(line[n:], " ")
	}
	before := byte(' ')
	for i := 0; i < len(line) && len(to) < limit; {
		b := line[i]
		rest := line[i:]
		n := 1
		switch kind[b] {
		case space:
			for n < len(rest) && kind[rest[n]] == space {
				n++
			}
			to = append(to, ' ')
		case quote:
			if end := closing(rest); end > 0 && kind[before] != letter && kind[before] != digit {
				n = end + 1
				to = append(to, b, 0xE2, 0x80, 0xA6, b) // …
			} else {
				to = append(to, b)
			}
		case letter, digit:
			to, n = appendWord(to, rest)
		default:
			if n = pathLength(rest); n > 0 && starts(before) {
				to = append(to, "<path>"...)
			} else {
				to, n = append(to, b), 1
			}
		}
		i += n
		before = line[i-1]
	}
	if len(to) > limit {
		to = to[:limit]
	}
	return bytes.TrimRight(to, " ")
}

// nameOfDay is how many bytes at a line's beginning name weekday and month, as
// in "Nov 20 09:14:03" or "[Fri Nov 20 09:14:03 2026]".
func nameOfDay(line []byte) int {
	n := 0
	if len(line) > 0 && line[0] == '[' {
		n = 1
	}
	if len(line) > n+4 && bytes.Contains([]byte("MonTueWedThuFriSatSun"), line[n:n+3]) && line[n+3] == ' ' {
		n += 4
	}
	if month(line[n:]) == 0 || len(line) < n+5 || kind[line[n+4]] != digit && kind[line[n+4]] != space {
		return 0
	}
	return n + 4
}

// starts says whether a path or an address can begin behind a byte.
func starts(before byte) bool {
	return kind[before] == space || opens[before]
}

// closing gives the index of the quote that ends what begins at s[0], or 0.
func closing(s []byte) int {
	const longest = 200
	return bytes.IndexByte(s[1:min(len(s), longest)], s[0]) + 1
}

// The kinds of bytes. Bytes of characters beyond ASCII are letters.
const (
	other = iota
	space
	quote
	letter
	digit
)

var kind = func() (k [256]uint8) {
	for b := range k {
		switch {
		case b == ' ' || b == '\t' || b == '\r':
			k[b] = space
		case b == '"' || b == '\'' || b == '`':
			k[b] = quote
		case b >= '0' && b <= '9':
			k[b] = digit
		case b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= 0x80 || b == '_':
			k[b] = letter
		}
	}
	return k
}()

// opens are bytes behind which a path or an address can begin, closes those
// before which it ends, beside space.
var opens, closes = bytesOf(`=([{<,;|"'`), bytesOf(")]}>,;|\"'` \t\r")

func bytesOf(s string) (set [256]bool) {
	for i := range len(s) {
		set[s[i]] = true
	}
	return set
}

func isHex(b byte) bool {
	return kind[b] == digit || b|0x20 >= 'a' && b|0x20 <= 'f'
}
