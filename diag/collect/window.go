package collect

import (
	"context"
	"errors"
	"io"
	"time"
)

// window is a span of time; a zero end is open.
type window struct{ since, until time.Time }

// margin widens the window: programs with several threads write lines a
// little out of order.
const margin = 2 * time.Second

func (w window) open() bool { return w.since.IsZero() && w.until.IsZero() }

// from and to are the bounds as lines are held against them: the first line
// at or after from, and the first one after to.
func (w window) from() time.Time { return w.since.Add(-margin) }
func (w window) to() time.Time   { return w.until.Add(margin) }

const (
	probeBytes = 64 << 10  // what is read to find one line with a time
	probeMost  = 512 << 10 // how far it is searched for, as with stack traces between
)

// timeline is a log whose lines have times, in the order in which they were written.
type timeline struct {
	r     io.ReaderAt
	size  int64
	order encoding
	clock lineClock
	buf   []byte // of probe
}

// probe finds the first line that begins in [at, end), has a time, and was
// written at target or later. With at at 0 the first line counts; else what
// at stands in the middle of does not. It gives up after probeMost bytes.
func (l *timeline) probe(at, end int64, target time.Time) (line int64, t time.Time, ok bool, err error) {
	at -= at % l.order.unit()
	if l.buf == nil {
		l.buf = make([]byte, probeBytes)
	}
	for skip, stop := at > 0, at+probeMost; at < end && at < stop; {
		n, err := l.r.ReadAt(l.buf[:min(int64(len(l.buf)), l.size-at)], at)
		if n == 0 {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return 0, t, false, err
		}
		last := at+int64(n) >= l.size
		begin := 0
		for begin < n && at+int64(begin) < end {
			one := l.buf[begin:n]
			length := l.order.lineEnd(one)
			if length < 0 && begin > 0 && !last {
				break // its end is in the next block, which begins with it
			}
			if length < 0 {
				length = len(one)
			}
			if !skip {
				if t, ok := l.clock.stamp(l.order.plain(one[:length])); ok && !t.Before(target) {
					return at + int64(begin), t, true, nil
				}
			}
			// A line longer than a block goes on in the next one.
			skip = begin == 0 && length == n && !last && l.order.lineEnd(l.buf[:n]) < 0
			begin += length
		}
		at += int64(begin)
	}
	return 0, t, false, nil
}

// first finds where the first line begins that is written at target or later,
// by halving: a few dozen reads, however large the log is. Where lines have no
// times for long, more is taken rather than less: for the window's begin
// (more is false) the place before them, for its end (true) the one behind.
func (l *timeline) first(ctx context.Context, target time.Time, more bool) (int64, error) {
	low, high := int64(0), l.size
	for high-low > probeBytes {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		mid := low + (high-low)/2
		line, t, ok, err := l.probe(mid, high, time.Time{})
		switch {
		case err != nil:
			return 0, err
		case !ok && more:
			low = mid
		case !ok:
			high = mid
		case t.Before(target):
			low = line
		default:
			high = mid
		}
	}
	line, _, ok, err := l.probe(low, l.size, target)
	switch {
	case ok || err != nil:
		return line, err
	case more:
		return l.size, nil
	}
	return high, nil
}

// last finds the last line that has a time, for as far as a log's end can be
// without one; nil if there is none.
func (l *timeline) last() ([]byte, error) {
	for back := int64(4 << 10); ; back *= 4 {
		at := max(0, l.size-back)
		var found []byte
		for {
			line, _, ok, err := l.probe(at, l.size, time.Time{})
			if err != nil {
				return nil, err
			}
			if !ok {
				break
			}
			found = make([]byte, min(int64(stampDepthJSON), l.size-line))
			n, _ := l.r.ReadAt(found, line)
			found = found[:n]
			at = line + l.order.unit()
		}
		if found != nil || at == 0 || back > probeMost {
			return found, nil
		}
	}
}
