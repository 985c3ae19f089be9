package redact

import (
	"encoding/binary"
	"strings"
)

// find tries a value that is known by its beginning at the word from s to e.
func (v *beginning) find(sc *scanner, s, e int) int {
	b := sc.b
	if glued(b, s) && b[s-1] != '_' {
		return 0
	}
	if !v.matchAt(b, s) {
		return 0
	}
	switch {
	case v.needle != nil:
		return v.needle.begins(sc, s)
	case v.match != nil:
		window := b[s:min(sc.n, s+maxPattern)]
		if n := v.match(window); n > 0 && (s+n >= sc.n || !isWord(b[s+n-1]) || !isWord(b[s+n])) {
			return sc.hide(v.rule, s, s+n)
		}
		return 0
	case v.start == nil:
		return v.rule.find(sc, v.rule, s, e)
	}
	st := v.start
	at := s + len(st.Prefix)
	i := at
	for i < sc.n && st.Rest.has(b[i]) && (st.Max == 0 || i-at < st.Max) {
		i++
	}
	for i > at && (b[i-1] == '.' || b[i-1] == '-' && st.Max == 0) {
		i--
	}
	if i-at < st.Min || i < sc.n && st.Max > 0 && alnum.has(b[i]) && st.Rest.has(b[i]) {
		return 0
	}
	if len(st.Prefix) <= 3 && countDigits(b[at:i]) == 0 {
		return 0 // so short a beginning is that of words too
	}
	if i == sc.n && !sc.last && st.Max == 0 {
		sc.goesOn(span{stop: &stopToken})
	}
	return sc.hide(v.rule, s, i)
}

var stopToken = func() (c chars) {
	for b := range 256 {
		if !tokenSet.has(byte(b)) {
			c[b>>6] |= 1 << (b & 63)
		}
	}
	return c
}()

func (v *beginning) matchAt(b []byte, s int) bool {
	if v.start == nil {
		return true
	}
	return s+len(v.start.Prefix) <= len(b) && string(b[s:s+len(v.start.Prefix)]) == v.start.Prefix
}

// escape gives how many bytes of a word belong to an escape before it.
func escape(b []byte, s int) int {
	switch {
	case b[s-1] == '\\' && (b[s] == 'n' || b[s] == 'r' || b[s] == 't'):
		return 1
	case b[s-1] == '%' && hexSet.has(b[s]) && hexSet.has(b[s+1]):
		return 2
	case b[s-1] == '\\' && b[s] == 'u' && hexSet.has(b[s+1]):
		return 5
	case b[s-1] == '[' && b[s-2] == 0x1b, b[s-1] == ';' && isDigit(b[s]):
		for n := 0; n < 4; n++ {
			if b[s+n] == 'm' {
				return n + 1
			}
		}
	}
	return 0
}

// starts makes the beginnings of one provider's tokens: "ghp_ 36" is a prefix
// and the least number of letters and digits after it, "ghp_ 36-40" also the
// most; "ya29. 20+" takes what tokens are made of in URLs too.
func starts(list string) (out []Start) {
	for line := range strings.Lines(list) {
		f := strings.Fields(line)
		if len(f) < 2 {
			continue
		}
		st := Start{Prefix: f[0], Rest: alnum}
		spec := f[1]
		switch spec[len(spec)-1] {
		case '+': // letters, digits, and - _ . as in URLs
			st.Rest, spec = set("A-Za-z0-9_.-"), spec[:len(spec)-1]
		case '_': // letters, digits, - and _
			st.Rest, spec = urlSafe, spec[:len(spec)-1]
		case '=': // base64
			st.Rest, spec = base64, spec[:len(spec)-1]
		case 'x': // hexadecimal
			st.Rest, spec = hexSet, spec[:len(spec)-1]
		case 'A': // capitals and digits
			st.Rest, spec = upperNum, spec[:len(spec)-1]
		}
		lo, hi, ranged := strings.Cut(spec, "-")
		st.Min = number(lo)
		if ranged {
			st.Max = number(hi)
		}
		out = append(out, st)
	}
	return out
}

func number(s string) (n int) {
	for _, c := range s {
		n = n*10 + int(c-'0')
	}
	return n
}

// escaped looks again at a word whose first letters belong to an escape: what
// begins is behind it.
var escaped = &Rule{
	Name: "escaped",
	shapes: []shape{
		{class: anyClass, min: 2, max: 63, prev: "\\%"},
		{class: numbered, min: 3, max: 63, prev: "[;"}, // the colours of a terminal
	},
	find: func(sc *scanner, _ *Rule, s, e int) int {
		n := escape(sc.b, s)
		if n == 0 || s+n >= e {
			return 0
		}
		return sc.whole(s+n, e)
	},
}

// classOf is what the scanner would say of a word.
func classOf(word []byte) int {
	class := noDigit | allDigit
	for _, c := range word {
		if isDigit(c) {
			class &^= noDigit
			continue
		}
		class &^= allDigit
	}
	return class
}

// clock steps over a time such as 2026-11-22T08:00:01.123: most lines of most
// logs begin with one, and none of its words needs to be looked at.
var clock = &Rule{
	Name: "clock", shapes: []shape{{class: digits, min: 4, max: 4, next: "-"}},
	find: func(sc *scanner, _ *Rule, s, e int) int {
		b := sc.b[s : s+19]
		// "0000-00-" and "00:00:00" as they stand in memory; of a digit only the
		// upper half counts.
		const (
			date, dateBits = 0x2d30302d30303030, 0xfff0f0fff0f0f0f0
			time, timeBits = 0x30303a30303a3030, 0xf0f0fff0f0fff0f0
		)
		if (binary.LittleEndian.Uint64(b)^date)&dateBits != 0 || (binary.LittleEndian.Uint64(b[11:])^time)&timeBits != 0 ||
			b[8]&0xf0 != '0' || b[9]&0xf0 != '0' || b[10] != 'T' && b[10] != ' ' {
			return 0
		}
		i := s + 19
		if sc.b[i] == '.' || sc.b[i] == ',' {
			for i++; isDigit(sc.b[i]) && i < s+29; i++ {
			}
		}
		return min(i, sc.n)
	},
}
