package redact

import (
	"maps"
	"slices"
)

// ending is everything that concerns words with one ending: needles first,
// then keys, the longest first, then rules that read around the word.
type ending struct {
	list  []candidate
	exact bool // words that are longer than a short text do not concern it
}

// candidate is one of needle, key and rule, and the last letters, up to eight,
// of the words that may concern it.
type candidate struct {
	tail, mask uint64
	needle     *needle
	key        *key
	rule       *Rule
}

// tailed gives a candidate for words that end with text.
func tailed(text string) (c candidate) {
	for i := range min(len(text), 8) {
		shift := 8 * (7 - i)
		c.mask |= 0xff << shift
		c.tail |= uint64(text[len(text)-1-i]|0x20) << shift
	}
	return c
}

// order puts the candidates into the order in which they are asked.
func (end *ending) order() {
	rank := func(c candidate) int {
		switch {
		case c.needle != nil:
			return -1 << 20
		case c.key != nil:
			return -len(c.key.text)
		}
		return 0
	}
	slices.SortStableFunc(end.list, func(a, b candidate) int { return rank(a) - rank(b) })
}

// index makes what was added findable.
func (r *Rules) index() {
	f := r.filter
	keys := map[string][]uint32{}
	for text, end := range r.endings {
		end.order()
		keys[text] = endKeys(text)
		if end.exact {
			keys[text] = keys[text][:1]
		}
		for _, k := range keys[text] {
			f.ends.add(k)
		}
	}
	for k := range r.beginnings {
		f.begins.add(k)
	}
	r.ends, r.begins = make([][]byEnd, f.ends.count()), make([][]byBegin, f.begins.count())
	for _, text := range slices.Sorted(maps.Keys(r.endings)) {
		for _, k := range keys[text] {
			i := f.ends.rank(k)
			r.ends[i] = append(r.ends[i], byEnd{k, r.endings[text]})
		}
	}
	for k, list := range r.beginnings {
		i := f.begins.rank(k)
		for _, v := range list {
			r.begins[i] = append(r.begins[i], byBegin{k, v})
		}
	}
}
