package collect

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/beistand/beistand/diag/facts"
)

// maxLine is how far the first whole line is searched for.
const maxLine = 64 << 10

// copyTo stores the piece as UTF-8. When reading fails on the way the file is
// left open: what takes it then ends it with the error as what is missing.
func (p *piece) copyTo(ctx context.Context, s Sink, name, title string, w window, pages codePages) error {
	from := p.start
	if p.sized { // what stands just before the piece tells whether a line begins with it
		from = max(0, p.start-p.order.unit())
	}
	r, err := p.from(ctx, from)
	if err != nil {
		return p.failed(err)
	}
	defer r.Close()
	raw := &logReader{ctx: ctx, path: p.path, r: &untilReader{r, p.end - from}}
	text := bufio.NewReaderSize(raw, maxLine)
	if err := p.begin(text, from); err != nil {
		return err
	}
	out, err := s.Create(name, FileInfo{Title: title, MediaType: plainText, Source: visible(p.path), Cut: p.missing(), Outside: p.outside(w)})
	if err != nil {
		return err
	}
	t := &textWriter{w: out, pages: pages}
	if _, err := io.Copy(t, p.order.decode(text)); err != nil {
		var unreadable *logReadError
		if errors.As(err, &unreadable) {
			t.end()
			return err
		}
		return finishText(t, out, err)
	}
	if missing := p.end - from - raw.n; missing > 0 {
		t.end()
		return &logReadError{p.path, fmt.Errorf("it became shorter meanwhile, and %s are gone", facts.Size(missing))}
	}
	return finishText(t, out, nil)
}

// from gives the unpacked content from a place on.
func (p *piece) from(ctx context.Context, at int64) (io.ReadCloser, error) {
	if p.packing == unpacked {
		return io.NopCloser(io.NewSectionReader(p.f, at, p.end-at)), nil
	}
	r, err := p.unpack(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := io.CopyN(io.Discard, r, at); err != nil {
		r.Close()
		return nil, err
	}
	return r, nil
}

// begin leads to the first whole line, and past a byte order mark.
func (p *piece) begin(text *bufio.Reader, from int64) error {
	head, err := text.Peek(maxLine)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	skip := 0
	switch {
	case p.sized:
		if skip = p.order.lineEnd(head); skip < 0 {
			skip, p.middle = p.order.wholeCharacter(head), true
		}
		p.start = from + int64(skip)
	case from == 0 && p.order.order == nil && len(head) > 2 && string(head[:3]) == "\ufeff":
		skip = 3
	}
	_, err = text.Discard(skip)
	return err
}

// wholeCharacter is how much of b belongs to a character that begins before it.
func (e encoding) wholeCharacter(b []byte) int {
	if e.order != nil {
		if len(b) > 1 && e.order.Uint16(b)&0xfc00 == 0xdc00 {
			return 2
		}
		return 0
	}
	n := 0
	for n < min(len(b), utf8.UTFMax) && !utf8.RuneStart(b[n]) {
		n++
	}
	return n
}

// logReadError says that a log could not be read to its end: an error of the
// place where it is stored must not pass for one of the log.
type logReadError struct {
	path string
	err  error
}

func (e *logReadError) Error() string { return fmt.Sprintf("read log file %q: %v", e.path, e.err) }
func (e *logReadError) Unwrap() error { return e.err }

// logReader reads until ctx ends, and counts.
type logReader struct {
	ctx  context.Context
	path string
	r    io.Reader
	n    int64
}

func (l *logReader) Read(p []byte) (int, error) {
	if err := l.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := l.r.Read(p)
	l.n += int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		err = &logReadError{l.path, reason(err)}
	}
	return n, err
}
