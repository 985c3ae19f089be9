package staff

import (
	"net/http"
	"strconv"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/desk/console/page"
)

// filed is the data of the page on which staff files a ticket for somebody who calls.
type filed struct {
	ID       string
	Parent   int64
	From     *api.Ticket // the parent
	Problem  string
	Products []api.Offered
}

func newTicketPage(p *page.Request) error {
	d := &filed{ID: client.NewTicketID()}
	d.Parent, _ = strconv.ParseInt(p.R.URL.Query().Get("parent"), 10, 64)
	return d.show(p, http.StatusOK)
}

func (d *filed) show(p *page.Request, status int) error {
	if d.Parent > 0 {
		t, err := p.API.Ticket(p.R.Context(), d.Parent)
		if err != nil {
			return err
		}
		d.From = &t
	}
	d.Products = help[api.Templates](p, api.PathTemplates).Products
	return p.Show(status, "filed", d)
}

func newTicket(p *page.Request) error {
	d := &filed{ID: p.Get("id")}
	d.Parent, _ = strconv.ParseInt(p.Get("parent"), 10, 64)
	t := api.NewTicket{
		ID: d.ID, Title: p.Get("title"), Description: p.Get("description"), Product: p.Get("product"), ProductVersion: p.Get("product_version"),
		Priority: api.Priority(p.Get("priority")), Name: p.Get("name"), Contact: p.Get("contact"), Language: p.Get("language"),
		Kind: api.Kind(p.Get("kind")), Impact: api.Impact(p.Get("impact")),
	}
	made, err := p.API.CreateTicket(p.R.Context(), t)
	if err == nil && d.Parent > 0 {
		err = p.Tell(http.MethodPatch, api.TicketPath(made.Ticket.Number), api.TicketChange{Version: made.Ticket.Version, Parent: &d.Parent})
	}
	if err != nil {
		said, ok := p.Problem(err)
		if !ok {
			return err
		}
		d.Problem = said
		return d.show(p, http.StatusUnprocessableEntity)
	}
	return p.Go(api2page(made.Ticket.Number))
}
