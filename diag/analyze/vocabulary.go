package analyze

import (
	"slices"
	"sync"

	"github.com/beistand/beistand/diag/analyze/logline"
)

// vocabulary is all words that anything here looks for in logs, found in one
// pass over a line.
type vocabulary struct {
	*logline.Words
	trouble logline.Set // logline.TroubleWords
	surely  logline.Set // those that say it without a doubt
	calm    logline.Set // logline.CalmWords
	signs   logline.Set // the words of all signs
	bySign  []logline.Set
}

// words serves all signs.
var words = sync.OnceValue(func() *vocabulary { return newVocabulary(signs()) })

func newVocabulary(signs []sign) *vocabulary {
	v := &vocabulary{bySign: make([]logline.Set, len(signs))}
	var all []string
	index := func(word string) int {
		if i := slices.Index(all, word); i >= 0 {
			return i
		}
		all = append(all, word)
		return len(all) - 1
	}
	for i, w := range logline.TroubleWords {
		v.trouble.Add(index(w))
		if i >= logline.Doubtful {
			v.surely.Add(index(w))
		}
	}
	for _, w := range logline.CalmWords {
		v.calm.Add(index(w))
	}
	for i, s := range signs {
		for _, w := range s.words {
			v.bySign[i].Add(index(w))
			v.signs.Add(index(w))
		}
	}
	v.Words = logline.NewWords(all)
	return v
}
