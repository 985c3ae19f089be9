package terms

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Field is one piece of what is looked for, or looked through.
type Field struct {
	Text   string
	Weight float32 // of each of its words; 0 is 1
	Sign   bool    // error texts and shapes of log lines, one a line
}

// Weighted is a term of a document: 255 is all that a term can weigh in one.
type Weighted struct {
	Term   string
	Weight uint8
}

// The figures of BM25 (Robertson and Zaragoza, The Probabilistic Relevance
// Framework, 2009). The average length is a fixed one, so that a document's
// terms do not depend on the others.
const (
	k1      = 1.2
	b       = 0.4
	average = 120 // words
)

// How much of a field's weight a term has.
const (
	ofNumber = 0.5 // numbers are rare, and seldom what a case is about
	ofPart   = 0.5 // of a word that is made of two
	ofSign   = 2   // each word of an error text
)

// Document gives the terms of a document whose language is said to be tag
// (BCP 47), in the terms' order. Each field's own language is looked for.
func Document(tag string, fields []Field) []Weighted {
	said := LanguageOf(tag)
	count := map[string]float32{}
	length := float32(0)
	for _, f := range fields {
		weight := cmp.Or(f.Weight, 1)
		l := detect(f.Text, said)
		perWord := weight
		if f.Sign {
			perWord *= ofSign
		}
		tokens(f.Text, func(t token) {
			length++
			switch t.kind {
			case sign:
				count[t.text] += weight
			case number:
				count[t.text] += perWord * ofNumber
			case word:
				if stops[l][t.text] {
					length--
					return
				}
				count[stem(t.text, l)] += perWord
				if head, tail := compound(t.text, l); head != "" {
					count[stem(head, l)] += perWord * ofPart
					count[stem(tail, l)] += perWord * ofPart
				}
			}
		})
		for line := range shapes(f) {
			count[line] += weight
		}
	}
	delete(count, "")
	list := make([]Weighted, 0, len(count))
	for term, n := range count {
		saturated := float64(n) * (k1 + 1) / (float64(n) + k1*(1-b+b*float64(length)/average))
		list = append(list, Weighted{term, uint8(max(1, min(255, math.Round(saturated/(k1+1)*255))))})
	}
	if len(list) > MaxTerms {
		slices.SortFunc(list, func(a, b Weighted) int {
			return cmp.Or(-cmp.Compare(lasting(a), lasting(b)), cmp.Compare(a.Term, b.Term))
		})
		list = list[:MaxTerms]
	}
	slices.SortFunc(list, func(a, b Weighted) int { return strings.Compare(a.Term, b.Term) })
	return list
}

// lasting is what counts when a document has too many terms: signs stay.
func lasting(w Weighted) int {
	if IsSign(w.Term) {
		return int(w.Weight) + 256
	}
	return int(w.Weight)
}

// maxShapes is how many lines of one field can be signs.
const maxShapes = 60

// shapes gives the terms of a field's whole lines: of signs each, of other
// texts those that a program has written.
func shapes(f Field) func(func(string, string) bool) {
	return func(yield func(term, line string) bool) {
		n := 0
		for line := range strings.SplitSeq(cut(f.Text, MaxText), "\n") {
			line = strings.TrimSpace(line)
			if n == maxShapes {
				return
			}
			if !f.Sign && !programs(line) {
				continue
			}
			if term := shapeOf(line); term != "" {
				n++
				if !yield(term, line) {
					return
				}
			}
		}
	}
}
