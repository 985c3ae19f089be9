package analyze

import (
	"strings"
	"unicode/utf8"
)

// compareVersions orders versions as people do: numbers by size, so that 1.10
// comes after 1.9; words before numbers, so that 2.0-rc1 comes before 2.0; an
// epoch ("2:1.0", as dpkg has it) before all else; what stands behind a + is
// no part of it. It is -1, 0 or 1.
func compareVersions(a, b string) int {
	a, b = plainVersion(a), plainVersion(b)
	epochA, a := epoch(a)
	epochB, b := epoch(b)
	if c := compareNumbers(epochA, epochB); c != 0 {
		return c
	}
	for a != "" || b != "" {
		var x, y string
		x, a = versionPart(a)
		y, b = versionPart(b)
		if c := compareParts(x, y); c != 0 {
			return c
		}
	}
	return 0
}

func plainVersion(v string) string {
	v = strings.ToLower(strings.TrimSpace(v))
	v, _, _ = strings.Cut(v, "+")
	if len(v) > 1 && v[0] == 'v' && isDigit(v[1]) {
		v = v[1:]
	}
	return v
}

func epoch(v string) (string, string) {
	if e, rest, ok := strings.Cut(v, ":"); ok && e != "" && strings.Trim(e, "0123456789") == "" {
		return e, rest
	}
	return "0", v
}

// versionPart takes the next run of digits or letters.
func versionPart(v string) (part, rest string) {
	for v != "" && versionByte(v[0]) == 0 {
		if v[0] == '~' { // before everything, even the end (Debian policy 5.6.12)
			return "~", v[1:]
		}
		v = v[1:]
	}
	n := 0
	for n < len(v) && versionByte(v[n]) == versionByte(v[0]) {
		n++
	}
	return v[:n], v[n:]
}

// versionByte tells digits (1) from letters (2) and from what parts them (0).
func versionByte(b byte) int {
	switch {
	case isDigit(b):
		return 1
	case nameByte(b) && b != '_' || b >= utf8.RuneSelf:
		return 2
	}
	return 0
}

// partRank orders the kinds of parts: ~, then words that announce a version,
// then nothing, then other words, then numbers.
func partRank(part string) int {
	switch {
	case part == "~":
		return 0
	case part == "":
		return 2
	case isDigit(part[0]):
		return 4
	}
	switch part {
	case "dev", "snapshot", "nightly", "a", "alpha", "b", "beta", "m", "pre", "preview", "c", "rc":
		return 1
	}
	return 3
}

func compareParts(x, y string) int {
	rx, ry := partRank(x), partRank(y)
	switch {
	// 1.0 and 1 are the same.
	case rx == 2 && ry == 4 && strings.Trim(y, "0") == "", rx == 4 && ry == 2 && strings.Trim(x, "0") == "":
		return 0
	case rx != ry:
		if rx < ry {
			return -1
		}
		return 1
	case rx == 4:
		return compareNumbers(x, y)
	}
	return strings.Compare(x, y)
}

// compareNumbers compares runs of digits of any length.
func compareNumbers(x, y string) int {
	x, y = strings.TrimLeft(x, "0"), strings.TrimLeft(y, "0")
	if len(x) != len(y) {
		if len(x) < len(y) {
			return -1
		}
		return 1
	}
	return strings.Compare(x, y)
}
