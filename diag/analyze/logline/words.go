// Package logline reads what one line of a log says of itself: its words, its time, its level, its general shape.
package logline

// Words finds many words in a line at once, whatever their case (ASCII):
// Aho and Corasick, "Efficient string matching", CACM 18(6), 1975, as one
// table of transitions.
type Words struct {
	class [256]uint8 // byte to column; 0 is every byte that no word has
	width int
	next  []uint32 // state*width + class: the next state, times width; hot if words end there
	ends  []Set
}

// Set is some of the words, by their index.
type Set [4]uint64

// MaxWords is how many words there can be.
const MaxWords = 64 * len(Set{})

// hot marks transitions into states where words end.
const hot = 1 << 31

// Add puts a word in.
func (w *Set) Add(word int) { w[word/64] |= 1 << (word % 64) }

func (w *Set) join(o *Set) {
	for i := range w {
		w[i] |= o[i]
	}
}

// Meets says whether both have a word in common.
func (w Set) Meets(o *Set) bool {
	return w[0]&o[0]|w[1]&o[1]|w[2]&o[2]|w[3]&o[3] != 0
}

// Empty says whether there is none.
func (w Set) Empty() bool { return w == Set{} }

func lower(b byte) byte {
	if 'A' <= b && b <= 'Z' {
		return b + 'a' - 'A'
	}
	return b
}

// NewWords takes at most MaxWords words in lower case, none empty.
func NewWords(words []string) *Words {
	a := &Words{width: 1}
	for _, w := range words {
		for i := range len(w) {
			if a.class[w[i]] == 0 {
				a.class[w[i]] = uint8(a.width)
				a.width++
			}
		}
	}
	for b := byte('A'); b <= 'Z'; b++ {
		a.class[b] = a.class[lower(b)]
	}
	a.grow()
	for i, w := range words {
		state := uint32(0)
		for j := range len(w) {
			cell := int(state)*a.width + int(a.class[w[j]])
			if a.next[cell] == 0 {
				added := a.grow()
				a.next[cell] = added
			}
			state = a.next[cell]
		}
		a.ends[state].Add(i)
	}
	a.link()
	return a
}

// grow adds a state.
func (a *Words) grow() uint32 {
	a.next = append(a.next, make([]uint32, a.width)...)
	a.ends = append(a.ends, Set{})
	return uint32(len(a.ends) - 1)
}

// link turns the tree of words into transitions for every byte.
func (a *Words) link() {
	fallback := make([]uint32, len(a.ends))
	var queue []uint32
	for c := range a.width {
		if s := a.next[c]; s != 0 {
			queue = append(queue, s)
		}
	}
	for len(queue) > 0 {
		s := queue[0]
		queue = queue[1:]
		a.ends[s].join(&a.ends[fallback[s]])
		for c := range a.width {
			cell := int(s)*a.width + c
			otherwise := a.next[int(fallback[s])*a.width+c]
			if t := a.next[cell]; t != 0 {
				fallback[t] = otherwise
				queue = append(queue, t)
			} else {
				a.next[cell] = otherwise
			}
		}
	}
	for i, s := range a.next {
		a.next[i] = s * uint32(a.width)
		if !a.ends[s].Empty() {
			a.next[i] |= hot
		}
	}
}

// Find gives the words that a line has.
func (a *Words) Find(line []byte) (found Set) {
	next, state := a.next, uint32(0)
	for _, b := range line {
		state = next[state+uint32(a.class[b])]
		if state&hot != 0 {
			state &^= hot
			found.join(&a.ends[state/uint32(a.width)])
		}
	}
	return found
}
