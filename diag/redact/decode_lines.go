package redact

import "bytes"

// lines says in which line an offset is that lies at most linesKept back.
type lines struct {
	size   int64 // of the text until now
	before int64 // lines ended before the oldest of ends
	ends   []int64
}

// linesKept is more than what a Writer may speak of.
const linesKept = 2 * window

func (l *lines) add(p []byte) {
	if l == nil {
		return
	}
	old := 0
	for old < len(l.ends) && l.ends[old] < l.size-linesKept {
		old++
	}
	if old > len(l.ends)/2 {
		l.ends = append(l.ends[:0], l.ends[old:]...)
		l.before += int64(old)
	}
	for i := 0; ; i++ {
		n := bytes.IndexByte(p[i:], '\n')
		if n < 0 {
			break
		}
		i += n
		l.ends = append(l.ends, l.size+int64(i))
	}
	l.size += int64(len(p))
}

func (l *lines) at(offset int64) int64 {
	if l == nil {
		return 0
	}
	lo, hi := 0, len(l.ends)
	for lo < hi {
		if mid := (lo + hi) / 2; l.ends[mid] < offset {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return l.before + int64(lo) + 1
}
