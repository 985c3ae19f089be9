package search

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"github.com/beistand/beistand/app/desk/search/terms"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/index"
)

// Query is what is looked for.
type Query struct {
	Words []terms.Word
	Rooms []Room

	Product, Version, Language string // those alone; "" is all
	Near                       Near
	Not                        int64 // a document that is not wanted; 0 is none
	Limit                      int
}

// outside says whether everybody sees all that is looked through: how rare a word
// is then says nothing of what they do not see.
func (q Query) outside() bool {
	return len(q.Rooms) > 0 && !slices.ContainsFunc(q.Rooms, func(r Room) bool { return !public(r.Doc(0)) })
}

// Near is what a document should fit, and need not.
type Near struct{ Product, Version, Language string }

// Bounds of one search, so that it takes no longer than it may.
const (
	maxLooked = 64     // words that rank, those that weigh most
	maxTaken  = 60_000 // candidates that the rarest words give, unless the rarest alone gives more
	maxTested = 8      // words that candidates are tested for before they are ranked
	maxRanked = 250    // candidates that are ranked by their weights
	maxEnds   = 24     // terms that an unfinished word may become, the most frequent
	maxBegun  = 3000   // and of how many of them these are taken
)

// looked is a word with what the index knows of it.
type looked struct {
	at    int // in Query.Words
	terms []uint32
	count int64   // documents that have it, at most
	rare  float64 // how rare it is (inverse document frequency), times the word's weight
}

// Terms that are no words, for filters.
const (
	ofProduct  = "=p:"
	ofVersion  = "=v:"
	ofLanguage = "=l:"
)

// filters are the terms that a document must have.
func (q Query) filters() []string {
	var list []string
	for _, f := range []struct{ mark, value string }{{ofProduct, q.Product}, {ofVersion, q.Version}, {ofLanguage, q.Language}} {
		if f.value != "" {
			list = append(list, filter(f.mark, f.value))
		}
	}
	return list
}

// maxFilter bounds a filter's term, in bytes.
const maxFilter = 100

func filter(mark, value string) string {
	value = strings.ToLower(strings.TrimSpace(value))
	if mark == ofLanguage {
		value, _, _ = strings.Cut(value, "-")
	}
	return strings.ToValidUTF8(mark+value[:min(len(value), maxFilter)], "")
}

// look finds what the index knows of the words, those that weigh most, and of
// the filters; ok is false when a filter fits nothing. The caller holds the tail.
func (x *Index) look(ctx context.Context, q db.Querier, w Query) (words []looked, filters []uint32, ok bool, err error) {
	names := w.filters()
	for _, word := range w.Words {
		names = append(names, word.Terms...)
	}
	known, err := index.Terms(ctx, q, names)
	if err != nil {
		return nil, nil, false, err
	}
	for _, f := range w.filters() {
		k, is := known[f]
		if !is {
			return nil, nil, false, nil
		}
		filters = append(filters, k.ID)
	}
	all := float64(x.tail.documents(w.outside()))
	for i, word := range w.Words {
		l := looked{at: i}
		for _, t := range word.Terms {
			if k, is := known[t]; is && !slices.Contains(l.terms, k.ID) {
				l.terms = append(l.terms, k.ID)
				l.count += x.tail.frequency(k, w.outside())
			}
		}
		if word.Prefix != "" {
			if err := x.ends(ctx, q, word.Prefix, w.outside(), &l); err != nil {
				return nil, nil, false, err
			}
		}
		n := min(float64(l.count), all)
		l.rare = float64(word.Weight) * math.Log(1+(all-n+0.5)/(n+0.5))
		words = append(words, l)
	}
	if len(words) > maxLooked {
		slices.SortStableFunc(words, func(a, b looked) int { return -cmp.Compare(a.worth(), b.worth()) })
		words = words[:maxLooked]
	}
	return words, filters, true, nil
}

// worth is 0 for what no document has.
func (l looked) worth() float64 {
	if l.count == 0 {
		return 0
	}
	return l.rare
}

// ends adds the terms that an unfinished word may become.
func (x *Index) ends(ctx context.Context, q db.Querier, prefix string, outside bool, l *looked) error {
	begun, err := index.Beginning(ctx, q, prefix, maxBegun)
	if err != nil {
		return err
	}
	type end struct {
		index.Term
		n int64
	}
	list := make([]end, 0, len(begun))
	for _, k := range begun {
		if n := x.tail.frequency(k, outside); n > 0 && !slices.Contains(l.terms, k.ID) {
			list = append(list, end{k, n})
		}
	}
	slices.SortFunc(list, func(a, b end) int { return cmp.Or(-cmp.Compare(a.n, b.n), strings.Compare(a.Term.Term, b.Term.Term)) })
	for _, e := range list[:min(len(list), maxEnds)] {
		l.terms = append(l.terms, e.ID)
		l.count += e.n
	}
	return nil
}
