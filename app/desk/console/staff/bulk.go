package staff

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/desk/console/page"
)

// bulk changes the ticked tickets and shows the same list again, with what
// became of each.
func bulk(p *page.Request) error {
	at, err := url.ParseQuery(p.Form.Get("at"))
	if err != nil {
		at = url.Values{}
	}
	var b api.Bulk
	for _, one := range p.Form["ticket"] {
		n, v, _ := strings.Cut(one, ".")
		number, _ := strconv.ParseInt(n, 10, 64)
		version, _ := strconv.ParseInt(v, 10, 64)
		b.Tickets = append(b.Tickets, api.BulkTicket{Number: number, Version: version})
	}
	switch owner := p.Get("owner"); owner {
	case "":
	case "-":
		b.Change.Owner = new("")
	default:
		b.Change.Owner = &owner
	}
	if queue := p.Get("queue"); queue != "" {
		b.Change.Queue = &queue
	}
	if state := api.State(p.Get("state")); state != "" {
		b.Change.State = &state
		if state == api.StateWaitingThird {
			b.Change.WaitingFor = new(p.Get("waiting_for"))
		}
	}
	if u := p.Get("urgency"); u != "" {
		b.Change.Urgency = &api.SetUrgency{Priority: api.Priority(u), Reason: p.Get("reason")}
	}
	if p.Get("watch") != "" {
		b.Change.Watch = []string{p.Me.Name}
	}
	problem := ""
	var done *api.BulkDone
	if len(b.Tickets) == 0 {
		problem = p.T("Tick the tickets that are to be changed.")
	} else if d, err := p.API.Bulk(p.R.Context(), b); err == nil {
		done = &d
	} else if said, ok := p.Problem(err); ok {
		problem = said
	} else {
		return err
	}
	d, err := readList(p, at)
	if err != nil {
		return err
	}
	d.Problem, d.Done = problem, done
	status := http.StatusOK
	if problem != "" {
		status = http.StatusUnprocessableEntity
	}
	return p.Show(status, "inbox", d)
}

// saveFilter keeps what the list shows now under a name.
func saveFilter(p *page.Request) error {
	at, err := url.ParseQuery(p.Form.Get("at"))
	if err != nil {
		at = url.Values{}
	}
	d, err := readList(p, at)
	if err != nil {
		return err
	}
	f := api.Filter{Name: p.Get("name"), Shared: p.Get("shared") != "", Query: d.Query}
	f.Query.Before, f.Query.Limit = 0, 0
	saved, err := p.API.SaveFilter(p.R.Context(), f)
	if err != nil {
		said, ok := p.Problem(err)
		if !ok {
			return err
		}
		d.Problem = said
		return p.Show(http.StatusUnprocessableEntity, "inbox", d)
	}
	return p.Go("/desk/?filter=" + strconv.FormatInt(saved.ID, 10))
}

func deleteFilter(p *page.Request) error {
	version, _ := strconv.ParseInt(p.Get("version"), 10, 64)
	err := p.API.DeleteFilter(p.R.Context(), p.Number("id"), version)
	if err != nil && client.KindOf(err) != api.KindNotFound {
		return err
	}
	return p.Go("/desk/")
}
