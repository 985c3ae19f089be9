package search

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/beistand/beistand/app/desk/search/terms"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/index"
)

// feedAt is how many documents are written together.
const feedAt = 200

// look is how often the index looks for what is due when nobody says so.
const lookEvery = 300 * time.Millisecond

// Due says within a transaction that documents' texts have changed. They are
// found by their new ones a moment later.
func (x *Index) Due(ctx context.Context, tx *db.Tx, docs ...int64) error {
	return index.Due(ctx, tx, docs...)
}

// orphansAtOnce bounds what one deletion of a person makes due.
const orphansAtOnce = 1000

// DraftsDue says that drafts are due whose articles were deleted.
func (x *Index) DraftsDue(ctx context.Context, tx *db.Tx) error {
	docs, err := index.Orphans(ctx, tx, Drafts.Doc(0), (Drafts + 1).Doc(0), orphansAtOnce)
	if err != nil {
		return err
	}
	return index.Due(ctx, tx, docs...)
}

// Kick makes Run look at once for what is due.
func (x *Index) Kick() {
	select {
	case x.kick <- struct{}{}:
	default:
	}
}

// Run keeps the index until ctx ends. Several desks may do so at once.
func (x *Index) Run(ctx context.Context) {
	t := time.NewTimer(0)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-x.kick:
		case <-t.C:
		}
		wait := lookEvery
		if err := x.Catch(ctx); err != nil && ctx.Err() == nil {
			x.log.Printf("index: %v", err)
			wait = 5 * time.Second
		}
		t.Reset(wait)
	}
}

// Catch brings the index to what the texts are now: all that is due, and the
// posts when it is time for them.
func (x *Index) Catch(ctx context.Context) error {
	if err := x.renew(ctx); err != nil {
		return err
	}
	for {
		n, err := x.feed(ctx)
		if err != nil {
			return err
		}
		if err := x.mergeWhenTime(ctx); err != nil {
			return err
		}
		if n < feedAt {
			return nil
		}
	}
}

// feed writes the next documents that are due.
func (x *Index) feed(ctx context.Context) (int, error) {
	var due []index.DueDoc
	var found []Document
	err := x.db.View(ctx, func(tx *db.Tx) (err error) {
		if due, err = index.ListDue(ctx, tx, feedAt); err != nil || len(due) == 0 {
			return err
		}
		numbers := make([]int64, len(due))
		for i, d := range due {
			numbers[i] = d.Doc
		}
		found, err = x.source.Documents(ctx, tx, numbers)
		return err
	})
	if err != nil || len(due) == 0 {
		return 0, err
	}
	made := make(map[int64][]terms.Weighted, len(found))
	var names []string
	for _, d := range found {
		list := Terms(d)
		made[d.Doc] = list
		for _, w := range list {
			names = append(names, w.Term)
		}
	}
	slices.Sort(names)
	names = slices.Compact(names)
	err = x.db.Tx(ctx, func(tx *db.Tx) error {
		ids, err := index.Know(ctx, tx, names)
		if err != nil {
			return err
		}
		docs := make([]index.Doc, 0, len(due))
		for _, d := range found {
			docs = append(docs, index.Doc{
				Doc: d.Doc, Vector: vectorOf(made[d.Doc], ids), Product: d.Product, Version: d.Version, Language: d.Language, At: d.At, Helped: d.Helped,
			})
		}
		for _, d := range due { // those that are gone
			if made[d.Doc] == nil {
				docs = append(docs, index.Doc{Doc: d.Doc, Vector: []byte{}})
			}
		}
		return errors.Join(index.Put(ctx, tx, docs), index.Looked(ctx, tx, due))
	})
	return len(due), err
}

// Terms are all that a document is found by.
func Terms(d Document) []terms.Weighted {
	list := terms.Document(d.Language, d.Fields)
	for _, f := range (Query{Product: d.Product, Version: d.Version, Language: d.Language}).filters() {
		list = append(list, terms.Weighted{Term: f, Weight: 1})
	}
	return list
}

func vectorOf(list []terms.Weighted, ids map[string]uint32) []byte {
	all := make([]weighed, 0, len(list))
	for _, w := range list {
		all = append(all, weighed{ids[w.Term], w.Weight})
	}
	slices.SortFunc(all, func(a, b weighed) int { return int(int64(a.term) - int64(b.term)) })
	return packVector(all)
}
