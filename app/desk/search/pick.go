package search

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/index"
)

// candidate is a document with what it has of the words, without weights.
type candidate struct {
	doc   int64
	score float32
}

// better orders candidates, and of equal ones the newer comes first.
func better(a, b candidate) int {
	return cmp.Or(-cmp.Compare(a.score, b.score), -cmp.Compare(a.doc, b.doc))
}

// best keeps the best of many candidates.
type best struct {
	list []candidate
	n    int
	last candidate // the n-th best so far; a score of 0: there are fewer
}

func (b *best) add(c candidate) {
	if b.last.score > 0 && better(c, b.last) >= 0 {
		return
	}
	b.list = append(b.list, c)
	if len(b.list) >= 4*b.n {
		b.cut()
	}
}

func (b *best) cut() []candidate {
	slices.SortFunc(b.list, better)
	if len(b.list) >= b.n {
		b.list = b.list[:b.n]
		b.last = b.list[b.n-1]
	}
	return b.list
}

// board is where a block's documents are scored.
type board struct {
	score [blockSize]float32
	set   set
	must  set
	seen  []uint16
}

var boards = sync.Pool{New: func() any { return new(board) }}

// packed is posts of the words in one block.
type packed struct {
	word  int // which of the words; -1-i: filter i
	posts []byte
}

// pick takes candidates from the posts. words are in any order.
func (x *Index) pick(ctx context.Context, q db.Querier, w Query, words []looked, filters []uint32) ([]candidate, error) {
	byCount := make([]int, 0, len(words))
	for i, l := range words {
		if l.count > 0 {
			byCount = append(byCount, i)
		}
	}
	slices.SortStableFunc(byCount, func(a, b int) int { return cmp.Compare(words[a].count, words[b].count) })
	var taken int64
	n := 0
	for n < len(byCount) && (n == 0 || taken+words[byCount[n]].count <= maxTaken) {
		taken += words[byCount[n]].count
		n++
	}
	givers, testers := byCount[:n], byCount[n:min(len(byCount), n+maxTested)]
	if len(givers) == 0 || len(w.Rooms) == 0 {
		return nil, nil
	}
	of := map[uint32][]int{} // which words, or filters, a term is of
	for i, id := range filters {
		of[id] = append(of[id], -1-i)
	}
	for _, i := range slices.Concat(givers, testers) {
		for _, id := range words[i].terms {
			of[id] = append(of[id], i)
		}
	}
	ids := make([]uint32, 0, len(of))
	for id := range of {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	top := best{n: maxRanked}
	bd := boards.Get().(*board)
	defer boards.Put(bd)
	const inRoom = roomBits - blockBits // of a block's number
	blocks := map[int64][]packed{}
	err := index.Posts(ctx, q, ids, int64(slices.Min(w.Rooms))<<inRoom, int64(slices.Max(w.Rooms)+1)<<inRoom-1, func(p index.Post) {
		if !slices.Contains(w.Rooms, Room(p.Block>>inRoom)) {
			return
		}
		for _, i := range of[p.Term] {
			blocks[p.Block] = append(blocks[p.Block], packed{i, p.Posts})
		}
	})
	if err != nil {
		return nil, err
	}
	for _, block := range slices.Backward(slices.Sorted(maps.Keys(blocks))) { // the newest first: older ones that are as good need not be looked at
		if err := x.block(w, words, givers, testers, len(filters), block, blocks[block], bd, &top); err != nil {
			return nil, err
		}
	}
	return top.cut(), nil
}

// block scores one block's documents.
func (x *Index) block(w Query, words []looked, givers, testers []int, filters int, block int64, list []packed, bd *board, top *best) error {
	for i := range filters {
		if err := bd.gather(list, -1-i); err != nil {
			return err
		}
		if i == 0 {
			bd.must = bd.set
		} else {
			bd.must.and(&bd.set)
		}
	}
	bd.seen = bd.seen[:0]
	for _, i := range givers {
		score := float32(words[i].rare)
		give := func(at uint16) {
			if bd.score[at] == 0 {
				bd.seen = append(bd.seen, at)
			}
			bd.score[at] += score
		}
		var one []byte
		n := 0
		for _, p := range list {
			if p.word == i {
				one, n = p.posts, n+1
			}
		}
		switch n {
		case 0:
		case 1:
			if err := unpack(one, give); err != nil {
				return err
			}
		default: // several terms are one word
			if err := bd.gather(list, i); err != nil {
				return err
			}
			for at := range bd.set.down {
				give(at)
			}
		}
	}
	for _, i := range testers {
		if len(bd.seen) == 0 {
			break
		}
		if err := bd.gather(list, i); err != nil {
			return err
		}
		for _, at := range bd.seen {
			if bd.set.has(at) {
				bd.score[at] += float32(words[i].rare)
			}
		}
	}
	for _, at := range bd.seen {
		c := candidate{block<<blockBits | int64(at), bd.score[at]}
		bd.score[at] = 0
		if c.score < top.last.score { // most are not good enough
			continue
		}
		if filters > 0 && !bd.must.has(at) || c.doc == w.Not || x.tail.docs[c.doc] != nil {
			continue
		}
		top.add(c)
	}
	return nil
}

// gather makes the set of all that have a word.
func (b *board) gather(list []packed, word int) error {
	clear(b.set[:])
	for _, p := range list {
		if p.word == word {
			if err := b.set.or(p.posts); err != nil {
				return err
			}
		}
	}
	return nil
}
