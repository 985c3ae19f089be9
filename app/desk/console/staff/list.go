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
