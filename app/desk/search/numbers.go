package search

import (
	"context"
	"slices"

	"github.com/beistand/beistand/app/desk/search/terms"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/index"
)

// blocksAtOnce is how many blocks a list is read by, the newest first.
const blocksAtOnce = 4

// Numbers gives the numbers of tickets that have all words of a text, by their
// stems, the highest first: those below before (0 is all), at most limit. A
// text without any word has none.
func (x *Index) Numbers(ctx context.Context, text string, before int64, limit int) (numbers []int64, err error) {
	words := terms.Query("", []terms.Field{{Text: text}}, true)
	words = slices.DeleteFunc(words, func(w terms.Word) bool { return w.Part })
	if len(words) == 0 || limit < 1 {
		return nil, nil
	}
	err = x.db.View(ctx, func(tx *db.Tx) error {
		numbers = nil
		if err := x.tail.refresh(ctx, tx, x.now()); err != nil {
			return err
		}
		x.tail.mu.RLock()
		defer x.tail.mu.RUnlock()
		found, _, _, err := x.look(ctx, tx, Query{Words: words})
		if err != nil {
			return err
		}
		for _, l := range found {
			if l.count == 0 {
				return nil
			}
		}
		if before <= 0 {
			before = 1 << roomBits
		}
		numbers, err = x.all(ctx, tx, found, before, limit)
		return err
	})
	return numbers, err
}

// all gives tickets that have every word.
func (x *Index) all(ctx context.Context, q db.Querier, words []looked, before int64, limit int) ([]int64, error) {
	newest := x.tail.having(words, before)
	of := map[uint32][]int{}
	var ids []uint32
	for i, l := range words {
		for _, id := range l.terms {
			if of[id] == nil {
				ids = append(ids, id)
			}
			of[id] = append(of[id], i)
		}
	}
	last, err := index.Last(ctx, q, 0, min(before, 1<<roomBits))
	if err != nil {
		return nil, err
	}
	var numbers []int64
	merge := func(down int64) { // those of the tail that come first
		for len(newest) > 0 && newest[0] > down && len(numbers) < limit {
			numbers = append(numbers, newest[0])
			newest = newest[1:]
		}
	}
	bd := boards.Get().(*board)
	defer boards.Put(bd)
	for to := last >> blockBits; last >= 0 && to >= 0 && len(numbers) < limit; to -= blocksAtOnce {
		from := max(0, to-blocksAtOnce+1)
		blocks := make([][]packed, to-from+1)
		err := index.Posts(ctx, q, ids, from, to, func(p index.Post) {
			for _, i := range of[p.Term] {
				blocks[p.Block-from] = append(blocks[p.Block-from], packed{i, p.Posts})
			}
		})
		if err != nil {
			return nil, err
		}
		for block := to; block >= from && len(numbers) < limit; block-- {
			if err := bd.meet(blocks[block-from], len(words)); err != nil {
				return nil, err
			}
			for at := range bd.must.down {
				doc := block<<blockBits | int64(at)
				if doc >= before || x.tail.docs[doc] != nil {
					continue
				}
				if merge(doc); len(numbers) == limit {
					break
				}
				numbers = append(numbers, doc)
			}
		}
	}
	merge(0)
	return numbers, nil
}

// meet makes must the set of those that have every word.
func (b *board) meet(list []packed, words int) error {
	clear(b.must[:])
	for i := range words {
		if !slices.ContainsFunc(list, func(p packed) bool { return p.word == i }) {
			clear(b.must[:])
			return nil
		}
	}
	for i := range words {
		if err := b.gather(list, i); err != nil {
			return err
		}
		if i == 0 {
			b.must = b.set
		} else {
			b.must.and(&b.set)
		}
	}
	return nil
}

// hasAll says whether a document has every word.
func hasAll(list []weighed, words []looked) bool {
	for _, l := range words {
		if !slices.ContainsFunc(l.terms, func(term uint32) bool {
			_, ok := slices.BinarySearchFunc(list, term, func(w weighed, t uint32) int { return int(int64(w.term) - int64(t)) })
			return ok
		}) {
			return false
		}
	}
	return true
}
