//go:build !headless

package widget

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// place is between two letters of a text.
type place struct{ line, at int } // at counts bytes

func (p place) before(q place) bool { return p.line < q.line || p.line == q.line && p.at < q.at }

// selection is from where it was begun to where it is held.
type selection struct {
	on           bool
	anchor, head place
}

// ends gives the selection's two ends in the text's order, or twice the same.
// A span is taken whole: half a word for a password is no text.
func (v *TextView) ends() (from, to place) {
	from, to = v.sel.anchor, v.sel.head
	if to.before(from) {
		from, to = to, from
	}
	if !v.sel.on || from == to || to.line >= v.lines.Len() {
		return from, from
	}
	from.at, to.at = min(from.at, len(v.lines.Raw(from.line))), min(to.at, len(v.lines.Raw(to.line)))
	for _, s := range v.spans(from.line) {
		if s.From < from.at && from.at < s.To {
			from.at = s.From
		}
	}
	for _, s := range v.spans(to.line) {
		if s.From < to.at && to.at < s.To {
			to.at = s.To
		}
	}
	return from, to
}

func (v *TextView) spans(line int) []Span {
	if v.Spans == nil {
		return nil
	}
	return v.Spans(v.lines.Raw(line))
}

// maxSelected bounds what is taken of a selection, in lines.
const maxSelected = 200

// Selection is what is selected, its lines parted by "\n".
func (v *TextView) Selection() string {
	from, to := v.ends()
	if from == to {
		return ""
	}
	var b strings.Builder
	for line := from.line; line <= min(to.line, from.line+maxSelected); line++ {
		raw := v.lines.Raw(line)
		begin, end := 0, len(raw)
		if line == from.line {
			begin = from.at
		} else {
			b.WriteByte('\n')
		}
		if line == to.line {
			end = to.at
		}
		b.Write(raw[min(begin, end):end])
	}
	return b.String()
}

// Select selects a part of a line, in bytes.
func (v *TextView) Select(line, from, to int) {
	v.choose(selection{on: true, anchor: place{line, from}, head: place{line, to}})
}

// choose takes another selection and tells of it.
func (v *TextView) choose(s selection) {
	before := v.sel
	v.sel = s
	if s != before {
		v.sheet.Refresh()
		if v.Selected != nil {
			v.Selected(v.Selection())
		}
	}
}

// word gives the ends of the word, or of the span, at a place.
func (v *TextView) word(p place) (from, to place) {
	raw := v.lines.Raw(p.line)
	for _, s := range v.spans(p.line) {
		if s.From <= p.at && p.at <= s.To {
			return place{p.line, s.From}, place{p.line, s.To}
		}
	}
	begin, end := p.at, p.at
	for begin > 0 {
		r, n := utf8.DecodeLastRune(raw[:begin])
		if !inWord(r) {
			break
		}
		begin -= n
	}
	for end < len(raw) {
		r, n := utf8.DecodeRune(raw[end:])
		if !inWord(r) {
			break
		}
		end += n
	}
	return place{p.line, begin}, place{p.line, end}
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' || r == '-' }
