package flow

// segment is a piece of the row of frames, cut once and for all.
type segment struct {
	data   []byte
	last   uint64 // the packet that carried it last
	starts uint8  // frames that begin in it
	state  state
}

// state is what a sender knows of a segment or of a packet.
type state uint8

const (
	waiting state = iota // never sent
	flying
	lost // to be sent again
	done // there, or not to be thought of any more
)

// segments are those from first up to end, in a ring.
type segments struct {
	ring       []segment // its length is a power of two
	first, end uint64
	spare      [][]byte
}

const (
	fewSegments = 256 // the least a ring has, and the most that spare keeps
)

func (s *segments) at(n uint64) *segment { return &s.ring[n&uint64(len(s.ring)-1)] }

// add appends an empty segment.
func (s *segments) add() *segment {
	if n := uint64(len(s.ring)); s.end-s.first == n {
		s.resize(max(2*n, fewSegments))
	}
	g := s.at(s.end)
	s.end++
	if n := len(s.spare); n > 0 {
		g.data, s.spare = s.spare[n-1][:0], s.spare[:n-1]
	} else {
		g.data = make([]byte, 0, maxPayload)
	}
	return g
}

func (s *segments) resize(n uint64) {
	old := *s
	s.ring = make([]segment, n)
	for i := s.first; i < s.end; i++ {
		*s.at(i) = *old.at(i)
	}
}

// drop forgets the first.
func (s *segments) drop() {
	g := s.at(s.first)
	if len(s.spare) < fewSegments {
		s.spare = append(s.spare, g.data)
	}
	*g = segment{}
	s.first++
	if s.first == s.end && len(s.ring) > 16*fewSegments {
		s.resize(fewSegments) // what a rare large picture took is given back
	}
}
