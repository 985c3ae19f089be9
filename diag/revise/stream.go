package revise

import (
	"bytes"
	"errors"
	"io"

	"github.com/beistand/beistand/diag/redact"
)

// readBlock is how much of a file is taken at a time, in bytes.
const readBlock = 64 << 10

// writer makes the changes in the text that is written to it. It counts, if it
// is given where to.
//
// What is hidden is looked for before pseudonyms are restored and again
// afterwards: neither a text with a pseudonym in it nor one that a restored
// name has made may be left.
func (r *Revision) writer(dst io.Writer, tally *Tally) io.WriteCloser {
	var w chain
	if tally != nil {
		dst = io.MultiWriter(&counter{gone: tally.Gone}, dst)
	}
	if len(r.changes.Hide) > 0 {
		h := newHider(dst, r.changes.Hide)
		w, dst = append(w, h), h
	}
	if r.restore != nil {
		back := r.restore.NewWriter(dst, r.names, func(p redact.Replacement) {
			if tally != nil {
				tally.Kept[Counted(p.Kind)]++
			}
		})
		w, dst = append(w, back), back
		if len(r.changes.Hide) > 0 {
			h := newHider(dst, r.changes.Hide)
			w, dst = append(w, h), h
		}
	}
	if len(w) == 0 {
		w = append(w, plain{dst})
	}
	return w
}

// chain is writers, the first of which is written to last.
type chain []io.WriteCloser

func (c chain) Write(p []byte) (int, error) { return c[len(c)-1].Write(p) }

// Close closes the last first, so that each gets all of the one before.
func (c chain) Close() error {
	var errs []error
	for i := len(c) - 1; i >= 0; i-- {
		errs = append(errs, c[i].Close())
	}
	return errors.Join(errs...)
}

type plain struct{ io.Writer }

func (plain) Close() error { return nil }

// revised reads a text with the changes in it.
func (r *Revision) revised(src io.ReadCloser, tally *Tally) io.ReadCloser {
	s := &stream{src: src, block: make([]byte, readBlock)}
	s.w = r.writer(&s.out, tally)
	return s
}

// stream pulls a file through writers.
type stream struct {
	src   io.ReadCloser
	w     io.WriteCloser
	out   bytes.Buffer
	block []byte
	err   error // sticky, also io.EOF
}

func (s *stream) Read(p []byte) (int, error) {
	for s.out.Len() == 0 && s.err == nil {
		n, err := s.src.Read(s.block)
		if _, werr := s.w.Write(s.block[:n]); werr != nil {
			err = werr
		}
		if errors.Is(err, io.EOF) {
			if cerr := s.w.Close(); cerr != nil {
				err = cerr
			}
		}
		s.err = err
	}
	if s.out.Len() > 0 {
		return s.out.Read(p)
	}
	return 0, s.err
}

// Close closes the file.
func (s *stream) Close() error { return s.src.Close() }
