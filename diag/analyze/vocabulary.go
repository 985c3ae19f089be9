package analyze

import "slices"

// vocabulary is all words that anything here looks for in logs, found in one
// pass over a line.
type vocabulary struct {
	*automaton
	trouble wordSet // troubleWords
	surely  wordSet // those that say it without "error" and "fail"
	calm    wordSet // calmWords
	signs   wordSet // the words of all signs
	bySign  []wordSet
}

// words serves all signs.
var words = newVocabulary(signs)

func newVocabulary(signs []sign) *vocabulary {
	v := &vocabulary{bySign: make([]wordSet, len(signs))}
	var all []string
	index := func(word string) int {
		if i := slices.Index(all, word); i >= 0 {
			return i
		}
		all = append(all, word)
		return len(all) - 1
	}
	for i, w := range troubleWords {
		v.trouble.add(index(w))
		if i > 1 {
			v.surely.add(index(w))
		}
	}
	for _, w := range calmWords {
		v.calm.add(index(w))
	}
	for i, s := range signs {
		for _, w := range s.words {
			v.bySign[i].add(index(w))
			v.signs.add(index(w))
		}
	}
	v.automaton = newAutomaton(all)
	return v
}
