package redact

import "math/bits"

const (
	// pad is how many bytes stand before a window: what was there last, for
	// rules that look back, and enough for a machine word to be read.
	pad = 8
	// slack is how many zeros stand after a window: the last block can be
	// classified whole, and no rule that looks ahead leaves the buffer.
	slack = reach
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

	pending []hit // what was found ahead, in order
	barrier int   // where the first of them begins
	found   bool  // the last rule that was asked has replaced something
	open    span  // a value that goes on in the next window,
	openAt  int   // from here
	lines   *Rule // a key of several lines that goes on,
	linesAt int   // from here
	base    int64 // offset of b[0] in the input
	written int64 // bytes of output before out
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
		// A word that touches the end of the block is looked at in the next.
		next := p + block
		if n := bits.LeadingZeros64(^word); n > 0 {
			if n == block {
				p = sc.long(p)
				continue
			}
			next -= n
			word = word << n >> n
		}
		starts, stops := word&^(word<<1), word<<1&^word
		for stops != 0 {
			s, e := bits.TrailingZeros64(starts)&63, bits.TrailingZeros64(stops)&63
			starts &= starts - 1
			stops &= stops - 1
			class, all := 0, uint64(1)<<e-uint64(1)<<s
			if digit&all == 0 {
				class = noDigit
			}
			if digit&all == all {
				class = allDigit
			}
			at, to, size := p+s, p+e, e-s
			if to > sc.barrier {
				if at >= sc.barrier || sc.barrier <= p {
					next = sc.pass()
				} else {
					next = sc.across(at, to)
				}
				break
			}
			var ends, begins uint64 // no rule knows a number by its ends
			if class != allDigit {
				ends = f.ends.has(endKey(b, to, size))
				begins = f.begins.has(beginKey(b, at, size)) & (f.joins[b[to]] | uint64(size+64-longWord)>>6)
			}
			shape := f.shapes[class][size&63] & f.after[b[to]] & f.before[b[at-1]]
			// One branch for all three: it is hardly ever taken.
			if ends|begins|uint64(shape) != 0 {
				if on := sc.word(at, to, class, ends != 0, begins != 0, shape); on > 0 {
					next = sc.resume(to, on)
					break
				}
			}
		}
		p = next
	}
	sc.pos = max(p, limit)
	for sc.last && len(sc.pending) > 0 || sc.barrier < sc.pos {
		sc.pos = max(sc.pos, sc.pass())
	}
}

// resume says where to go on after a rule has found something: behind its word
// when it has replaced something, which may lie ahead, else where it says.
func (sc *scanner) resume(e, on int) int {
	if !sc.found {
		return max(e, on)
	}
	sc.found = false
	if sc.barrier < e {
		return max(e, sc.pass())
	}
	return e
}

// across goes on behind a stretch that begins within the word from s to e.
func (sc *scanner) across(s, e int) int {
	if on := sc.whole(s, e); on > 0 {
		sc.found = false
	}
	return sc.pass()
}

// long looks at a word that is longer than a block.
func (sc *scanner) long(s int) int {
	e := s
	for e < sc.n && isWord(sc.b[e]) {
		e++
	}
	if sc.barrier < e {
		return sc.across(s, e)
	}
	if on := sc.whole(s, e); on > 0 {
		return sc.resume(e, on)
	}
	return e
}
