package redact

import (
	"bytes"
	"io"
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
