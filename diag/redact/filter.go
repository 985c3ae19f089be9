package redact

import "encoding/binary"

// filter decides in a few instructions whether a word may concern any rule: by
// its last three bytes, its first three, or what it is made of together with
// its length and the byte after it. It errs on the side of yes.
type filter struct {
	ends, begins bitset
	shapes       [3][64]uint8 // class and length: groups of following bytes that matter
	group        [256]uint8   // the group of each following byte, one bit
}

// bitset is a set of hashes; with the few hundred members that rules have, one
// word in thirty passes by chance.
type bitset [128]uint64

func (f *bitset) add(k uint32)      { h := hash(k); f[h>>6] |= 1 << (h & 63) }
func (f *bitset) has(k uint32) bool { h := hash(k); return f[h>>6]>>(h&63)&1 == 1 }
func hash(k uint32) uint32          { return k * 0x9e3779b1 >> 19 }

var (
	endShift  = [4]uint8{31, 24, 16, 8}
	beginMask = [4]uint32{0, 0xff, 0xffff, 0xffffff}
)

// endKey is the key of a word's last three bytes, or of the whole shorter word,
// letters in lower case; e is where the word ends.
func endKey(b []byte, e, size int) uint32 {
	return (binary.LittleEndian.Uint32(b[e-4:e]) | 0x20202020) >> (endShift[min(size, 3)] & 31)
}

// beginKey is the same for the first three bytes; s is where the word begins.
func beginKey(b []byte, s, size int) uint32 {
	return (binary.LittleEndian.Uint32(b[s:s+4]) | 0x20202020) & beginMask[min(size, 3)]
}

// keyOf gives the key of a text as endKey and beginKey would see it.
func keyOf(text string, end bool) uint32 {
	b := append([]byte{0, 0, 0, 0}, text...)
	b = append(b, 0, 0, 0, 0)
	if end {
		return endKey(b, 4+len(text), len(text))
	}
	return beginKey(b, 4, len(text))
}

// groups are the bytes that may follow a word, by what they mean to shapes.
var groups = [...]string{".", "-", ":", " ", "@", "\\", "%"}

const anyGroup = 0xff

func newFilter() *filter {
	f := new(filter)
	for i := range f.group {
		f.group[i] = 1 << len(groups)
	}
	for i, g := range groups {
		f.group[g[0]] = 1 << i
	}
	return f
}

func (f *filter) addShape(s shape) {
	var bit uint8 = anyGroup
	if s.next != "" {
		bit = 0
		for i := range len(s.next) {
			bit |= f.group[s.next[i]]
		}
	}
	for n := s.min; n <= min(s.max, 63); n++ {
		for class := range f.shapes {
			// A word of digits is one of hexadecimal digits too, and so on up.
			if shapeClass(class) <= s.class {
				f.shapes[class][n] |= bit
			}
		}
	}
}
