package collect

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
)

// compareVersions orders versions as dpkg does: epoch, upstream version and
// revision (Debian Policy 5.6.12, deb-version(7)). It gives -1, 0 or 1.
func compareVersions(a, b string) int {
	ea, a := cutEpoch(a)
	eb, b := cutEpoch(b)
	if c := cmp.Compare(ea, eb); c != 0 {
		return c
	}
	ua, ra := cutRevision(a)
	ub, rb := cutRevision(b)
	if c := comparePart(ua, ub); c != 0 {
		return c
	}
	return comparePart(ra, rb)
}

func cutEpoch(v string) (int, string) {
	if head, rest, ok := strings.Cut(v, ":"); ok {
		if n, err := strconv.Atoi(head); err == nil {
			return n, rest
		}
	}
	return 0, v
}

func cutRevision(v string) (upstream, revision string) {
	if i := strings.LastIndexByte(v, '-'); i >= 0 {
		return v[:i], v[i+1:]
	}
	return v, ""
}

// comparePart compares runs of other characters and runs of digits in turn.
func comparePart(a, b string) int {
	for a != "" || b != "" {
		for (a != "" && !digit(a[0])) || (b != "" && !digit(b[0])) {
			if c := cmp.Compare(weight(a), weight(b)); c != 0 {
				return c
			}
			a, b = a[min(1, len(a)):], b[min(1, len(b)):]
		}
		na, resta := cutDigits(a)
		nb, restb := cutDigits(b)
		if c := cmp.Compare(len(na), len(nb)); c != 0 {
			return c
		}
		if c := cmp.Compare(na, nb); c != 0 {
			return c
		}
		a, b = resta, restb
	}
	return 0
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

// weight orders what is no digit: ~ before the end, letters before the rest.
func weight(s string) int {
	switch {
	case s == "" || digit(s[0]):
		return 0
	case s[0] == '~':
		return -1
	case s[0]|0x20 >= 'a' && s[0]|0x20 <= 'z':
		return int(s[0])
	}
	return int(s[0]) + 256
}

// cutDigits parts the digits at the beginning, without leading zeros.
func cutDigits(s string) (digits, rest string) {
	i := 0
	for i < len(s) && digit(s[i]) {
		i++
	}
	return strings.TrimLeft(s[:i], "0"), s[i:]
}

// dotted is a number with dots and what is written onto it, plain one without dots.
var (
	dotted = regexp.MustCompile(`\d+(?:\.\d+)+(?:[-+~._]?[0-9A-Za-z]+)*`)
	plain  = regexp.MustCompile(`\b\d+(?:[-+~][0-9A-Za-z.]+)?\b`)
)

// pickVersion finds a version in a line that a program or a file has of it:
// "Ledger 5.2.1 (build 77)" is "5.2.1". "" if there is none.
func pickVersion(line string) string {
	if v := dotted.FindString(line); v != "" {
		return v
	}
	return plain.FindString(line)
}

func decimal(n uint64) string { return strconv.FormatUint(n, 10) }
