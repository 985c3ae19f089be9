//go:build !headless

package evidence

import (
	"bytes"
	"errors"
	"io"

	"github.com/beistand/beistand/app/gui/widget"
)

// How a long text is cut into parts, of which one is held at a time.
const (
	maxText = 8 << 20  // bytes of a part,
	maxMore = 64 << 10 // and up to the end of its last line, if that is no further
)

// part is a part of a text, in whole lines as far as these are not too long.
type part struct {
	bytes []byte
	lines *widget.Lines
	index int  // from 0
	first int  // the number of its first line, from 1
	more  bool // others follow
}

// readPart reads up to the part that is meant, or up to the last.
func readPart(r io.Reader, s spot) (part, error) {
	p := part{first: 1}
	var rest []byte // read already, of the next part
	for {
		var err error
		p.bytes, rest, err = onePart(r, rest)
		if err != nil {
			return part{}, err
		}
		p.more = len(rest) > 0
		lines := bytes.Count(p.bytes, []byte{'\n'})
		meant := p.index >= s.part
		if s.line > 0 {
			meant = s.line < p.first+lines
		}
		if meant || !p.more {
			return p, nil
		}
		p.index++
		p.first += lines
	}
}

// onePart gives one part, and what was read of the next: at least a byte if there is one.
func onePart(r io.Reader, begun []byte) (text, rest []byte, err error) {
	const most = maxText + maxMore
	text = append([]byte(nil), begun...)
	for len(text) <= most {
		if cap(text)-len(text) < 512 {
			text = append(make([]byte, 0, min(max(2*cap(text), 64<<10), most+1+512)), text...)
		}
		n, err := r.Read(text[len(text):cap(text)])
		text = text[:len(text)+n]
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, nil, err
		}
	}
	if len(text) <= maxText {
		return text, nil, nil
	}
	end := maxText
	if i := bytes.IndexByte(text[end-1:min(len(text), most)], '\n'); i >= 0 {
		end += i
	}
	return text[:end:end], text[end:], nil
}
