package search

import (
	"encoding/binary"
	"errors"
	"math/bits"
	"slices"
)

// Posts of a block are packed as the smaller of two: the documents' places in
// the block, 2 bytes each in order, or a bit for each place (as Roaring
// bitmaps are, Chambi et al. 2016). The first byte says which.
const (
	packedList = 0
	packedBits = 1

	maxList = blockSize / 8 / 2 // places; from here on bits are smaller
)

// set is a block's documents, a bit each.
type set [blockSize / 64]uint64

func (s *set) has(at uint16) bool { return s[at>>6]&(1<<(at&63)) != 0 }
func (s *set) add(at uint16)      { s[at>>6] |= 1 << (at & 63) }
func (s *set) take(at uint16)     { s[at>>6] &^= 1 << (at & 63) }

func (s *set) and(o *set) {
	for i := range s {
		s[i] &= o[i]
	}
}

// down gives the places in falling order, until it is told to stop.
func (s *set) down(yield func(uint16) bool) {
	for i := len(s) - 1; i >= 0; i-- {
		for w := s[i]; w != 0; {
			b := bits.Len64(w) - 1
			w &^= 1 << b
			if !yield(uint16(i<<6 | b)) {
				return
			}
		}
	}
}

var errPacked = errors.New("index: posts are damaged")

// unpack gives packed places, in order. Nothing packed is none.
func unpack(packed []byte, each func(uint16)) error {
	if len(packed) == 0 {
		return nil
	}
	switch rest := packed[1:]; {
	case packed[0] == packedList && len(rest)%2 == 0:
		for i := 0; i < len(rest); i += 2 {
			each(binary.LittleEndian.Uint16(rest[i:]))
		}
	case packed[0] == packedBits && len(rest) == blockSize/8:
		for i := range blockSize / 64 {
			for w := binary.LittleEndian.Uint64(rest[i*8:]); w != 0; w &= w - 1 {
				each(uint16(i<<6 | bits.TrailingZeros64(w)))
			}
		}
	default:
		return errPacked
	}
	return nil
}

// or adds packed places to s.
func (s *set) or(packed []byte) error {
	if len(packed) == 1+blockSize/8 && packed[0] == packedBits {
		for i := range s {
			s[i] |= binary.LittleEndian.Uint64(packed[1+i*8:])
		}
		return nil
	}
	return unpack(packed, s.add)
}

// pack packs places, which are in order, each once; none are nil.
func pack(places []uint16) []byte {
	if len(places) == 0 {
		return nil
	}
	if len(places) <= maxList {
		b := make([]byte, 1, 1+2*len(places))
		b[0] = packedList
		for _, at := range places {
			b = binary.LittleEndian.AppendUint16(b, at)
		}
		return b
	}
	b := make([]byte, 1+blockSize/8)
	b[0] = packedBits
	for _, at := range places {
		b[1+at>>3] |= 1 << (at & 7)
	}
	return b
}

// repack adds and takes places. It says by how many the set has grown, which
// is less than added when some were there already: doing it twice is as once.
func repack(packed []byte, added, taken []uint16) ([]byte, int, error) {
	var places []uint16
	if err := unpack(packed, func(at uint16) { places = append(places, at) }); err != nil {
		return nil, 0, err
	}
	before := len(places)
	if len(taken) > 0 {
		slices.Sort(taken)
		places = slices.DeleteFunc(places, func(at uint16) bool {
			_, is := slices.BinarySearch(taken, at)
			return is
		})
	}
	places = append(places, added...)
	slices.Sort(places)
	places = slices.Compact(places)
	return pack(places), len(places) - before, nil
}
