package terms

import (
	"strings"
	"unicode/utf8"
)

// Span is a part of a text where a word was found, in bytes.
type Span struct {
	From, To int
	Word     int // which of the words
}

// maxSpans is how many are looked for in one text.
const maxSpans = 400

// Find gives where words stand in a text, in order, none over another.
func Find(text string, words []Word) []Span {
	text = cut(text, MaxText)
	by := make(map[string]int, len(words)*2)
	var prefixes []int
	signs := false
	for i, w := range words {
		for _, term := range w.Terms {
			if _, ok := by[term]; !ok {
				by[term] = i
			}
			signs = signs || term[0] == shape
		}
		if w.Prefix != "" {
			prefixes = append(prefixes, i)
		}
	}
	var list []Span
	add := func(s Span) {
		n := len(list)
		for n > 0 && list[n-1].From >= s.From && list[n-1].To <= s.To {
			n-- // a whole word says more than its parts
		}
		if n > 0 && s.From < list[n-1].To {
			return
		}
		list = list[:n]
		if len(list) < maxSpans {
			list = append(list, s)
		}
	}
	if signs {
		at := 0
		for line := range strings.SplitAfterSeq(text, "\n") {
			plain := strings.TrimSpace(line)
			if i, ok := by[shapeOf(plain)]; ok && plain != "" {
				from := at + strings.Index(line, plain)
				list = append(list, Span{from, from + len(plain), i})
			}
			at += len(line)
		}
	}
	if len(list) > 0 { // what stands within a whole line is marked with it
		lines := list
		list = nil
		next := 0
		tokens(text, func(t token) {
			for next < len(lines) && lines[next].From <= t.from {
				list = append(list, lines[next])
				next++
			}
			if i, ok := match(t, by, words, prefixes); ok {
				add(Span{t.from, t.to, i})
			}
		})
		return append(list, lines[next:]...)
	}
	tokens(text, func(t token) {
		if i, ok := match(t, by, words, prefixes); ok {
			add(Span{t.from, t.to, i})
		}
	})
	return list
}

// match says which word a token is.
func match(t token, by map[string]int, words []Word, prefixes []int) (int, bool) {
	if t.kind != word {
		i, ok := by[t.text]
		return i, ok
	}
	for l := range languages {
		if i, ok := by[stem(t.text, l)]; ok {
			return i, true
		}
	}
	low := fold(t.text)
	for _, i := range prefixes {
		if strings.HasPrefix(low, words[i].Prefix) {
			return i, true
		}
	}
	for _, l := range []Language{German, Dutch} {
		if head, tail := compound(t.text, l); head != "" {
			for _, one := range []string{head, tail} {
				if i, ok := by[stem(one, l)]; ok {
					return i, true
				}
			}
		}
	}
	return 0, false
}

// Runes counts the characters of text[:at].
func Runes(text string, at int) int { return utf8.RuneCountInString(text[:at]) }
