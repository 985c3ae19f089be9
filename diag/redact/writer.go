package redact

import (
	"errors"
	"io"
	"math"
)

const (
	window      = 256 << 10 // how much text is held at a time,
	firstWindow = 8 << 10   // and at first: most files are small
)

// Writer replaces what it is given and writes what is left. It holds one
// window, whatever the length of the text or of a line. Close writes the rest;
// it does not close what lies below.
type Writer struct {
	dst    io.Writer
	sc     scanner
	window int // how large the buffer may become
	size   int // how large it is, without what stands before and behind
	err    error
	closed bool
}

// NewWriter makes a writer. note, which may be nil, is told of every
// replacement in order.
func (r *Rules) NewWriter(dst io.Writer, names *Names, note func(Replacement)) *Writer {
	return r.newWriter(dst, names, note, window)
}

func (r *Rules) newWriter(dst io.Writer, names *Names, note func(Replacement), window int) *Writer {
	w := &Writer{dst: dst, window: window, size: min(window, firstWindow)}
	w.sc = scanner{
		rules: r, names: names, note: note,
		b: make([]byte, pad+w.size+slack), n: pad, pos: pad, flushed: pad,
		base: -pad, barrier: math.MaxInt,
	}
	for i := range pad {
		w.sc.b[i] = '\n'
	}
	return w
}

var errClosed = errors.New("write to a redactor that was closed")

func (w *Writer) Write(p []byte) (int, error) {
	if w.closed {
		return 0, errClosed
	}
	total := len(p)
	for len(p) > 0 && w.err == nil {
		n := copy(w.sc.b[w.sc.n:pad+w.size], p)
		w.sc.n += n
		p = p[n:]
		switch {
		case w.sc.n < pad+w.size:
		case w.size < w.window:
			w.size = min(4*w.size, w.window)
			larger := make([]byte, pad+w.size+slack)
			copy(larger, w.sc.b[:w.sc.n])
			w.sc.b = larger
		default:
			w.flush(false)
		}
	}
	return total - len(p), w.err
}

// Close redacts what is left and writes it.
func (w *Writer) Close() error {
	if w.closed {
		return w.err
	}
	w.closed = true
	if w.err == nil {
		w.flush(true)
	}
	return w.err
}

func (w *Writer) flush(last bool) {
	sc := &w.sc
	sc.last = last
	clear(sc.b[sc.n : sc.n+slack])
	sc.scan()
	// What a rule may still look back to and replace stays.
	upto := sc.n
	if !last {
		upto = max(sc.flushed, min(sc.pos-back, sc.n))
	}
	sc.emit(upto)
	if len(sc.out) > 0 {
		var n int
		n, w.err = w.dst.Write(sc.out)
		sc.written += int64(n)
		sc.out = sc.out[:0]
	}
	if last {
		return
	}
	// The window moves on; the pad keeps the last bytes before it.
	shift := upto - pad
	copy(sc.b, sc.b[shift:sc.n])
	sc.n -= shift
	sc.pos -= shift
	sc.flushed -= shift
	sc.openAt -= shift
	sc.linesAt -= shift
	for i := range sc.pending {
		sc.pending[i].start -= shift
		sc.pending[i].end -= shift
	}
	if len(sc.pending) > 0 {
		sc.barrier -= shift
	}
	sc.base += int64(shift)
}

// emit copies the text before upto into the output.
func (sc *scanner) emit(upto int) {
	if upto > sc.flushed {
		sc.out = append(sc.out, sc.b[sc.flushed:upto]...)
		sc.flushed = upto
	}
}

// Bytes redacts a short text in memory.
func (r *Rules) Bytes(text []byte, names *Names, note func(Replacement)) []byte {
	var out buffer
	w := r.newWriter(&out, names, note, min(len(text)+1, window))
	_, _ = w.Write(text)
	_ = w.Close()
	return out
}

type buffer []byte

func (b *buffer) Write(p []byte) (int, error) { *b = append(*b, p...); return len(p), nil }
