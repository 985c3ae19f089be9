package revise

import (
	"bytes"
	"context"
	"io"
	"maps"

	"github.com/beistand/beistand/diag/bundle"
)

// same reads a file once to see whether the changes concern it.
func (r *Revision) same(ctx context.Context, f bundle.File) (bool, error) {
	src, err := r.e.OpenFile(f.Path)
	if err != nil {
		return false, err
	}
	seen := &sight{}
	s := r.revised(teed{src, seen}, f)
	defer s.Close()
	if s.asItStands {
		_, err = io.Copy(seen, untilDone{ctx, s})
		return !seen.differs && len(seen.want) == 0, err
	}
	// Packed anew, the same text may be other bytes.
	before := maps.Clone(s.tally.Gone)
	_, err = io.Copy(io.Discard, untilDone{ctx, s})
	return maps.Equal(before, s.tally.Gone) && len(s.tally.Kept) == 0, err
}

// sight compares what is written with what is wanted.
type sight struct {
	want    []byte
	differs bool
}

func (s *sight) Write(p []byte) (int, error) {
	if !s.differs {
		s.differs = !bytes.HasPrefix(s.want, p)
	}
	if s.differs {
		s.want = nil
	} else {
		s.want = append(s.want[:0], s.want[len(p):]...)
	}
	return len(p), nil
}

// teed lets sight know what is wanted.
type teed struct {
	io.ReadCloser
	seen *sight
}

func (t teed) Read(p []byte) (int, error) {
	n, err := t.ReadCloser.Read(p)
	if !t.seen.differs {
		t.seen.want = append(t.seen.want, p[:n]...)
	}
	return n, err
}
