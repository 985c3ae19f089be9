package terms

import (
	"unicode"
	"unicode/utf8"
)

// chunk is what stands between white space, without the punctuation around
// it: text[from:to].
type chunk struct{ from, to int }

// maxChunk is how long something without white space is looked at as one, in
// bytes: longer ones are data and not words.
const maxChunk = 200

// chunks gives a text's chunks, in order.
func chunks(text string, each func(chunk)) {
	from := -1
	for i, r := range text {
		switch {
		case unicode.IsSpace(r) || r == '|' || r == '"' || r == '„' || r == '“' || r == '”' || r == '«' || r == '»' || r == utf8.RuneError || r < ' ':
			if from >= 0 {
				trimmed(text, from, i, each)
			}
			from = -1
		case from < 0:
			from = i
		}
	}
	if from >= 0 {
		trimmed(text, from, len(text), each)
	}
}

func trimmed(text string, from, to int, each func(chunk)) {
	for from < to {
		r, n := utf8.DecodeRuneInString(text[from:to])
		if inWord(r) || r == '_' {
			break
		}
		from += n
	}
	for from < to {
		r, n := utf8.DecodeLastRuneInString(text[from:to])
		if inWord(r) || r == '_' {
			break
		}
		to -= n
	}
	if from < to && to-from <= maxChunk {
		each(chunk{from, to})
	}
}

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

// part is a run of letters, or of digits, within a chunk.
type part struct {
	from, to int
	digits   bool
}

// parts splits a chunk into runs of letters and of digits. joined says that
// nothing but hyphens stands between them, so that the whole is one word, too.
func parts(text string, c chunk) (list []part, joined bool) {
	joined = true
	p := part{from: -1}
	for i, r := range text[c.from:c.to] {
		at := c.from + i
		digit := unicode.IsDigit(r)
		switch {
		case !inWord(r):
			joined = joined && (r == '-' || r == '\u2010' || r == '\u2011' || r == '\u00ad')
			if p.from >= 0 && (r == '\'' || r == '’') { // don't, auto's
				if next, _ := utf8.DecodeRuneInString(text[at+utf8.RuneLen(r) : c.to]); unicode.IsLetter(next) && !p.digits {
					continue
				}
			}
			if p.from >= 0 {
				p.to = at
				list = append(list, p)
			}
			p.from = -1
		case p.from < 0:
			p = part{from: at, digits: digit}
		case digit != p.digits:
			p.to = at
			list = append(list, p)
			p = part{from: at, digits: digit}
		}
	}
	if p.from >= 0 {
		p.to = c.to
		list = append(list, p)
	}
	return list, joined && len(list) > 1
}
