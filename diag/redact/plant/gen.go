package plant

import (
	"encoding/base64"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

// epoch is the time of a log's first line.
var epoch = time.Date(2026, time.March, 2, 6, 0, 0, 0, time.UTC)

const (
	digits = "0123456789"
	lower  = "abcdefghijklmnopqrstuvwxyz"
	upper  = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	hexa   = "0123456789abcdef"
)

// gen is what holes are filled from.
type gen struct {
	*rand.Rand
	now  time.Time
	last string // the text planted last in this template
}

// chars gives n characters of a set.
func (g *gen) chars(set string, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = set[g.IntN(len(set))]
	}
	return string(b)
}

func (g *gen) pick(of ...string) string { return of[g.IntN(len(of))] }

// between gives lo to hi, both included.
func (g *gen) between(lo, hi int) int { return lo + g.IntN(hi-lo+1) }

func (g *gen) bytes(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(g.Uint32())
	}
	return b
}

// classes are the letters of a pattern that stand for a character of a set.
var classes = map[byte]string{
	'#': digits,
	'^': "123456789",
	'@': upper,
	'*': upper + digits,
	'~': lower + digits,
	'%': hexa,
	'&': lower + upper + digits,
	'?': upper + "234567", // base32
	'|': lower + upper + digits + "+/",
	'!': lower + upper + digits + "_-",
}

// pattern makes text of a pattern: the letters of classes, each perhaps with a
// count in braces, a backslash before a letter that means itself, and literals.
func (g *gen) pattern(p string) string {
	var b strings.Builder
	for i := 0; i < len(p); i++ {
		if p[i] == '\\' && i+1 < len(p) {
			i++
			b.WriteByte(p[i])
			continue
		}
		set, ok := classes[p[i]]
		if !ok {
			b.WriteByte(p[i])
			continue
		}
		n := 1
		if rest, ok := strings.CutPrefix(p[i+1:], "{"); ok {
			count, _, _ := strings.Cut(rest, "}")
			n, _ = strconv.Atoi(count)
			i += len(count) + 2
		}
		b.WriteString(g.chars(set, n))
	}
	return b.String()
}

// pem gives base64 lines of a key; the last is shorter, as in real ones.
func (g *gen) pem(lines int) []string {
	out := make([]string, lines)
	for i := range out {
		n := 48
		if i == lines-1 {
			n = 30
		}
		out[i] = base64.StdEncoding.EncodeToString(g.bytes(n))
	}
	return out
}

// group puts sep after every n characters.
func group(s, sep string, n int) string {
	var p []string
	for len(s) > n {
		p, s = append(p, s[:n]), s[n:]
	}
	return strings.Join(append(p, s), sep)
}
