package retention

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/db"
)

const atOnce = 100 // tickets looked at in one go

// Config is what retention works with.
type Config struct {
	Store *store.Store
	Rules []Rule
	Now   func() time.Time
}

// Deleted is what went of a ticket, or would go.
type Deleted struct {
	Ticket int64
	What   string // in the ticket's language
	Rule   Rule
}

// Plan tells what Run would delete now.
func Plan(ctx context.Context, c Config, tell func(Deleted)) error { return work(ctx, c, true, tell) }

// Run deletes what is due, a ticket at a time, and tells of it. What it leaves
// undone, because it is broken off, the next one does.
func Run(ctx context.Context, c Config, tell func(Deleted)) error {
	return c.Store.DB().Alone(ctx, "retention", func() error { return work(ctx, c, false, tell) })
}

func work(ctx context.Context, c Config, dry bool, tell func(Deleted)) error {
	if err := Check(c.Rules); err != nil {
		return fmt.Errorf("retention: %w", err)
	}
	for _, r := range c.Rules {
		if err := c.rule(ctx, r, dry, tell); err != nil {
			return fmt.Errorf("retention %s: %w", r, err)
		}
	}
	return nil
}

// rule goes through the tickets that a rule has something to say to, in the
// order of their numbers.
func (c Config) rule(ctx context.Context, r Rule, dry bool, tell func(Deleted)) error {
	for after := int64(0); ; {
		list, err := c.due(ctx, r, after)
		if err != nil || len(list) == 0 {
			return err
		}
		for _, number := range list {
			if err := ctx.Err(); err != nil {
				return err
			}
			var gone []string
			err := c.Store.DB().Tx(ctx, func(tx *db.Tx) (err error) {
				if gone, err = c.ticket(ctx, tx, r, number); err == nil && dry {
					err = errDry
				}
				return err
			})
			if err != nil && !errors.Is(err, errDry) {
				return fmt.Errorf("ticket %d: %w", number, err)
			}
			for _, what := range gone {
				tell(Deleted{Ticket: number, What: what, Rule: r})
			}
			after = number
		}
	}
}

// errDry takes back what was only tried.
var errDry = errors.New("nothing is to be deleted")

// has is what a ticket must still have for a rule to be about it.
var has = map[string]string{
	Bundles: "EXISTS (SELECT 1 FROM bundles b WHERE b.ticket = tickets.number)",
	Files:   "EXISTS (SELECT 1 FROM files f WHERE f.ticket = tickets.number AND f.used = 1)",
	Mails:   "(" + entriesWith(inMails) + " OR " + lettersLeft + ")",
	Texts:   "(" + fields + " OR " + entriesWith(inEntries) + " OR " + entriesWith(inChanges()) + " OR " + lettersLeft + ")",
	Journal: "EXISTS (SELECT 1 FROM journal j WHERE j.ticket = tickets.number AND j.detail IS NOT NULL AND j.action <> 'retention.deleted')",
}

func entriesWith(which string) string {
	return "EXISTS (SELECT 1 FROM entries e WHERE e.ticket = tickets.number AND e.gone = '' AND " + which + ")"
}

const lettersLeft = "EXISTS (SELECT 1 FROM mails m WHERE m.ticket = tickets.number AND " + letters + ")"

// isDue is a ticket that was closed before a moment.
const isDue = "state = 'closed' AND closed IS NOT NULL AND closed <= ?"

func (c Config) due(ctx context.Context, r Rule, after int64) ([]int64, error) {
	kinds := r.kinds(c.Rules)
	if len(kinds) == 0 {
		return nil, nil
	}
	args := []any{after, c.before(r)}
	for _, k := range kinds {
		args = append(args, string(k))
	}
	rows, err := c.Store.DB().QueryContext(ctx, "SELECT number FROM tickets WHERE number > ? AND "+isDue+
		" AND kind IN ("+strings.TrimSuffix(strings.Repeat("?, ", len(kinds)), ", ")+") AND "+has[r.What]+" ORDER BY number LIMIT ?", append(args, atOnce)...)
	if err != nil {
		return nil, db.Named(err)
	}
	defer rows.Close()
	var list []int64
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	return list, db.Named(rows.Err())
}

func (c Config) before(r Rule) int64 { return db.Micros(c.Now().AddDate(0, 0, -r.Days)) }

// ticket does what the rule says to one ticket, which may have been opened
// again since it was found.
func (c Config) ticket(ctx context.Context, tx *db.Tx, r Rule, number int64) ([]string, error) {
	var language string
	err := tx.QueryRowContext(ctx, "SELECT language FROM tickets WHERE number = ? AND "+isDue, number, c.before(r)).Scan(&language)
	if err = db.Named(err); errors.Is(err, db.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	t := taking{tx: tx, number: number, language: language, why: say(language, why[r.What], map[string]string{"Days": fmt.Sprint(r.Days)})}
	gone, err := t.take(ctx, r.What)
	if err != nil || len(gone) == 0 {
		return nil, err
	}
	now := c.Now()
	for _, what := range gone {
		if err := store.Bury(ctx, tx, number, what, t.why, now); err != nil {
			return nil, err
		}
	}
	detail, err := json.Marshal(map[string]any{"rule": r.String(), "what": r.What, "count": len(gone)})
	if err != nil {
		return nil, err
	}
	return gone, journal.Write(ctx, tx, journal.Entry{
		At: now, Actor: api.Actor{Kind: api.ActorRule}, Ticket: number, Action: "retention.deleted", Subject: fmt.Sprintf("ticket/%d", number), Detail: detail,
	})
}
