package terms

import (
	"cmp"
	"slices"
	"strings"
)

// Word is one thing that is looked for.
type Word struct {
	Text   string   // as it was written
	Terms  []string // any of which is it
	Prefix string   // a term that begins so is it, too; "" when the word is finished
	Weight float32  // beside how rare it is
	Sign   bool
	Part   bool // of a word that is made of two: it helps, and need not be there
}

// How much more than a word a sign weighs.
const (
	weighCode  = 2.5
	weighShape = 4
)

// minPrefix is how many letters an unfinished word has at least before others
// that begin so are looked for.
const minPrefix = 3

// maxQuery is how many words are taken of a text, the first.
const maxQuery = 400

// Query gives what is looked for in fields of a text in the language tag
// ("" is not known), in the order in which it stands there. With typing, the
// last word of the first field that ends without a space may be unfinished.
func Query(tag string, fields []Field, typing bool) []Word {
	q := asked{at: map[string]int{}}
	for _, f := range fields {
		weight := cmp.Or(f.Weight, 1)
		l := detect(f.Text, LanguageOf(tag))
		text := cut(f.Text, MaxText)
		last := -1
		tokens(text, func(t token) {
			switch t.kind {
			case sign:
				q.add(Word{Text: text[t.from:t.to], Terms: []string{t.text}, Weight: weight * weighCode, Sign: true})
			case number:
				q.add(Word{Text: text[t.from:t.to], Terms: []string{t.text}, Weight: weight * ofNumber})
			case word:
				last = q.word(text[t.from:t.to], t.text, weight, l, tag)
				if t.to != len(text) {
					last = -1
				}
			}
		})
		if typing && last >= 0 {
			q.unfinished(last, text)
			typing = false
		}
		for term, line := range shapes(f) {
			q.add(Word{Text: line, Terms: []string{term}, Weight: weight * weighShape, Sign: true})
		}
	}
	return q.words
}

// asked is a query in the making.
type asked struct {
	words []Word
	at    map[string]int // by the first term
}

// add adds a word, or its weight to the same one, and says which it is; -1 is none.
func (q *asked) add(w Word) int {
	if w.Terms[0] == "" {
		return -1
	}
	key := w.Terms[0]
	if i, ok := q.at[key]; ok {
		q.words[i].Weight = min(q.words[i].Weight+w.Weight/2, 3*max(w.Weight, 1))
		q.words[i].Part = q.words[i].Part && w.Part
		for _, term := range w.Terms {
			if !slices.Contains(q.words[i].Terms, term) {
				q.words[i].Terms = append(q.words[i].Terms, term)
			}
		}
		return i
	}
	if len(q.words) == maxQuery {
		return -1
	}
	q.at[key] = len(q.words)
	q.words = append(q.words, w)
	return len(q.words) - 1
}

// word adds a word by its stems in every language, since what is found may be
// in another one than what is asked.
func (q *asked) word(written, low string, weight float32, l Language, tag string) int {
	if stops[l][low] || tag == "" && (stops[English][low] || stops[German][low] || stops[Dutch][low]) {
		return -1
	}
	i := q.add(Word{Text: written, Terms: stems(low, l), Weight: weight})
	for _, other := range []Language{German, Dutch} {
		if l != other && tag != "" {
			continue
		}
		if head, tail := compound(low, other); head != "" {
			q.add(Word{Text: written, Terms: []string{stem(head, other)}, Weight: weight * ofPart, Part: true})
			q.add(Word{Text: written, Terms: []string{stem(tail, other)}, Weight: weight * ofPart, Part: true})
		}
	}
	return i
}

// stems are a word's in every language, l's first, each once.
func stems(low string, l Language) []string {
	list := []string{stem(low, l)}
	for other := range languages {
		if s := stem(low, other); !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

// unfinished says that others that begin as the last word does are meant, too.
func (q *asked) unfinished(i int, text string) {
	at := strings.LastIndexFunc(text, func(r rune) bool { return !inWord(r) })
	begun := fold(strings.ToLower(text[at+1:]))
	if len(begun) >= minPrefix {
		q.words[i].Prefix = begun
	}
}
