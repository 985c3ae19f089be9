package search

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/index"
)

// Result is a document that was found.
type Result struct {
	Doc      int64
	Score    float64
	Strength int // 1 to 100: how much of what was looked for it has, by weight
	Hits     []Hit
	Product  string
	Version  string
	Language string
	At       int64
	Helped   int64
}

// Hit is a word that a document has.
type Hit struct {
	Word  int // in Query.Words
	Share int // of the document's score, in percent
}

// maxHits is how many hits a result tells of, those that weigh most.
const maxHits = 12

// How much more a document counts that fits otherwise, too.
const (
	sameProduct  = 1.2
	sameVersion  = 1.1
	sameRelease  = 1.05 // the same but for the last number
	sameLanguage = 1.05
	edited       = 1.15 // an article was written to be found
	perHelp      = 0.08 // times the binary logarithm of how often it was the answer
	mostHelp     = 1.5
)

// enough is how much of its weight a word has in a document that is all about it.
const enough = 0.6

// ranker ranks documents by their terms' weights.
type ranker struct {
	query   Query
	words   []looked
	terms   []termOf // in order
	filters []uint32 // in order
	whole   float64  // what a document could have
	best    []float64
	buffer  []weighed
}

type termOf struct {
	term uint32
	word int
}

func newRanker(w Query, words []looked, filters []uint32) *ranker {
	r := &ranker{query: w, words: words, filters: slices.Sorted(slices.Values(filters)), best: make([]float64, len(words))}
	for i, l := range words {
		for _, t := range l.terms {
			r.terms = append(r.terms, termOf{t, i})
		}
		word := w.Words[l.at]
		if l.count > 0 && !word.Part {
			r.whole += l.rare * enough
		} else if !word.Sign && !word.Part { // what nobody ever wrote is not there
			r.whole += l.rare * enough / 2
		}
	}
	slices.SortFunc(r.terms, func(a, b termOf) int { return cmp.Or(cmp.Compare(a.term, b.term), cmp.Compare(a.word, b.word)) })
	return r
}

// scored is a document that was ranked.
type scored struct {
	doc  *index.Doc
	list []weighed // nil: in doc.Vector
	all  float64   // how good it is
}

// order puts the best first, and of equal ones the newer.
func order(a, b scored) int {
	return cmp.Or(-cmp.Compare(a.all, b.all), -cmp.Compare(a.doc.At, b.doc.At), -cmp.Compare(a.doc.Doc, b.doc.Doc))
}

// rank gives what a document has of the words, each in r.best, and together; 0
// is nothing, or that it does not fit a filter.
func (r *ranker) rank(list []weighed) float64 {
	clear(r.best)
	f, j := 0, 0
	for _, w := range list {
		for j < len(r.terms) && r.terms[j].term < w.term {
			j++
		}
		for k := j; k < len(r.terms) && r.terms[k].term == w.term; k++ {
			word := r.terms[k].word
			r.best[word] = max(r.best[word], r.words[word].rare*float64(w.weight)/255)
		}
		for f < len(r.filters) && r.filters[f] == w.term {
			f++
		}
	}
	if f < len(r.filters) {
		return 0
	}
	sum := 0.0
	for _, s := range r.best {
		sum += s
	}
	return sum
}

// result tells of a document that was ranked.
func (r *ranker) result(c scored) (Result, error) {
	list, d := c.list, c.doc
	if list == nil {
		var err error
		if list, err = unpackVector(d.Vector, r.buffer); err != nil {
			return Result{}, err
		}
		r.buffer = list
	}
	sum := r.rank(list)
	return Result{
		Doc: d.Doc, Score: c.all, Strength: max(1, min(100, int(math.Round(sum/max(r.whole, 1e-9)*100)))), Hits: r.hits(sum),
		Product: d.Product, Version: d.Version, Language: d.Language, At: d.At, Helped: d.Helped,
	}, nil
}

// fit is how well a document fits besides its words.
func (r *ranker) fit(d *index.Doc) float64 {
	near := r.query.Near
	m := 1.0
	if near.Product != "" && strings.EqualFold(near.Product, d.Product) {
		m *= sameProduct
		switch {
		case near.Version == "" || d.Version == "":
		case near.Version == d.Version:
			m *= sameVersion
		case release(near.Version) == release(d.Version):
			m *= sameRelease
		}
	}
	if near.Language != "" && filter(ofLanguage, near.Language) == filter(ofLanguage, d.Language) {
		m *= sameLanguage
	}
	if room, _ := Split(d.Doc); room == Articles {
		m *= edited
	}
	return m * min(mostHelp, 1+perHelp*math.Log2(float64(1+d.Helped)))
}

// release is a version without its last number.
func release(version string) string {
	return version[:max(0, strings.LastIndexByte(version, '.'))]
}

func (r *ranker) hits(sum float64) []Hit {
	var list []Hit
	for i, s := range r.best {
		if s > 0 {
			list = append(list, Hit{r.words[i].at, int(math.Round(s / sum * 100))})
		}
	}
	slices.SortStableFunc(list, func(a, b Hit) int { return -cmp.Compare(a.Share, b.Share) })
	return list[:min(len(list), maxHits)]
}

// Search gives what has most of what is looked for, the best first.
func (x *Index) Search(ctx context.Context, w Query) (results []Result, err error) {
	err = x.db.View(ctx, func(tx *db.Tx) error {
		if err := x.tail.refresh(ctx, tx, x.now()); err != nil {
			return err
		}
		x.tail.mu.RLock()
		defer x.tail.mu.RUnlock()
		words, filters, ok, err := x.look(ctx, tx, w)
		if err != nil || !ok {
			return err
		}
		results, err = x.ranked(ctx, tx, w, words, filters)
		return err
	})
	return results, err
}

func (x *Index) ranked(ctx context.Context, q db.Querier, w Query, words []looked, filters []uint32) ([]Result, error) {
	picked, err := x.pick(ctx, q, w, words, filters)
	if err != nil {
		return nil, err
	}
	numbers := make([]int64, len(picked))
	for i, c := range picked {
		numbers[i] = c.doc
	}
	docs, err := index.Docs(ctx, q, numbers)
	if err != nil {
		return nil, err
	}
	r := newRanker(w, words, filters)
	list := make([]scored, 0, len(docs))
	for i := range docs {
		d := &docs[i]
		if r.buffer, err = unpackVector(d.Vector, r.buffer); err != nil {
			return nil, err
		}
		if sum := r.rank(r.buffer); sum > 0 {
			list = append(list, scored{d, nil, sum * r.fit(d)})
		}
	}
	for _, f := range x.tail.pick(w, words) {
		if sum := r.rank(f.list); sum > 0 {
			list = append(list, scored{&f.Doc, f.list, sum * r.fit(&f.Doc)})
		}
	}
	slices.SortFunc(list, order)
	var results []Result
	for _, c := range list[:min(len(list), w.Limit)] {
		one, err := r.result(c)
		if err != nil {
			return nil, err
		}
		results = append(results, one)
	}
	return results, nil
}
