package search

import (
	"cmp"
	"slices"

	"github.com/beistand/beistand/app/desk/store/index"
)

// frequency is how many documents have a term, and how many there are.
func (t *tail) frequency(k index.Term, outside bool) int64 {
	n := k.Outside
	if !outside {
		n += k.Inside
	}
	if d := t.counts[k.ID]; d != nil {
		n += d.outside
		if !outside {
			n += d.inside
		}
	}
	return max(0, n)
}

func (t *tail) documents(outside bool) int64 {
	n := t.stats.outside
	if !outside {
		n += t.stats.inside
	}
	for _, f := range t.docs {
		if !f.done.IsZero() || outside && !public(f.Doc.Doc) {
			continue
		}
		if len(f.posted) == 0 && len(f.list) > 0 {
			n++
		}
	}
	return max(1, n)
}

// pick takes candidates, as Index.pick does from the posts.
func (t *tail) pick(w Query, words []looked) []*fresh {
	score := make([]float32, t.slots)
	var seen []*fresh
	for _, l := range words {
		for _, term := range l.terms {
			for _, f := range t.posts[term] {
				if room, _ := Split(f.Doc.Doc); f.old || f.Doc.Doc == w.Not || !slices.Contains(w.Rooms, room) {
					continue
				}
				if score[f.slot] == 0 {
					seen = append(seen, f)
				}
				score[f.slot] += float32(l.rare)
			}
		}
	}
	if len(seen) > maxRanked {
		slices.SortFunc(seen, func(a, b *fresh) int {
			return cmp.Or(-cmp.Compare(score[a.slot], score[b.slot]), -cmp.Compare(a.Doc.Doc, b.Doc.Doc))
		})
		seen = seen[:maxRanked]
	}
	return seen
}

// having gives the tickets below a number that have every word, the highest first.
func (t *tail) having(words []looked, before int64) []int64 {
	least := -1 // the word that fewest have
	fewest := 0
	for i, l := range words {
		n := 0
		for _, term := range l.terms {
			n += len(t.posts[term])
		}
		if least < 0 || n < fewest {
			least, fewest = i, n
		}
	}
	var list []int64
	for _, term := range words[least].terms {
		for _, f := range t.posts[term] {
			if !f.old && f.Doc.Doc < before && hasAll(f.list, words) {
				list = append(list, f.Doc.Doc)
			}
		}
	}
	slices.Sort(list)
	list = slices.Compact(list)
	slices.Reverse(list)
	return list
}
