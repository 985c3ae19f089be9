package staff

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/console/page"
)

// query reads a filter's fields from an address or a form.
func query(v url.Values, now time.Time) api.TicketQuery {
	q := api.TicketQuery{Text: page.Short(strings.TrimSpace(v.Get("text")), 400), Watcher: v.Get("watcher"), Cause: api.Cause(v.Get("cause"))}
	for _, s := range some(v["state"]) {
		q.States = append(q.States, api.State(s))
	}
	for _, s := range some(v["kind"]) {
		q.Kinds = append(q.Kinds, api.Kind(s))
	}
	for _, s := range some(v["priority"]) {
		q.Priorities = append(q.Priorities, api.Priority(s))
	}
	for _, s := range some(v["level"]) {
		if n, err := strconv.Atoi(s); err == nil {
			q.Levels = append(q.Levels, n)
		}
	}
	q.Queues, q.Owners, q.Products, q.Modules = some(v["queue"]), some(v["owner"]), some(v["product"]), some(v["module"])
	q.Organisation, _ = strconv.ParseInt(v.Get("organisation"), 10, 64)
	q.Bug, _ = strconv.ParseInt(v.Get("bug"), 10, 64)
	q.Parent, _ = strconv.ParseInt(v.Get("parent"), 10, 64)
	q.Escalated = v.Get("escalated") != ""
	q.CreatedFrom = day(v.Get("from"))
	if q.CreatedTo = day(v.Get("to")); q.CreatedTo != nil {
		end := q.CreatedTo.AddDate(0, 0, 1)
		q.CreatedTo = &end
	}
	if n, err := strconv.Atoi(v.Get("due")); err == nil && n >= 0 && n < 1000 {
		end := now.AddDate(0, 0, n)
		q.DueBefore = &end
	}
	return q
}

func some(values []string) (all []string) {
	for _, v := range values {
		if v = strings.TrimSpace(v); v != "" && len(all) < 50 {
			all = append(all, v)
		}
	}
	return all
}

func day(s string) *time.Time {
	t, err := time.ParseInLocation("2006-01-02", s, time.Local)
	if err != nil {
		return nil
	}
	return &t
}

func empty(q api.TicketQuery) bool {
	return q.Text == "" && q.Watcher == "" && q.Cause == "" && len(q.States)+len(q.Kinds)+len(q.Priorities)+len(q.Levels)+len(q.Queues)+
		len(q.Owners)+len(q.Products)+len(q.Modules) == 0 && q.Organisation == 0 && q.Bug == 0 && q.Parent == 0 && !q.Escalated &&
		q.CreatedFrom == nil && q.CreatedTo == nil && q.DueBefore == nil
}

// merge narrows a view or a filter by what was asked for beside it.
func merge(of, by api.TicketQuery) api.TicketQuery {
	take(&of.Text, by.Text)
	take(&of.Watcher, by.Watcher)
	take(&of.Cause, by.Cause)
	take(&of.Organisation, by.Organisation)
	take(&of.Bug, by.Bug)
	take(&of.Parent, by.Parent)
	takeAll(&of.States, by.States)
	takeAll(&of.Kinds, by.Kinds)
	takeAll(&of.Priorities, by.Priorities)
	takeAll(&of.Levels, by.Levels)
	takeAll(&of.Queues, by.Queues)
	takeAll(&of.Owners, by.Owners)
	takeAll(&of.Products, by.Products)
	takeAll(&of.Modules, by.Modules)
	take(&of.DueBefore, by.DueBefore)
	take(&of.CreatedFrom, by.CreatedFrom)
	take(&of.CreatedTo, by.CreatedTo)
	of.Escalated = of.Escalated || by.Escalated
	return of
}

func take[T comparable](of *T, by T) {
	var zero T
	if by != zero {
		*of = by
	}
}

func takeAll[T any](of *[]T, by []T) {
	if len(by) > 0 {
		*of = by
	}
}
