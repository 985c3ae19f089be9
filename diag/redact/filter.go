package redact

import "encoding/binary"

// filter decides in a few instructions whether a word may concern any rule: by
// its last four bytes, its first four, or by what it is made of and how long it
// is together with the bytes beside it. It errs on the side of yes.
type filter struct {
	ends, begins bitset
	shapes       [classes][64]uint16 // class and length: which neighbours matter
	after        [256]uint16         // the group of the byte after a word, one bit
	before       [256]uint16         // the group of the byte before it, or none
}

// bitset is a set of hashes; with the thousand members that rules have, one
// word in fifty passes by chance.
type bitset [1024]uint64

func (f *bitset) add(k uint32)      { h := hash(k); f[h>>6] |= 1 << (h & 63) }
func (f *bitset) has(k uint32) bool { h := hash(k); return f[h>>6]>>(h&63)&1 == 1 }
func hash(k uint32) uint32          { return k * 0x9e3779b1 >> 16 }

const keySize = 4 // bytes of a word's ending or beginning that count

var (
	endShift  = [keySize + 1]uint8{31, 24, 16, 8, 0}
	beginMask = [keySize + 1]uint32{0, 0xff, 0xffff, 0xffffff, 0xffffffff}
)

// endKey is the key of a word's last four bytes, or of the whole shorter word,
// letters in lower case; e is where the word ends.
func endKey(b []byte, e, size int) uint32 {
	return (binary.LittleEndian.Uint32(b[e-4:e]) | 0x20202020) >> (endShift[min(size, keySize)] & 31)
}

// beginKey is the same for the first four bytes; s is where the word begins.
func beginKey(b []byte, s, size int) uint32 {
	return (binary.LittleEndian.Uint32(b[s:s+4]) | 0x20202020) & beginMask[min(size, keySize)]
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

// neighbours are the bytes beside a word that mean something to shapes, one bit
// each: after the word, and, from the second list, before it.
const (
	afterBytes  = `.-: \%$/` + "\x00"
	beforeBytes = `@%\+[;`
	anyBit      = 1 << 15
)

func newFilter() *filter {
	f := new(filter)
	for i := range f.after {
		f.after[i] = anyBit
	}
	for i := range len(afterBytes) {
		f.after[afterBytes[i]] |= 1 << i
	}
	for i := range len(beforeBytes) {
		f.before[beforeBytes[i]] = 1 << (len(afterBytes) + i)
	}
	return f
}

func (f *filter) addShape(s shape) {
	var bits uint16
	if s.next == "" && s.prev == "" {
		bits = anyBit
	}
	for i := range len(s.next) {
		bits |= f.after[s.next[i]] &^ anyBit
	}
	for i := range len(s.prev) {
		bits |= f.before[s.prev[i]]
	}
	for n := s.min; n <= min(s.max, 63); n++ {
		for class := range f.shapes {
			if s.class.includes(shapeClass(class)) {
				f.shapes[class][n] |= bits
			}
		}
	}
}
