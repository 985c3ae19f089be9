package revise

import (
	"bytes"
	"errors"
	"io"

	"github.com/beistand/beistand/diag/bundle"
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
func (r *Revision) writer(dst io.Writer, mediaType string, tally *Tally) io.WriteCloser {
	var w chain
	if mediaType == "application/json" && len(r.changes.Hide) > 0 {
		j := &document{dst: dst}
		w, dst = append(w, j), j
	}
	if tally != nil {
		dst = io.MultiWriter(&counter{gone: tally.Gone}, dst)
	}
	if len(r.changes.Hide) > 0 {
		h := newHider(dst, r.changes.Hide)
		w, dst = append(w, h), h
	}
	if r.restore != nil {
		back := r.restore.NewWriter(dst, r.table.Names, func(p redact.Replacement) {
			if tally != nil {
				tally.Kept[p.Kind]++
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

// document lets JSON stay JSON where a number was hidden in it. What is too
// large for that, or is none, is what it is.
type document struct {
	dst  io.Writer
	text []byte
	over bool
}

// mostJSON is how large JSON may be that stays JSON, in bytes.
const mostJSON = 16 << 20

func (d *document) Write(p []byte) (int, error) {
	if !d.over && len(d.text)+len(p) <= mostJSON {
		d.text = append(d.text, p...)
		return len(p), nil
	}
	if !d.over {
		d.over = true
		if _, err := d.dst.Write(d.text); err != nil {
			return 0, err
		}
		d.text = nil
	}
	return d.dst.Write(p)
}

func (d *document) Close() error {
	if d.over {
		return nil
	}
	var whole bytes.Buffer
	j := redact.NewJSON(&whole)
	if _, err := j.Write(d.text); err == nil && j.Close() == nil {
		d.text = whole.Bytes()
	}
	_, err := d.dst.Write(d.text)
	return err
}

// stream pulls a file through writers.
type stream struct {
	src   io.ReadCloser
	in    io.Reader // src, as it is read
	w     io.WriteCloser
	out   bytes.Buffer
	block []byte
	tally Tally

	asItStands bool  // text is neither packed nor in UTF-16
	err        error // sticky, also io.EOF
}

// Replaced is what is replaced in what was read, for the manifest.
func (s *stream) Replaced() bundle.Counts {
	all := bundle.Counts{}
	for kind, n := range s.tally.Gone {
		if n > 0 {
			all[string(kind)] = n
		}
	}
	return all
}

func (s *stream) Read(p []byte) (int, error) {
	for s.out.Len() == 0 && s.err == nil {
		n, err := s.in.Read(s.block)
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

// Close closes the file, and ends what works on it.
func (s *stream) Close() error {
	if s.err == nil {
		_ = s.w.Close() // of what was not read to its end
		s.err = io.ErrClosedPipe
	}
	return s.src.Close()
}
