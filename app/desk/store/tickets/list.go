package tickets

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// Query is an api.TicketQuery with what is found elsewhere. Limit must be set.
type Query struct {
	api.TicketQuery
	Numbers []int64 // those alone that the text was found in; nil: the text's words are looked for here
}

// List gives tickets, newest first, without answers, findings, signs, plan, watchers, promises and
// children; their descriptions are cut right behind what lists show of them.
func List(ctx context.Context, q db.Querier, w Query) ([]api.Ticket, error) {
	query, args := w.sql()
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("list tickets: %w", db.Named(err))
	}
	defer rows.Close()
	list := []api.Ticket{}
	for rows.Next() {
		t, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("list tickets: %w", err)
		}
		t.Answers, t.Findings, t.Signs, t.Plan = nil, nil, nil, nil
		list = append(list, t)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("list tickets: %w", db.Named(err))
	}
	return list, nil
}

// maxArms bounds how many selects are put together for one list.
const maxArms = 36

// sql puts the list together. An engine reads an index backwards and stops at
// the limit only for one value each of the index's leading columns, so each
// state (of each queue, of each owner) is a select of its own with that limit,
// and the newest of all of them are the list: a million tickets cost no more
// than a hundred.
func (w Query) sql() (string, []any) {
	var c conditions
	w.plain(&c)
	arms := w.arms()
	if len(arms) == 0 {
		for _, f := range w.fields() {
			c.in(f.column, f.values)
		}
		by := "number"
		if w.rare() {
			by = "+number" // which no index has: the condition's is used, and what it finds sorted
		}
		return "SELECT " + shortColumns + " FROM tickets" + c.where() + " ORDER BY " + by + " DESC LIMIT ?", append(c.args, w.Limit)
	}
	var union []string
	var args []any
	for _, arm := range arms {
		one := conditions{texts: append([]string(nil), c.texts...), args: append([]any(nil), c.args...)}
		for _, f := range w.fields() {
			if values, driven := arm[f.column]; driven {
				one.in(f.column, []any{values})
			} else {
				one.in(f.column, f.values)
			}
		}
		if v, driven := arm["state"]; driven && len(w.States) == 0 {
			one.in("state", []any{v})
		}
		union = append(union, "SELECT number FROM (SELECT number FROM tickets"+one.where()+" ORDER BY number DESC LIMIT ?) AS arm")
		args = append(append(args, one.args...), w.Limit)
	}
	return "SELECT " + shortColumns + " FROM tickets WHERE number IN (SELECT number FROM (" + strings.Join(union, " UNION ALL ") +
		") AS arms ORDER BY number DESC LIMIT ?) ORDER BY number DESC", append(args, w.Limit)
}

// field is a column of which several values may be asked for.
type field struct {
	column string
	values []any
}

func (w Query) fields() []field {
	owners := slices.Clone(w.Owners)
	for i, o := range owners {
		if o == "-" {
			owners[i] = ""
		}
	}
	return []field{
		{"state", anys(w.States)},
		{"queue", anys(w.Queues)},
		{"owner", anys(owners)},
		{"kind", anys(w.Kinds)},
		{"effective", anys(w.Priorities)},
		{"level", anys(w.Levels)},
		{"product", anys(w.Products)},
		{"module", anys(w.Modules)},
	}
}

// arms are the values of an index's leading columns that are selected by
// themselves; none when another condition leaves so little that it is better
// looked through whole, or when nothing is asked for that an index has.
func (w Query) arms() []map[string]any {
	if w.Numbers != nil || w.few() {
		return nil
	}
	lead, values := w.lead()
	states := anys(w.States)
	if lead == "" && len(states) == 0 && !w.Escalated && !w.common() {
		return nil // the newest of all: the primary key's own order
	}
	if len(states) == 0 {
		states = anys(api.States)
	}
	if len(values)*len(states) > maxArms {
		lead, values = "", []any{nil}
	}
	var arms []map[string]any
	for _, v := range values {
		for _, s := range states {
			arm := map[string]any{"state": s}
			if lead != "" {
				arm[lead] = v
			}
			arms = append(arms, arm)
		}
	}
	return arms
}

// lead is the field whose index, which goes on by state and number, leaves
// least, with its values; "" is the index by state alone.
func (w Query) lead() (column string, values []any) {
	by := map[string][]any{}
	for _, f := range w.fields() {
		by[f.column] = f.values
	}
	order := []string{"owner", "queue", "module", "product"}
	if len(by["owner"]) > 0 && unowned(by["owner"]) {
		order = []string{"queue", "owner", "module", "product"}
	}
	for _, column := range order {
		if len(by[column]) > 0 && !w.Escalated { // which are few, in an index by state
			return column, by[column]
		}
	}
	return "", []any{nil}
}

// common says whether a field is asked for whose values many tickets have: all
// of them together may still fit hardly any.
func (w Query) common() bool {
	return len(w.Kinds)+len(w.Priorities)+len(w.Levels) > 0 || w.Cause != ""
}

// unowned says whether tickets of nobody, which are many, are among what is asked for.
func unowned(owners []any) bool { return slices.Contains(owners, any("")) }

// few says whether a condition has an index of its own and fits few tickets.
func (w Query) few() bool { return w.rare() || w.Organisation != 0 || w.Parent != 0 }

// rare says whether a condition fits few tickets, and its index has them in another order.
func (w Query) rare() bool {
	return w.Watcher != "" || w.Bug != 0 || w.DueBefore != nil
}

// anys are a list's values, each once.
func anys[T comparable](list []T) []any {
	var out []any
	for i, v := range list {
		if !slices.Contains(list[:i], v) {
			out = append(out, v)
		}
	}
	return out
}
