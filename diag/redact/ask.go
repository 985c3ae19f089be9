package redact

import "encoding/binary"

// whole looks at one word outside the loop of scan.
func (sc *scanner) whole(s, e int) int {
	b, f, size := sc.b, sc.rules.filter, e-s
	class := classOf(b[s:e])
	return sc.word(s, e, class, f.ends.has(endKey(b, e, size)) != 0, f.begins.has(beginKey(b, s, size)) != 0,
		f.shapes[class][min(size, 63)]&f.after[b[e]]&(f.before[b[s-1]]|f.before[' ']))
}

// word asks every rule that the word from s to e may concern. It returns where
// to go on, or 0.
func (sc *scanner) word(s, e int, class int, ends, begins bool, shape uint32) (on int) {
	if s < sc.flushed {
		return 0
	}
	if ends {
		k := endKey(sc.b, e, e-s)
		for _, v := range sc.rules.ends[sc.rules.filter.ends.rank(k)] {
			if v.key == k {
				on = max(on, v.find(sc, s, e))
			}
		}
	}
	if begins {
		k := beginKey(sc.b, s, e-s)
		for _, v := range sc.rules.begins[sc.rules.filter.begins.rank(k)] {
			if v.key == k {
				on = max(on, v.find(sc, s, e))
			}
		}
	}
	if shape != 0 {
		for _, v := range sc.rules.shapes[class][min(e-s, 63)] {
			if v.bit&shape == 0 {
				continue
			}
			if next := v.rule.find(sc, v.rule, s, e); next > 0 {
				return max(on, next)
			}
		}
	}
	return on
}

// find asks everything that concerns words with this ending.
func (end *ending) find(sc *scanner, s, e int) int {
	tail := binary.LittleEndian.Uint64(sc.b[e-8:e]) | cases
	first, keyed := 0, false
	for i := range end.list {
		c := &end.list[i]
		if tail&c.mask != c.tail || c.key != nil && keyed {
			continue // of several keys only the longest counts
		}
		on := 0
		switch {
		case c.needle != nil:
			on = c.needle.find(sc, s, e)
		case c.rule != nil:
			on = c.rule.find(sc, c.rule, s, e)
		case assigned(sc.b, e) || c.key.rule.Bare:
			if c.key.prev != 0 && c.key.unlikely(sc.b, e) {
				continue
			}
			on = c.key.find(sc, s, e)
		}
		if on > 0 {
			first = max(first, on)
			if c.key != nil {
				keyed = true
			}
		}
	}
	return first
}

// assigned reports whether anything that may be a value follows the word that
// ends at e.
func assigned(b []byte, e int) bool {
	switch c := b[e]; c {
	case 0, ';', '{', '}', '[':
		return false
	}
	return true
}
