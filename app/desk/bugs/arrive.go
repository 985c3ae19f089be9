package bugs

import (
	"bytes"
	"context"
	"errors"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/bugs/version"
	"github.com/beistand/beistand/app/desk/journal"
	kept "github.com/beistand/beistand/app/desk/store/bugs"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

// Consumer is the name under which Arrived reads the journal.
const Consumer = "bugs"

// mark is how much of a new ticket has to be in a bug, in percent of its
// weight, before its customer is told without anybody having looked.
const mark = 60

// Arrived tells the customer of a ticket that it is about something that a
// newer version does not have any more: when it is filed and similar to a bug,
// when it is linked to one, and when its version becomes known. It is a reader
// of the journal.
func (b *Bugs) Arrived(ctx context.Context, tx *db.Tx, e journal.Entry) error {
	similar := e.Action == "ticket.filed"
	if !similar && e.Action != "bug.linked" && (e.Action != "ticket.changed" || !bytes.Contains(e.Detail, []byte("product_version"))) {
		return nil
	}
	t, err := tickets.Read(ctx, tx, e.Ticket)
	if errors.Is(err, db.ErrNotFound) {
		return nil // deleted meanwhile
	}
	if err != nil || t.State == api.StateClosed || !version.Known(t.ProductVersion) {
		return err
	}
	linked, err := kept.Of(ctx, tx, e.Ticket)
	if err != nil {
		return err
	}
	for _, id := range linked {
		if err := b.inVersion(ctx, tx, t, id, false); err != nil {
			return err
		}
	}
	if !similar {
		return nil
	}
	matches, err := b.cfg.Similar(ctx, t)
	if err != nil {
		return err
	}
	for _, m := range matches {
		if m.Kind == api.MatchBug && m.Strength >= mark {
			return b.inVersion(ctx, tx, t, m.Number, true) // the best alone
		}
	}
	return nil
}

// inVersion tells a ticket's customer of a bug that is fixed in a newer version
// than theirs, and links it first when it is only similar.
func (b *Bugs) inVersion(ctx context.Context, tx *db.Tx, t api.Ticket, id int64, link bool) error {
	bug, err := kept.Read(ctx, tx, id)
	if errors.Is(err, db.ErrNotFound) {
		return nil
	}
	if err != nil || !concerns(bug, t) {
		return err
	}
	rule := api.Actor{Kind: api.ActorRule, Name: "fixed"}
	if link {
		made, err := kept.Link(ctx, tx, id, t.Number, api.ActorRule, b.cfg.Now())
		if err == nil && made {
			err = b.record(ctx, tx, rule, t.Number, "bug.linked", "bug", id, map[string]any{"bug": id})
		}
		if err != nil {
			return err
		}
	}
	what := api.TellFix
	if len(bug.Workaround) > 0 {
		what = api.TellBoth
	}
	entry, err := b.inform(ctx, tx, rule, t.Number, bug, what)
	if err != nil || entry == 0 {
		return err
	}
	return b.record(ctx, tx, rule, t.Number, "bug.told", "bug", id, map[string]any{"entry": entry, "what": what})
}

// concerns says whether a bug is fixed in a newer version of the ticket's product than the ticket's.
func concerns(b api.Bug, t api.Ticket) bool {
	return b.State == api.BugFixed && kept.Fold(b.Product) == kept.Fold(t.Product) &&
		version.Older(t.ProductVersion, b.FixedIn) &&
		(b.Since == "" || !version.Older(t.ProductVersion, b.Since))
}
