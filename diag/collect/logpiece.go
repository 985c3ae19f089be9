package collect

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/beistand/beistand/diag/facts"
)

// piece is what is taken of one log file.
type piece struct {
	path    string
	f       *os.File
	packing packing
	turns   turns // for unpacking
	order   encoding
	clock   lineClock
	total   int64 // bytes of the unpacked file
	start   int64 // of the unpacked file, where a line begins; in the middle of one if middle
	end     int64
	middle  bool
	sized   bool     // start is where it is because of the size, not of the window
	cuts    []string // what else is missing, in words
	later   string   // what lies behind the window, in words
}

// readPiece opens a log and finds what the window has of it. like is the
// clock of the log's newest file, for a packed one; nil if there is none.
// A piece without bytes is one of another time. The caller closes p.f.
func readPiece(ctx context.Context, path string, w window, like *lineClock, t turns) (*piece, error) {
	f, size, err := openLog(path)
	if err != nil {
		return nil, err
	}
	p := &piece{path: path, f: f, turns: t, total: size, end: size}
	if err := p.measure(ctx, w, like); err != nil {
		f.Close()
		return nil, err
	}
	return p, nil
}

func (p *piece) measure(ctx context.Context, w window, like *lineClock) error {
	info, err := p.f.Stat()
	if err != nil {
		return logError(p.path, err)
	}
	p.clock = lineClock{zone: time.Local, near: info.ModTime(), dayFirst: true}
	head := make([]byte, 4<<10)
	n, err := p.f.ReadAt(head, 0)
	if n == 0 && err != nil && err != io.EOF {
		return p.failed(err)
	}
	head = head[:n]
	if p.packing = packingOf(head); p.packing != unpacked {
		if like != nil {
			p.clock.zone, p.clock.dayFirst = like.zone, like.dayFirst
		}
		return p.measurePacked(ctx, w)
	}
	what := kindByMagic(head)
	if p.order = orderOf(head); what == "" {
		what = p.binary(head)
	}
	if what != "" {
		return &binaryError{p.path, what}
	}
	p.trimZeros()
	l := &timeline{r: p.f, size: p.end, order: p.order, clock: p.clock}
	if w.open() {
		return nil
	}
	last, err := l.last()
	if err != nil {
		return p.failed(err)
	}
	l.clock = calibrate(last, p.order, info.ModTime())
	p.clock = l.clock
	if last == nil {
		return nil // lines without times: all of them may belong to the window
	}
	if !w.until.IsZero() {
		if p.end, err = l.first(ctx, w.to().Add(1), true); err != nil {
			return p.failed(err)
		}
		p.after(w, l.size-p.end)
	}
	if !w.since.IsZero() {
		if p.start, err = l.first(ctx, w.from(), false); err != nil {
			return p.failed(err)
		}
	}
	p.start = min(p.start, p.end)
	return nil
}

// after notes what lies behind the window.
func (p *piece) after(w window, n int64) {
	if n > 0 {
		p.later = fmt.Sprintf("what was written after %s, %s", moment(w.until), facts.Size(n))
	}
}

// moment is a point in time as this machine's person reads it.
func moment(t time.Time) string { return t.Local().Format("2006-01-02 15:04:05") }

// binary says what the file is if it is no text.
func (p *piece) binary(head []byte) string {
	if p.order.order != nil {
		return ""
	}
	sample := head
	if at := p.total - probeBytes; at > int64(len(head)) {
		end := make([]byte, probeBytes)
		n, _ := p.f.ReadAt(end, at)
		sample = append(sample[:len(sample):len(sample)], end[:n]...)
	}
	if odd(sample) {
		return "binary data"
	}
	return ""
}

// trimZeros leaves out the zero bytes at the end, which is how a file looks
// whose room was laid out in advance, or that was made long without writing.
func (p *piece) trimZeros() {
	if end := dataEnd(p.f, p.end); end < p.end {
		end += (p.order.unit() - end%p.order.unit()) % p.order.unit()
		p.cuts = append(p.cuts, facts.Size(p.end-end)+" of zero bytes at its end are left out")
		p.end = end
	}
}

// fit moves the piece's start so that no more than most bytes are taken.
func (p *piece) fit(most int64) {
	if p.end-p.start > most {
		p.start, p.sized = p.end-most, true
		p.start += (p.order.unit() - p.start%p.order.unit()) % p.order.unit()
	}
}

// missing says what of the window is not there.
func (p *piece) missing() string {
	all := p.cuts
	if p.start > 0 && p.sized {
		first := fmt.Sprintf("the first %s are left out", facts.Size(p.start))
		if p.middle {
			first += ", and it begins in the middle of a line"
		}
		all = append([]string{first}, all...)
	}
	return strings.Join(all, "; ")
}

// outside says what lies before and behind the window.
func (p *piece) outside(w window) string {
	var all []string
	if p.start > 0 && !p.sized {
		all = append(all, fmt.Sprintf("what was written before %s, %s", moment(w.since), facts.Size(p.start)))
	}
	if p.later != "" {
		all = append(all, p.later)
	}
	return strings.Join(all, "; ")
}

func (p *piece) failed(err error) error {
	return fmt.Errorf("read log file %q: %w", p.path, reason(err))
}
