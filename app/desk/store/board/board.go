// Package board keeps queues' people and saved filters, and finds and counts what a team has open.
//
// What reads takes a db.Querier, what changes a *db.Tx of the caller's.
package board

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// Open are the states of a ticket that somebody still has to do something for.
var Open = []api.State{api.StateNew, api.StateOpen, api.StateWaitingCustomer, api.StateWaitingThird}

// isOpen are the same, in the words of the index tickets_open: an engine takes
// it for no others.
const isOpen = "state IN ('new', 'open', 'waiting-customer', 'waiting-third')"

// where is a view's condition. Of a query it heeds what views have: states,
// owners, queues, escalated, due.
func where(q api.TicketQuery) (string, []any) {
	texts, args := []string{"1 = 1"}, []any{}
	in := func(column string, values []string) {
		if len(values) == 0 {
			return
		}
		texts = append(texts, column+" IN ("+strings.TrimSuffix(strings.Repeat("?, ", len(values)), ", ")+")")
		for _, v := range values {
			args = append(args, v)
		}
	}
	if slices.Equal(q.States, Open) {
		texts = append(texts, isOpen)
	} else {
		states := make([]string, len(q.States))
		for i, s := range q.States {
			states[i] = string(s)
		}
		in("state", states)
	}
	owners := make([]string, len(q.Owners))
	for i, o := range q.Owners {
		if o != "-" {
			owners[i] = o
		}
	}
	in("owner", owners)
	in("queue", q.Queues)
	if q.Escalated {
		texts = append(texts, "escalated IS NOT NULL")
	}
	if q.DueBefore != nil {
		texts = append(texts, "due IS NOT NULL AND due < ?")
		args = append(args, db.Micros(*q.DueBefore))
	}
	return " WHERE " + strings.Join(texts, " AND "), args
}

// Count counts a view's tickets, and stops behind most.
func Count(ctx context.Context, d db.Querier, q api.TicketQuery, most int) (n int, err error) {
	cond, args := where(q)
	err = d.QueryRowContext(ctx, "SELECT count(*) FROM (SELECT 1 FROM tickets"+cond+" LIMIT ?) AS found", append(args, most+1)...).Scan(&n)
	return min(n, most), db.Named(err)
}

// First are the numbers of a view's tickets, what is due first and then what is oldest, at most limit.
func First(ctx context.Context, d db.Querier, q api.TicketQuery, limit int) ([]int64, error) {
	cond, args := where(q)
	list, err := db.All(ctx, d, db.Value[int64], "SELECT number FROM tickets"+cond+" AND due IS NOT NULL ORDER BY due, number LIMIT ?", append(args, limit)...)
	if err != nil || len(list) == limit {
		return list, err
	}
	rest, err := db.All(ctx, d, db.Value[int64], "SELECT number FROM tickets"+cond+" AND due IS NULL ORDER BY number LIMIT ?", append(args, limit-len(list))...)
	return append(list, rest...), err
}

// Owners are all who own an open ticket, "" for nobody, in their order.
func Owners(ctx context.Context, d db.Querier, queues []string) ([]string, error) {
	return next(ctx, d, "owner", api.TicketQuery{States: Open, Queues: queues})
}

// Queues are all that have an open ticket, in their order.
func Queues(ctx context.Context, d db.Querier) ([]string, error) {
	return next(ctx, d, "queue", api.TicketQuery{States: Open})
}

// maxDistinct bounds how many different values are looked for.
const maxDistinct = 500

// next looks for one value of a column behind the other, and for one ticket of
// each: how many tickets each has does not matter then.
func next(ctx context.Context, d db.Querier, column string, q api.TicketQuery) ([]string, error) {
	var list []string
	last, than := "", ">="
	for range maxDistinct {
		var value sql.NullString
		err := d.QueryRowContext(ctx, "SELECT min("+column+") FROM tickets WHERE "+column+" "+than+" ?", last).Scan(&value)
		if err != nil || !value.Valid {
			return list, db.Named(err)
		}
		last, than = value.String, ">"
		one := q
		switch {
		case column == "queue":
			one.Queues = []string{last}
		case last == "":
			one.Owners = []string{"-"}
		default:
			one.Owners = []string{last}
		}
		n, err := Count(ctx, d, one, 1)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			list = append(list, last)
		}
	}
	return list, nil
}
