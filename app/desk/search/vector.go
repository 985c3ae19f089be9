package search

import (
	"encoding/binary"
	"errors"
	"slices"
)

// weighed is a term of a document by its number; 255 is all that it can weigh.
type weighed struct {
	term   uint32
	weight uint8
}

// A vector is a document's terms in order: the distance from the one before
// (unsigned varint), and a byte of weight.
func packVector(list []weighed) []byte {
	b := make([]byte, 0, len(list)*4)
	before := uint32(0)
	for _, w := range list {
		b = binary.AppendUvarint(b, uint64(w.term-before))
		b = append(b, w.weight)
		before = w.term
	}
	return b
}

var errVector = errors.New("index: a document's terms are damaged")

func unpackVector(b []byte, into []weighed) ([]weighed, error) {
	into = into[:0]
	term := uint64(0)
	for len(b) > 0 {
		d, n := binary.Uvarint(b)
		if n <= 0 || n == len(b) || d > 1<<32-1-term || d == 0 {
			return nil, errVector
		}
		term += d
		into = append(into, weighed{uint32(term), b[n]})
		b = b[n+1:]
	}
	return into, nil
}

// union is all terms of two vectors; weights do not matter.
func union(a, b []weighed) []weighed {
	all := append(slices.Clone(a), b...)
	slices.SortFunc(all, func(x, y weighed) int { return int(int64(x.term) - int64(y.term)) })
	return slices.CompactFunc(all, func(x, y weighed) bool { return x.term == y.term })
}

// without gives the terms of a that b has not.
func without(a, b []weighed) []uint32 {
	var list []uint32
	j := 0
	for _, w := range a {
		for j < len(b) && b[j].term < w.term {
			j++
		}
		if j == len(b) || b[j].term != w.term {
			list = append(list, w.term)
		}
	}
	return list
}
