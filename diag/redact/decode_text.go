package redact

import (
	"bytes"
	"encoding/binary"
	"io"
	"math/bits"
)

// text chooses how to go on with text, and gives what of the head comes after
// a byte order mark, which is written as it is: rules ask what stands before a
// word, and it is nothing.
func (d *Decoder) text() (io.WriteCloser, []byte) {
	if rest, ok := bytes.CutPrefix(d.head, []byte("\xef\xbb\xbf")); ok {
		_, d.err = d.dst.Write(d.head[:3])
		return d.plain(d.dst), rest
	}
	order, mark := orderOf(d.head)
	if order == nil {
		return d.plain(d.dst), d.head
	}
	if mark > 0 {
		_, d.err = d.dst.Write(d.head[:mark])
	}
	out := &toUTF16{dst: d.dst, order: order}
	return &fromUTF16{next: d.plain(out), last: out, order: order, inside: d.o.inside}, d.head[mark:]
}

// plain is text as bytes: it is checked and then redacted.
type plain struct {
	w      *Writer
	check  checker
	lines  *lines
	size   *sizes
	inside string
}

func (d *Decoder) plain(dst io.Writer) *plain {
	t := &plain{size: d.o.size, inside: d.o.inside}
	var note func(Replacement)
	if d.o.Note != nil {
		if d.o.Lines {
			t.lines = &lines{}
		}
		note = func(r Replacement) {
			d.o.Note(Spot{Replacement: r, Line: t.lines.at(r.From), Inside: d.o.inside})
		}
	}
	t.w = d.rules.NewWriter(dst, d.names, note)
	return t
}

// checkSize is how much text is judged at a time. It is less than the window,
// so that nothing is written of what turns out to be no text.
const checkSize = 16 << 10

func (t *plain) Write(p []byte) (int, error) {
	written := 0
	for len(p) > 0 {
		piece := p[:min(len(p), checkSize-t.check.counted)]
		if reason := t.check.add(piece); reason != "" {
			return written, t.refuse(reason)
		}
		if err := t.size.out(len(piece)); err != nil {
			return written, t.refuse(err.Error())
		}
		t.lines.add(piece)
		n, err := t.w.Write(piece)
		if written += n; err != nil {
			return written, err
		}
		p = p[len(piece):]
	}
	return written, nil
}

func (t *plain) refuse(reason string) error {
	return &Refused{Inside: t.inside, Reason: reason}
}

// Close writes nothing of what turns out to be no text.
func (t *plain) Close() error {
	if t.check.refused != "" || t.check.judge() != "" {
		t.w.closed = true
		return t.refuse(t.check.refused)
	}
	return t.w.Close()
}

// checker tells text from other things by its control characters, block after
// block. A run of zeros counts once: a power cut leaves them in texts.
type checker struct {
	counted  int // bytes of this block
	controls int // characters that text has not, zeros apart
	runs     int // of zeros
	last     byte
	zigzag   int // how often in a row a zero has followed a character
	refused  string
}

const (
	noText   = "it is no text but binary data"
	twoWays  = "its text changes between two encodings"
	hiddenIn = 6 // so many letters with zeros between them are text in UTF-16
)

// add counts a piece of a block and says in words why it is no text, or "".
func (c *checker) add(p []byte) string {
	if c.refused != "" {
		return c.refused
	}
	if controls(p)*20 > len(p) || bytes.IndexByte(p, 0) >= 0 || c.last == 0 {
		if c.slow(p); c.refused != "" {
			return c.refused
		}
	} else {
		c.zigzag, c.last = 0, p[len(p)-1]
	}
	c.counted += len(p)
	if c.counted == checkSize {
		return c.judge()
	}
	return ""
}

// slow looks at each byte.
func (c *checker) slow(p []byte) {
	last := c.last
	for _, b := range p {
		switch {
		case b == 0 && last == 0:
			c.zigzag = 0
		case b == 0:
			c.runs++
			if c.zigzag++; c.zigzag >= hiddenIn {
				c.refused = twoWays
				return
			}
		case last != 0:
			c.zigzag = 0
		}
		if b < ' ' && b != 0 && !textControl[b] || b == 0x7f {
			c.controls++
		}
		last = b
	}
	c.last = last
}

var textControl = [32]bool{'\t': true, '\n': true, '\r': true, '\f': true, '\v': true, '\b': true, 0x1b: true}

// judge ends a block: more than a twentieth of control characters, or zeros
// at every eighth byte, is no text.
func (c *checker) judge() string {
	if c.controls*20 > c.counted || c.runs*8 > c.counted {
		c.refused = noText
	}
	c.counted, c.controls, c.runs = 0, 0, 0
	return c.refused
}

// controls counts bytes below 0x20, line breaks too, eight at a time.
func controls(p []byte) (n int) {
	const high = 0x8080808080808080
	for ; len(p) >= 8; p = p[8:] {
		x := binary.LittleEndian.Uint64(p)
		n += bits.OnesCount64(^((x | high) - 0x2020202020202020) & ^x & high)
	}
	for _, b := range p {
		if b < ' ' {
			n++
		}
	}
	return n
}

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
