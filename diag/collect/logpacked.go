package collect

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/beistand/beistand/diag/facts"
)

// maxUnpacked is how much a packed log may be; beyond it something else is
// packed there, or somebody means ill.
const maxUnpacked = int64(4) << 30

// measurePacked reads a packed log through once, since its end cannot be
// known otherwise. What cannot be unpacked is left out, and said.
func (p *piece) measurePacked(ctx context.Context, w window) error {
	r, err := p.unpack(ctx)
	if err != nil {
		return fmt.Errorf("log file %q cannot be unpacked: %w", p.path, err)
	}
	defer r.Close()
	s := &spans{clock: p.clock, from: w.from(), to: w.to().Add(1), start: -1, end: -1}
	if w.since.IsZero() {
		s.start = 0
	}
	if w.until.IsZero() {
		s.noEnd = true
	}
	block := make([]byte, probeBytes)
	for {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		n, err := io.ReadFull(r, block)
		if s.base+int64(len(s.text)) == 0 {
			head := block[:min(n, 4<<10)]
			what := kindByMagic(head)
			if p.order = orderOf(head); what == "" && p.order.order == nil && odd(block[:n]) {
				what = "binary data"
			}
			if what != "" {
				return &binaryError{p.path, what}
			}
			s.order = p.order
		}
		s.add(block[:n])
		done := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) && n > 0 && p.ended(r)
		switch {
		case done || err != nil:
			p.total = s.base + int64(len(s.text))
			if !done && p.total == 0 {
				return fmt.Errorf("log file %q cannot be unpacked: %w", p.path, reason(err))
			}
			if !done {
				p.cuts = append(p.cuts, fmt.Sprintf("the rest cannot be unpacked: %v", reason(err)))
			}
			p.start, p.end = s.finish(p.total)
			if !s.noEnd {
				p.after(w, p.total-p.end)
			}
			return nil
		case s.base+int64(len(s.text)) > maxUnpacked:
			return fmt.Errorf("log file %q: it holds more than %s unpacked", p.path, facts.Size(maxUnpacked))
		}
	}
}

// ended tells the end of a file, which comes as an unexpected one to
// io.ReadFull, from an archive that breaks off.
func (p *piece) ended(r io.Reader) bool {
	_, err := r.Read(make([]byte, 1))
	return errors.Is(err, io.EOF)
}

// untilReader reads n bytes and does not mind what comes at their very end,
// as where an archive breaks off.
type untilReader struct {
	r io.Reader
	n int64
}

func (u *untilReader) Read(b []byte) (int, error) {
	if u.n <= 0 {
		return 0, io.EOF
	}
	n, err := u.r.Read(b[:min(int64(len(b)), u.n)])
	if u.n -= int64(n); u.n == 0 {
		err = nil
	}
	return n, err
}

// spans finds the window in text that passes by once, in blocks.
type spans struct {
	order      encoding
	clock      lineClock
	from, to   time.Time
	noEnd      bool
	start, end int64 // -1 until found
	seen       bool  // any line has a time

	text []byte // the last two blocks
	base int64  // where they begin
	last int    // bytes of the latest one
}

func (s *spans) add(block []byte) {
	if over := len(s.text) - s.last; over > 0 {
		s.text = s.text[:copy(s.text, s.text[over:])]
		s.base += int64(over)
	}
	s.text = append(s.text, block...)
	s.last = len(block)
	s.look(false)
}

// look holds the latest block's first line with a time against the window;
// when that is past it, or all is through, both blocks are gone through.
func (s *spans) look(all bool) {
	if s.start >= 0 && (s.end >= 0 || s.noEnd) {
		return
	}
	l := &timeline{r: bytes.NewReader(s.text), size: int64(len(s.text)), order: s.order, clock: s.clock}
	begin := int64(len(s.text) - s.last)
	_, t, ok, _ := l.probe(begin, l.size, time.Time{})
	s.seen = s.seen || ok
	find := func(target time.Time) int64 {
		if !all && (!ok || t.Before(target)) {
			return -1
		}
		line, _, found, _ := l.probe(0, l.size, target)
		if !found {
			return -1
		}
		return s.base + line
	}
	if s.start < 0 {
		s.start = find(s.from)
	}
	if s.end < 0 && !s.noEnd {
		s.end = find(s.to)
	}
}

// finish gives the window of a text of total bytes. Without any time all may belong to it.
func (s *spans) finish(total int64) (start, end int64) {
	s.look(true)
	start, end = s.start, s.end
	if end < 0 {
		end = total
	}
	if start < 0 {
		start = total
		if !s.seen {
			start = 0
		}
	}
	return min(start, end), end
}
