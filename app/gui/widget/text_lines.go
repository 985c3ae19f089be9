//go:build !headless

package widget

import (
	"bytes"
	"context"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lines is a text cut into lines, ready to be shown. It does not change.
type Lines struct {
	text   []byte
	starts []int // of each line in text
	Widest int   // columns of the longest line
}

const tab = 4 // columns

// NewLines indexes text; it takes some milliseconds a megabyte, so it is
// called away from the user interface's thread. text must not change later.
func NewLines(text []byte) *Lines {
	l := &Lines{text: text}
	for at := 0; at < len(text); {
		l.starts = append(l.starts, at)
		end := bytes.IndexByte(text[at:], '\n')
		if end < 0 {
			end = len(text) - at
		}
		line := text[at : at+end]
		l.Widest = max(l.Widest, utf8.RuneCount(line)+(tab-1)*bytes.Count(line, []byte{'\t'}))
		at += end + 1
	}
	return l
}

// Len is the number of lines.
func (l *Lines) Len() int {
	if l == nil {
		return 0
	}
	return len(l.starts)
}

// Raw is one line as it stands in the text, without its end.
func (l *Lines) Raw(i int) []byte {
	end := len(l.text)
	if i+1 < len(l.starts) {
		end = l.starts[i+1] - 1
	}
	return bytes.TrimRight(l.text[l.starts[i]:end], "\r\n")
}

// Columns is the part of a line that stands in columns from to to, as it is
// shown: tabs as spaces, and a mark for each byte or rune that has no shape.
func (l *Lines) Columns(i, from, to int) string {
	var b strings.Builder
	column := 0
	put := func(r rune) {
		if column >= from && column < to {
			b.WriteRune(r)
		}
		column++
	}
	for line := l.Raw(i); len(line) > 0 && column < to; {
		r, n := utf8.DecodeRune(line)
		line = line[n:]
		switch {
		case r == '\t':
			for range tab {
				put(' ')
			}
		case !unicode.IsPrint(r):
			put('·')
		default:
			put(r)
		}
	}
	return b.String()
}

// Offset is the byte of a line, as Raw gives it, that stands in a column; past
// its end it is the line's length.
func (l *Lines) Offset(i, column int) int {
	line, at := l.Raw(i), 0
	for c := 0; at < len(line) && c < column; {
		r, n := utf8.DecodeRune(line[at:])
		if c += width(r); c > column {
			return at
		}
		at += n
	}
	return at
}

// Column is where a byte of a line is shown.
func (l *Lines) Column(i, offset int) (column int) {
	line := l.Raw(i)
	for at := 0; at < min(offset, len(line)); {
		r, n := utf8.DecodeRune(line[at:])
		column += width(r)
		at += n
	}
	return column
}

// width is how many columns a letter takes.
func width(r rune) int {
	if r == '\t' {
		return tab
	}
	return 1
}

// Find gives the lines that contain query, letters' case aside, in order. It
// stops with what it has when ctx ends or most lines are found.
func (l *Lines) Find(ctx context.Context, query string, most int) []int {
	needle := bytes.ToLower([]byte(query))
	if len(needle) == 0 {
		return nil
	}
	var found []int
	for i := range l.Len() {
		if i%4096 == 0 && ctx.Err() != nil {
			return found
		}
		if bytes.Contains(bytes.ToLower(l.Raw(i)), needle) {
			if found = append(found, i); len(found) == most {
				return found
			}
		}
	}
	return found
}
