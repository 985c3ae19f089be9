package api

import (
	"net/url"
	"strconv"
	"time"
)

// Values is a query as it stands in GET /tickets: a list's values one by one,
// under the names that JSON has.
func (q TicketQuery) Values() url.Values {
	v := url.Values{}
	add := func(name, value string) {
		if value != "" {
			v.Add(name, value)
		}
	}
	number := func(name string, n int64) {
		if n != 0 {
			v.Add(name, strconv.FormatInt(n, 10))
		}
	}
	when := func(name string, t *time.Time) {
		if t != nil {
			v.Add(name, t.Format(time.RFC3339Nano))
		}
	}
	add("text", q.Text)
	number("before", q.Before)
	number("limit", int64(q.Limit))
	each(v, "states", q.States)
	each(v, "kinds", q.Kinds)
	each(v, "priorities", q.Priorities)
	each(v, "queues", q.Queues)
	for _, l := range q.Levels {
		number("levels", int64(l))
	}
	each(v, "owners", q.Owners)
	add("watcher", q.Watcher)
	each(v, "products", q.Products)
	each(v, "modules", q.Modules)
	number("organisation", q.Organisation)
	number("bug", q.Bug)
	number("parent", q.Parent)
	add("cause", string(q.Cause))
	if q.Escalated {
		v.Add("escalated", "true")
	}
	when("due_before", q.DueBefore)
	when("created_from", q.CreatedFrom)
	when("created_to", q.CreatedTo)
	return v
}

// each adds every value, an empty one too: it selects what has none.
func each[T ~string](v url.Values, name string, list []T) {
	for _, one := range list {
		v.Add(name, string(one))
	}
}
