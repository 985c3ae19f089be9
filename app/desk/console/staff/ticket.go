package staff

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/desk/console/page"
)

// timelineSize is how many entries a page shows at once.
const timelineSize = 50

// ticketView is the ticket page's data.
type ticketView struct {
	api.Ticket
	Now          time.Time
	Problem      string // at the form that was refused
	Conflict     *conflict
	Entries      []api.Entry
	Older        int64 // the entry before which there are more; 0: none
	Newest       bool
	Completeness api.Completeness
	Similar      []api.Match
	Solvers      []string // who closed similar ones
	Routing      *api.Routing
	Routed       bool // the ticket is where the rules say
	Staff        []api.StaffMember
	Queues       []api.Queue
	BugList      []api.Bug
	Accesses     []api.SystemAccess
	Customer     api.CustomerMatch
	House        *api.Organisation
	Mine         bool
	Dispatch     bool
	Over         bool // solved or closed
	EntryID      string
	Link         *api.CreatedLink
	Effective    api.Priority
	Unsent       []api.Mail // that did not go out
}

func ticketPage(p *page.Request) error {
	d, err := readTicket(p)
	if err != nil {
		return err
	}
	return p.Show(http.StatusOK, "ticket", d)
}

// readTicket reads everything that stands on a ticket's page. What only helps
// is left out when it cannot be had: the ticket counts.
func readTicket(p *page.Request) (*ticketView, error) {
	ctx, n := p.R.Context(), p.Number("n")
	t, err := p.API.Ticket(ctx, n)
	if err != nil {
		return nil, err
	}
	d := &ticketView{Ticket: t, Now: p.Now, Newest: true, EntryID: client.NewTicketID(), Dispatch: p.Me.Is(string(api.RoleDispatcher))}
	before, _ := strconv.ParseInt(p.R.URL.Query().Get("before"), 10, 64)
	d.Newest = before == 0
	line, err := page.Read[api.Timeline](p, api.EntriesPage(n, before, 0, timelineSize))
	if err != nil {
		return nil, err
	}
	d.Entries = line.Entries
	if line.More && len(line.Entries) > 0 {
		d.Older = line.Entries[0].ID
	}
	d.Mine, d.Over = t.Owner == p.Me.Name, t.State == api.StateSolved || t.State == api.StateClosed
	d.Effective = t.Priority
	if t.Urgency != nil {
		d.Effective = t.Urgency.Priority
	}
	d.Completeness = help[api.Completeness](p, api.CompletenessPath(n))
	similar := help[api.MatchList](p, api.SimilarPath(n))
	d.Similar, d.Solvers = similar.Matches[:min(len(similar.Matches), 5)], similar.Solvers // they are of more than are shown
	if r := help[api.Routing](p, api.RoutingPath(n)); r.Queue != "" || r.Owner != "" || len(d.Solvers) > 0 {
		d.Routing = &r
		d.Routed = (r.Queue == "" || r.Queue == t.Queue) && (r.Owner == "" || r.Owner == t.Owner)
	}
	d.Staff = People(p)
	d.Queues, _ = p.API.Queues(ctx)
	if len(t.Bugs) > 0 {
		d.BugList, _ = p.API.Bugs(ctx, api.BugQuery{Ticket: n})
	}
	d.Accesses, _ = p.API.Accesses(ctx, api.AccessQuery{Ticket: n})
	if t.Organisation != 0 {
		if o, err := p.API.Organisation(ctx, t.Organisation); err == nil {
			d.House = &o
		}
	}
	for _, m := range help[api.MailList](p, api.TicketMailsPath(n)).Mails {
		if m.State == api.MailFailed || m.State == api.MailHeld {
			d.Unsent = append(d.Unsent, m)
		}
	}
	if t.Organisation == 0 || t.Person == 0 {
		d.Customer, _ = p.API.Customer(ctx, n)
	}
	return d, nil
}

// help reads what stands beside a ticket; nothing is something, too.
func help[T any](p *page.Request, path string) T {
	v, err := page.Read[T](p, path)
	if err != nil {
		var none T
		return none
	}
	return v
}

// after shows where a form of a ticket has led: back to the ticket, or the page
// again with what was typed and why it was refused.
func after(p *page.Request, err error, to string) error {
	if err == nil {
		return p.Go(api2page(p.Number("n")) + to)
	}
	said, ok := p.Problem(err)
	if !ok {
		return err
	}
	d, rerr := readTicket(p)
	if rerr != nil {
		return rerr
	}
	d.Problem = said
	status := http.StatusUnprocessableEntity
	var refused *client.Error
	if errors.As(err, &refused) {
		if refused.Kind == api.KindConflict && len(refused.Current) > 0 {
			var now api.Ticket
			if json.Unmarshal(refused.Current, &now) == nil && now.Number == d.Number {
				d.Conflict = compare(p, now)
			}
		}
		status = refused.Status
	}
	if id := p.Get("id"); id != "" {
		d.EntryID = id // the same entry, should the first try have arrived after all
	}
	return p.Show(status, "ticket", d)
}

func api2page(n int64) string { return "/desk/tickets/" + strconv.FormatInt(n, 10) }

// deskEvents is what happens at the whole desk, for lists that are open.
func deskEvents(p *page.Request) error { return p.Pass(api.PathChanges) }

func ticketEvents(p *page.Request) error { return p.Pass(api.EventsPath(p.Number("n"))) }

func bundle(p *page.Request) error {
	return p.Pass(api.BundlePath(p.Number("n"), p.R.PathValue("id")))
}

func file(p *page.Request) error { return p.Pass(api.FilePath(p.Number("n"), p.R.PathValue("id"))) }

func record(p *page.Request) error {
	p.W.Header().Set("Content-Disposition", `attachment; filename="session-record.jsonl"`)
	return p.Pass(api.RecordPath(p.R.PathValue("id")))
}

// screen leads to the page that looks at the customer's screen. What lets in
// there stands in the part of the address that no server and no log sees, and
// is good once.
func screen(p *page.Request) error {
	n := p.Number("n")
	made, err := page.Ask[api.ScreenPass](p, http.MethodPost, api.ScreenPath(n), nil)
	if err != nil {
		return after(p, err, "")
	}
	http.Redirect(p.W, p.R, "/web/#ticket="+strconv.FormatInt(n, 10)+"&pass="+made.Pass, http.StatusSeeOther)
	return nil
}

func makeLink(p *page.Request) error {
	made, err := page.Ask[api.CreatedLink](p, http.MethodPost, api.LinksPath(p.Number("n")), nil)
	if err != nil {
		return after(p, err, "")
	}
	d, err := readTicket(p)
	if err != nil {
		return err
	}
	d.Link = &made
	return p.Show(http.StatusOK, "ticket", d)
}
