package staff

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/console/page"
)

// pageSize is how many tickets are on one page of a list.
const pageSize = 50

// list is the inbox's data.
type list struct {
	Views     []viewLink
	Filters   []filterLink
	Title     string
	Key       string // the view
	Filter    *api.Filter
	Query     api.TicketQuery
	Filtered  bool // something besides the view is asked for
	Tickets   []api.Ticket
	Names     map[int64]string // of organisations
	Next      string
	Now       time.Time
	Staff     []api.StaffMember
	Queues    []api.Queue
	Problem   string
	Done      *api.BulkDone
	Dispatch  bool
	QueryText string
}

type viewLink struct {
	Key   string
	Count int
	Here  bool
	Many  bool
}

type filterLink struct {
	api.Filter
	Here bool
	Mine bool
}

func inbox(p *page.Request) error {
	d, err := readList(p, p.R.URL.Query())
	if err != nil {
		return err
	}
	return p.Show(http.StatusOK, "inbox", d)
}

// readList reads what the address asks for: a view, a saved filter, or fields.
func readList(p *page.Request, v url.Values) (*list, error) {
	ctx := p.R.Context()
	d := &list{Now: p.Now, Key: v.Get("view"), Dispatch: p.Me.Is(string(api.RoleDispatcher))}
	views, err := p.API.Views(ctx)
	if err != nil {
		return nil, err
	}
	filters, err := p.API.Filters(ctx)
	if err != nil {
		return nil, err
	}
	asked := query(v, p.Now)
	d.Filtered = !empty(asked)
	if d.Key == "" && v.Get("filter") == "" && !d.Filtered && v.Get("all") == "" {
		d.Key = api.ViewMine
	}
	d.Query, d.Title = asked, p.T("All tickets")
	none := false
	for _, w := range views.Views {
		here := w.Key == d.Key
		d.Views = append(d.Views, viewLink{Key: w.Key, Count: min(w.Count, api.MaxCount), Here: here, Many: w.Count > api.MaxCount})
		if here {
			d.Title, none = p.T(page.Word("view", w.Key)), w.None
			d.Query = merge(w.Query, asked)
		}
	}
	id, _ := strconv.ParseInt(v.Get("filter"), 10, 64)
	for i, f := range filters {
		here := id != 0 && f.ID == id
		d.Filters = append(d.Filters, filterLink{Filter: f, Here: here, Mine: strings.EqualFold(f.Owner, p.Me.Name) || f.Shared && d.Dispatch})
		if here {
			d.Filter, d.Title = &filters[i], f.Name
			d.Query = merge(f.Query, asked)
		}
	}
	if d.Filtered && d.Key == "" && d.Filter == nil {
		d.Title = p.T("Found tickets")
	}
	q := d.Query
	q.Before, _ = strconv.ParseInt(v.Get("before"), 10, 64)
	q.Limit = pageSize
	if !none {
		if d.Tickets, err = p.API.Tickets(ctx, q); err != nil {
			return nil, err
		}
	}
	if len(d.Tickets) == pageSize {
		next := url.Values{}
		for name, values := range v {
			next[name] = values
		}
		next.Set("before", strconv.FormatInt(d.Tickets[pageSize-1].Number, 10))
		d.Next = "/desk/?" + next.Encode()
	}
	d.Staff = People(p)
	d.Queues, _ = p.API.Queues(ctx) // names to choose from; without them they are typed
	b := url.Values{}
	for name, values := range v {
		if name != "before" {
			b[name] = values
		}
	}
	d.QueryText = b.Encode()
	return d, nil
}

// People are those who can own a ticket.
func People(p *page.Request) []api.StaffMember {
	all, err := page.Read[api.StaffList](p, api.PathStaff)
	if err != nil {
		return nil
	}
	return slices.DeleteFunc(all.Staff, func(s api.StaffMember) bool { return s.Disabled })
}

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
