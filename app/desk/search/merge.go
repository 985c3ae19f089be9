package search

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/index"
)

// mergeAt is how many documents wait before their posts are written, unless
// nothing has come for restAfter: what was deleted is to leave the posts, too.
const (
	mergeAt   = 4096
	restAfter = 10 * time.Minute
	chunk     = 400 // posts that are written in one transaction, so that nobody waits for long
)

// mergeWhenTime writes posts when it is time to.
func (x *Index) mergeWhenTime(ctx context.Context) error {
	now := x.now()
	if err := x.db.View(ctx, func(tx *db.Tx) error { return x.tail.refresh(ctx, tx, now) }); err != nil {
		return err
	}
	seq, waiting := x.tail.waiting()
	if seq != x.lastSeq {
		x.lastSeq, x.lastChange = seq, now
	}
	if waiting < mergeAt && (waiting == 0 || now.Sub(x.lastChange) < restAfter) {
		return nil
	}
	return x.Merge(ctx)
}

// Merge writes the posts of documents that wait, the oldest changes first, at most mergeAt.
//
// Every step can be done again: a set does not grow by what is in it. Before
// the first, each document is given what may stand in the posts of it from
// now on, so that a desk that is killed in between leaves nothing behind that
// the next one does not know of.
func (x *Index) Merge(ctx context.Context) error {
	var docs []index.Doc
	err := x.db.View(ctx, func(tx *db.Tx) (err error) {
		docs, err = index.Fresh(ctx, tx, 0, mergeAt)
		return err
	})
	if err != nil || len(docs) == 0 {
		return err
	}
	edits, err := x.plan(ctx, docs)
	if err != nil {
		return err
	}
	for len(edits) > 0 {
		n := min(chunk, len(edits))
		if err := x.db.Tx(ctx, func(tx *db.Tx) error { return apply(ctx, tx, edits[:n]) }); err != nil {
			return fmt.Errorf("write posts of index: %w", err)
		}
		edits = edits[n:]
	}
	return x.db.Tx(ctx, func(tx *db.Tx) error {
		var inside, outside int64
		for _, d := range docs {
			done, err := index.Merged(ctx, tx, d)
			if err != nil {
				return err
			}
			n := int64(0)
			switch {
			case !done:
			case len(d.Posted) == 0 && len(d.Vector) > 0:
				n = 1
			case len(d.Posted) > 0 && len(d.Vector) == 0:
				n = -1
			}
			if public(d.Doc) {
				outside += n
			} else {
				inside += n
			}
		}
		_, err1 := index.Add(ctx, tx, index.StateInside, inside)
		_, err2 := index.Add(ctx, tx, index.StateOutside, outside)
		_, err3 := index.Add(ctx, tx, index.StateMerged, 1)
		return errors.Join(err1, err2, err3, index.Forget(ctx, tx))
	})
}

// edit is what is to be changed in one term's posts of one block.
type edit struct {
	block        int64
	term         uint32
	added, taken []uint16
}

// plan gives the edits of documents, by block and term, and writes down what
// may stand in the posts from now on.
func (x *Index) plan(ctx context.Context, docs []index.Doc) ([]edit, error) {
	type place struct {
		block int64
		term  uint32
	}
	all := map[place]*edit{}
	at := func(doc int64, term uint32) *edit {
		p := place{doc >> blockBits, term}
		e := all[p]
		if e == nil {
			e = &edit{block: p.block, term: term}
			all[p] = e
		}
		return e
	}
	var both []index.Doc
	for _, d := range docs {
		now, err1 := unpackVector(d.Vector, nil)
		before, err2 := unpackVector(d.Posted, nil)
		if err := errors.Join(err1, err2); err != nil {
			return nil, err
		}
		for _, w := range now {
			e := at(d.Doc, w.term)
			e.added = append(e.added, uint16(d.Doc))
		}
		for _, term := range without(before, now) {
			e := at(d.Doc, term)
			e.taken = append(e.taken, uint16(d.Doc))
		}
		both = append(both, index.Doc{Doc: d.Doc, Posted: packVector(union(before, now))})
	}
	for len(both) > 0 {
		n := min(chunk, len(both))
		err := x.db.Tx(ctx, func(tx *db.Tx) error {
			for _, d := range both[:n] {
				if err := index.SetPosted(ctx, tx, d.Doc, d.Posted); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		both = both[n:]
	}
	edits := make([]edit, 0, len(all))
	for _, e := range all {
		edits = append(edits, *e)
	}
	slices.SortFunc(edits, func(a, b edit) int { return cmp.Or(cmp.Compare(a.block, b.block), cmp.Compare(a.term, b.term)) })
	return edits, nil
}

// apply does some edits, and counts by how many documents terms have more or fewer.
func apply(ctx context.Context, tx *db.Tx, edits []edit) error {
	var counts []index.Count
	var changed []index.Post
	for len(edits) > 0 {
		block := edits[0].block
		n := 0
		var ids []uint32
		for n < len(edits) && edits[n].block == block {
			ids = append(ids, edits[n].term)
			n++
		}
		now := make(map[uint32][]byte, n)
		if err := index.Posts(ctx, tx, ids, block, block, func(p index.Post) { now[p.Term] = p.Posts }); err != nil {
			return err
		}
		for _, e := range edits[:n] {
			posts, grown, err := repack(now[e.term], e.added, e.taken)
			if err != nil {
				return err
			}
			changed = append(changed, index.Post{Term: e.term, Block: block, Posts: posts})
			c := index.Count{Term: e.term, Inside: int64(grown)}
			if public(block << blockBits) {
				c.Inside, c.Outside = 0, int64(grown)
			}
			if grown != 0 {
				counts = append(counts, c)
			}
		}
		edits = edits[n:]
	}
	return errors.Join(index.PutPosts(ctx, tx, changed), index.Recount(ctx, tx, sum(counts)))
}

// sum puts counts of the same term together: a statement takes each once.
func sum(counts []index.Count) []index.Count {
	slices.SortFunc(counts, func(a, b index.Count) int { return cmp.Compare(a.Term, b.Term) })
	out := counts[:0]
	for _, c := range counts {
		if n := len(out); n > 0 && out[n-1].Term == c.Term {
			out[n-1].Inside += c.Inside
			out[n-1].Outside += c.Outside
			continue
		}
		out = append(out, c)
	}
	return out
}
