package redact

import "math/bits"

const (
	// pad is how many bytes stand before a window: what was there last, for
	// rules that look back, and enough for a machine word to be read.
	pad = 8
	// slack is how many zeros stand after a window, so that the last block can
	// be classified whole.
	slack = block + pad
	// reach is how far a rule may look ahead. A value longer than that is
	// swallowed piece by piece (see span).
	reach = 8 << 10
	// back is how far a rule may look back.
	back = 1 << 10
	// longWord is the least length of a word that is looked at for its
	// beginning, unless what follows may join it to more.
	longWord = 6
)

// scanner goes once over a window of text and writes what is left of it.
type scanner struct {
	rules *Rules
	names *Names
	note  func(Replacement)

	b       []byte // pad, text, slack
	n       int    // end of the text
	last    bool   // nothing follows
	pos     int    // what is before was looked at
	flushed int    // what is before is in out
	out     []byte

	open    span  // a value that goes on in the next window
	lines   *Rule // a block of lines that goes on (see block.go)
	base    int64 // offset of b[0] in the input
	written int64 // bytes of output before out
	text    []byte
}

// scan looks at everything up to the reach of the rules.
func (sc *scanner) scan() {
	sc.goOn()
	limit := sc.n
	if !sc.last {
		limit -= reach
	}
	b, f := sc.b, sc.rules.filter
	p := sc.pos
	for p < limit {
		word, digit := classify((*[block]byte)(b[p : p+block]))
		next := p + block
		for q := 0; ; {
			rest := word >> q
			if rest == 0 {
				break
			}
			s := q + bits.TrailingZeros64(rest)
			size := bits.TrailingZeros64(^(word >> s))
			if s+size >= block {
				// The word goes on in the next block: begin there with it.
				next = p + s
				if s == 0 {
					next = sc.long(p)
				}
				break
			}
			e := s + size
			all := uint64(1)<<size - 1
			class, d := 0, digit>>s&all
			if d == 0 {
				class = noDigit
			}
			if d == all {
				class = allDigit
			}
			at, to := p+s, p+e
			ends := f.ends.has(endKey(b, to, size))
			begins := f.begins.has(beginKey(b, at, size)) & (f.joins[b[to]] | uint64(size+64-longWord)>>6)
			shape := f.shapes[class][size] & f.after[b[to]] & f.before[b[at-1]]
			// One branch for all three: it is hardly ever taken.
			if ends|begins|uint64(shape) != 0 {
				if on := sc.word(at, to, class, ends != 0, begins != 0, shape); on > to {
					next = on
					break
				}
			}
			q = e
		}
		p = next
	}
	sc.pos = max(p, limit)
}

// long looks at a word that is longer than a block.
func (sc *scanner) long(s int) int {
	e := s
	for e < sc.n && isWord(sc.b[e]) {
		e++
	}
	if on := sc.word(s, e, 0, true, true, ^uint32(0)); on > e {
		return on
	}
	return e
}

// word asks every rule that the word from s to e may concern. It returns where
// to go on, or 0.
func (sc *scanner) word(s, e int, class int, ends, begins bool, shape uint32) int {
	if s < sc.flushed {
		return 0
	}
	if ends {
		for _, end := range sc.rules.ends[endKey(sc.b, e, e-s)] {
			if on := end.find(sc, s, e); on > 0 {
				return on
			}
		}
	}
	if begins {
		for _, v := range sc.rules.begins[beginKey(sc.b, s, e-s)] {
			if on := v.find(sc, s, e); on > 0 {
				return on
			}
		}
	}
	if shape != 0 {
		for _, v := range sc.rules.shapes[class][min(e-s, 63)] {
			if v.bit&shape == 0 {
				continue
			}
			if on := v.rule.find(sc, v.rule, s, e); on > 0 {
				return on
			}
		}
	}
	return 0
}

// find asks everything that concerns words with this ending.
func (end *ending) find(sc *scanner, s, e int) int {
	for _, n := range end.needles {
		if on := n.find(sc, s, e); on > 0 {
			return on
		}
	}
	if len(end.keys) > 0 {
		assigned := assigned(sc.b, s, e)
		for _, k := range end.keys {
			if !assigned && !k.rule.Bare {
				continue
			}
			if on := k.find(sc, s, e); on > 0 {
				return on
			}
		}
	}
	for _, rule := range end.finds {
		if on := rule.find(sc, rule, s, e); on > 0 {
			return on
		}
	}
	return 0
}

// assigned reports whether anything after the word from s to e may assign a
// value to it, or the word may be the option of a command.
func assigned(b []byte, s, e int) bool {
	switch c := b[e]; c {
	case ' ', '\t':
		i := skipBlanks(b, e)
		switch b[i] {
		case '=', ':', '.', '%', '-':
			return true
		}
		if verb(b, i) > 0 {
			return true
		}
		for s > 0 && (b[s-1] == '_' || b[s-1] == '-' || isAlnum(b[s-1])) && b[s-1] != '-' {
			s--
		}
		return b[s-1] == '-' || b[s-1] == '/'
	case '\n', '\r', 0, ';', '{', '}', '[':
		return false
	}
	return true
}
