package mine

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/desk/console/page"
)

// view is the data of a customer's ticket.
type view struct {
	api.Ticket
	Entries []api.Entry
	Older   int64
	Newest  bool
	Missing []api.Want
	EntryID string
	Problem string
	Fresh   bool // it was filed just now
	Over    bool
}

func at(n int64) string { return "/my/tickets/" + strconv.FormatInt(n, 10) }

func over(err error) bool {
	k := client.KindOf(err)
	return k == api.KindUnauthorized || k == api.KindNotFound || k == api.KindForbidden
}

func ticket(p *page.Request) error {
	d, err := read(p)
	if err != nil {
		return err
	}
	return p.Show(http.StatusOK, "myticket", d)
}

func read(p *page.Request) (*view, error) {
	n := p.Number("n")
	t, err := p.API.Ticket(p.R.Context(), n)
	if err != nil {
		return nil, err
	}
	d := &view{Ticket: t, EntryID: client.NewTicketID(), Fresh: p.R.URL.Query().Get("filed") != "", Over: t.State == api.StateClosed}
	before, _ := strconv.ParseInt(p.R.URL.Query().Get("before"), 10, 64)
	d.Newest = before == 0
	line, err := page.Read[api.Timeline](p, api.EntriesPage(n, before, 0, 50))
	if err != nil {
		return nil, err
	}
	d.Entries = line.Entries
	if line.More && len(line.Entries) > 0 {
		d.Older = line.Entries[0].ID
	}
	if c, err := page.Read[api.Completeness](p, api.CompletenessPath(n)); err == nil {
		d.Missing = c.Missing
	}
	return d, nil
}

// after shows the ticket again: as it is now, or with why a form was refused
// and what was typed into it.
func after(p *page.Request, err error) error {
	if err == nil {
		return p.Go(at(p.Number("n")) + "#newest")
	}
	said, ok := p.Problem(err)
	if !ok {
		return err
	}
	d, rerr := read(p)
	if rerr != nil {
		return rerr
	}
	d.Problem = said
	if id := p.Get("id"); id != "" {
		d.EntryID = id
	}
	return p.Show(http.StatusUnprocessableEntity, "myticket", d)
}

// answer adds what the customer writes, and the files that come with it.
func answer(p *page.Request) error {
	n := p.Number("n")
	ids, err := p.TakeFiles(n, func() error {
		_, err := p.API.Ticket(p.R.Context(), n)
		return err
	})
	if err != nil {
		return after(p, err)
	}
	text := strings.TrimSpace(p.Form.Get("text"))
	if text == "" && len(ids) > 0 {
		text = p.T("A file")
	}
	made, err := page.Ask[api.Added](p, http.MethodPost, api.EntriesPath(n), api.NewEntry{ID: p.Get("id"), Kind: api.EntryNote, Public: true, Text: text, Files: ids})
	if err == nil && made.Continued != nil {
		p.OpenTicket(made.Continued.Ticket.Number, made.Continued.Token)
		return p.Go(at(made.Continued.Ticket.Number))
	}
	return after(p, err)
}

// questions answers what the ticket still needs.
func questions(p *page.Request) error {
	var a api.Answers
	for name, values := range p.Form {
		text := strings.TrimSpace(values[0])
		if text == "" {
			continue
		}
		if id, ok := strings.CutPrefix(name, "question:"); ok {
			a.Answers = append(a.Answers, api.Answer{Question: id, Label: p.Get("label:" + id), Text: text})
		}
		switch name {
		case "field:product":
			a.Product = &text
		case "field:product_version":
			a.ProductVersion = &text
		case "field:module":
			a.Module = &text
		}
	}
	return after(p, p.Tell(http.MethodPatch, api.AnswersPath(p.Number("n")), a))
}

// solution is how the customer says that it is over, or that it is not.
func solution(p *page.Request) error {
	s := api.OwnSolution{Solution: p.Get("solution"), Feedback: p.Get("feedback"), Reopen: p.Get("how") == "reopen"}
	switch p.Get("satisfied") {
	case "yes":
		s.Satisfied = new(true)
	case "no":
		s.Satisfied = new(false)
	}
	return after(p, p.Tell(http.MethodPost, api.SolutionPath(p.Number("n")), s))
}

func events(p *page.Request) error { return p.Pass(api.EventsPath(p.Number("n"))) }

func bundle(p *page.Request) error {
	return p.Pass(api.BundlePath(p.Number("n"), p.R.PathValue("id")))
}

func attachment(p *page.Request) error {
	return p.Pass(api.FilePath(p.Number("n"), p.R.PathValue("id")))
}
