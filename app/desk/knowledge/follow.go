package knowledge

import (
	"context"
	"errors"
	"sync"

	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/search"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/knowledge"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

// follower reads the journal: a *journal.Journal.
type follower interface {
	Consume(ctx context.Context, name string, fn func(context.Context, *db.Tx, journal.Entry) error) error
}

// Run keeps the index and makes drafts of what is closed, until ctx ends.
func (k *Knowledge) Run(ctx context.Context, j follower) {
	var all sync.WaitGroup
	all.Go(func() { k.index.Run(ctx) })
	all.Go(func() {
		if err := j.Consume(ctx, "index", k.changed); err != nil {
			k.cfg.Log.Printf("index: %v", err)
		}
	})
	all.Go(func() {
		if err := j.Consume(ctx, "knowledge", k.learned); err != nil {
			k.cfg.Log.Printf("knowledge: %v", err)
		}
	})
	all.Wait()
}

// changed says which texts are to be looked at anew. What the desk's own
// articles and pages are, it says itself when it changes them.
func (k *Knowledge) changed(ctx context.Context, tx *db.Tx, e journal.Entry) error {
	var docs []int64
	if e.Ticket > 0 {
		docs = append(docs, search.Tickets.Doc(e.Ticket))
	}
	if word, n, _, ok := parseRef(e.Subject); ok && word == "bug" {
		docs = append(docs, search.Bugs.Doc(n), search.PublicBugs.Doc(n))
	}
	if len(docs) == 0 {
		return nil
	}
	err := k.index.Due(ctx, tx, docs...)
	if err == nil && e.Action == "person.deleted" { // their drafts went with them
		err = k.index.DraftsDue(ctx, tx)
	}
	return err
}

// learned takes in what came of a case that has ended.
func (k *Knowledge) learned(ctx context.Context, tx *db.Tx, e journal.Entry) error {
	if e.Ticket == 0 {
		return nil
	}
	switch e.Action {
	case "ticket.closed":
		t, err := tickets.Read(ctx, tx, e.Ticket)
		if err != nil || t.Closing == nil { // gone, or open again by now
			return ignoreMissing(err)
		}
		return errors.Join(k.closed(ctx, tx, t), k.draft(ctx, tx, t))
	case "ticket.reopened":
		ref, err := knowledge.Uncount(ctx, tx, e.Ticket)
		if err != nil {
			return err
		}
		return k.recount(ctx, tx, ref)
	}
	return nil
}
