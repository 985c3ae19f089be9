package redact

import (
	"encoding/binary"
	"math/bits"
	"strings"
)

// filter decides in a few instructions whether a word may concern any rule: by
// its last four bytes, its first four, or by what it is made of and how long it
// is together with the bytes beside it. It errs on the side of yes.
type filter struct {
	ends, begins bitset
	shapes       [classes][64]uint32 // class and length: the pairs of neighbours that matter
	after        [256]uint32         // the pairs that the byte after a word may belong to
	before       [256]uint32         // and the byte before it
	joins        [256]uint64         // 1 for the bytes after a beginning: glpat-...
	pairs        []neighbours
}

// bitset is a set of hashes; with the thousand members that rules have, one
// word in fifty passes by chance.
type bitset struct {
	words [1024]uint64
	below [1024]uint16 // how many members the words before have
}

func (f *bitset) add(k uint32)        { h := mix(k); f.words[h>>6] |= 1 << (h & 63) }
func (f *bitset) has(k uint32) uint64 { h := mix(k); return f.words[h>>6&1023] >> (h & 63) & 1 }
func mix(k uint32) uint32             { return k * 0xc2b2ae35 >> 16 }

// count prepares rank.
func (f *bitset) count() (total int) {
	for i, w := range f.words {
		f.below[i] = uint16(total)
		total += bits.OnesCount64(w)
	}
	return total
}

// rank is the place of a member among all, in the order of their hashes.
func (f *bitset) rank(k uint32) int {
	h := mix(k)
	return int(f.below[h>>6&1023]) + bits.OnesCount64(f.words[h>>6&1023]&(1<<(h&63)-1))
}

const keySize = 4 // bytes of a word's ending or beginning that count

var (
	endShift  = [8]uint8{31, 24, 16, 8, 0}
	beginMask = [8]uint32{0, 0xff, 0xffff, 0xffffff, 0xffffffff}
)

// endKey is the key of a word's last four bytes, or of the whole shorter word,
// letters in lower case; e is where the word ends.
func endKey(b []byte, e, size int) uint32 {
	return (binary.LittleEndian.Uint32(b[e-4:e]) | 0x20202020) >> (endShift[min(size, keySize)&7] & 31)
}

// beginKey is the same for the first four bytes; s is where the word begins.
func beginKey(b []byte, s, size int) uint32 {
	return (binary.LittleEndian.Uint32(b[s:s+4]) | 0x20202020) & beginMask[min(size, keySize)&7]
}

// endKeys gives the keys of all words that end with text: a text shorter than a
// key may have anything before it that joins words.
func endKeys(text string) (keys []uint32) {
	at := func(text string) {
		b := append([]byte{0, 0, 0, 0}, text...)
		keys = append(keys, endKey(b, len(b), len(text)))
	}
	at(text)
	switch len(text) {
	case 2:
		at("_" + text)
		for _, c := range joined {
			at(string(c) + "_" + text)
		}
	case 3:
		for _, c := range joined {
			at(string(c) + text)
		}
	}
	return keys
}

// beginKeys gives the keys of all words that begin with text; whole says that
// the word is over with it.
func beginKeys(text string, whole bool) (keys []uint32) {
	at := func(text string) {
		b := append([]byte(text), 0, 0, 0, 0)
		keys = append(keys, beginKey(b, 0, len(text)))
	}
	at(text)
	if len(text) == 3 && !whole {
		for _, c := range joined {
			at(text + string(c))
		}
	}
	return keys
}

const joined = "abcdefghijklmnopqrstuvwxyz0123456789_"

// newFilter makes an empty filter.
func newFilter() *filter {
	f := new(filter)
	for _, c := range []byte("-./:$%,") {
		f.joins[c] = 1
	}
	return f
}

// addShape enters a shape and gives the bit that its words will have.
func (f *filter) addShape(s shape) uint32 {
	bit := f.bitOf(neighbours{s.next, s.prev, s.notPrev})
	for n := s.min; n <= min(s.max, 63); n++ {
		for class := range f.shapes {
			if s.class.includes(class) {
				f.shapes[class][n] |= bit
			}
		}
	}
	return bit
}

// neighbours say which bytes must follow a word, stand before it, or must not;
// empty is any.
type neighbours struct{ next, prev, notPrev string }

// bitOf gives the bit of a pair of neighbours; shapes that ask for the same
// share one.
func (f *filter) bitOf(n neighbours) uint32 {
	for i, known := range f.pairs {
		if known == n {
			return 1 << i
		}
	}
	if len(f.pairs) == 32 {
		panic("more than 32 pairs of neighbours") // the rules are ours: a test sees it
	}
	var bit uint32 = 1 << len(f.pairs)
	f.pairs = append(f.pairs, n)
	for c := range 256 {
		if n.next == "" || strings.IndexByte(n.next, byte(c)) >= 0 {
			f.after[c] |= bit
		}
		if (n.prev == "" || strings.IndexByte(n.prev, byte(c)) >= 0) && strings.IndexByte(n.notPrev, byte(c)) < 0 {
			f.before[c] |= bit
		}
	}
	return bit
}
