package staff

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/console/page"
)

// What somebody can write, as the form names it.
const (
	writeAnswer = "answer" // a note that the customer sees
	writeNote   = "note"   // one that they do not
	writeCall   = "call"
	writeMail   = "mail"
	writeTime   = "time"
)

// addEntry puts something on the timeline.
func addEntry(p *page.Request) error {
	n := p.Number("n")
	files, err := p.TakeFiles(n, func() error {
		_, err := p.API.Ticket(p.R.Context(), n)
		return err
	})
	if err != nil {
		return after(p, err, "")
	}
	e := api.NewEntry{ID: p.Get("id"), Kind: api.EntryNote, Text: strings.TrimSpace(p.Form.Get("text"))}
	e.Minutes, _ = strconv.Atoi(p.Get("minutes"))
	switch p.Get("what") {
	case writeAnswer:
		e.Public = true
	case writeCall:
		e.Kind, e.Public = api.EntryCall, p.Get("public") != ""
	case writeMail:
		e.Kind, e.Public, e.Party = api.EntryMailOut, p.Get("public") != "", api.Party(p.Get("party"))
		e.To = some(strings.FieldsFunc(p.Get("to"), func(r rune) bool { return r == ',' || r == ';' || r == ' ' || r == '\n' }))
	case writeTime:
		e.Kind = api.EntryTime
	}
	if e.Files = files; e.Text == "" && len(files) > 0 {
		e.Text = p.T("A file")
	}
	return after(p, p.Tell(http.MethodPost, api.EntriesPath(n), e), "#newest")
}

// plan ticks, adds and takes away steps.
func plan(p *page.Request) error {
	t, err := p.API.Ticket(p.R.Context(), p.Number("n"))
	if err != nil {
		return err
	}
	steps := t.Plan
	for i := range steps {
		done := slices.Contains(p.Form["done"], steps[i].ID)
		switch {
		case done && steps[i].Done == nil:
			steps[i].Done, steps[i].By = new(p.Now), p.Me.Name
		case !done && steps[i].Done != nil:
			steps[i].Done, steps[i].By = nil, ""
		}
	}
	steps = slices.DeleteFunc(steps, func(s api.Step) bool { return slices.Contains(p.Form["drop"], s.ID) })
	if text := p.Get("text"); text != "" {
		steps = append(steps, api.Step{Text: text, Owner: p.Get("step_owner"), Due: p.Get("due")})
	}
	return after(p, p.Tell(http.MethodPatch, api.TicketPath(t.Number), api.TicketChange{Version: version(p), Plan: &steps}), "#plan")
}

// promises gives a date, or says that one was kept.
func promises(p *page.Request) error {
	t, err := p.API.Ticket(p.R.Context(), p.Number("n"))
	if err != nil {
		return err
	}
	all := t.Promises
	for i := range all {
		if all[i].Kept == nil && p.Get("kept") == strconv.Itoa(i) {
			all[i].Kept = new(p.Now)
		}
	}
	if what := p.Get("what"); what != "" {
		due, err := time.ParseInLocation("2006-01-02T15:04", p.Get("due"), time.Local)
		if err != nil {
			if d := day(p.Get("due")); d != nil {
				due = d.Add(17 * time.Hour)
			}
		}
		all = append(all, api.Promise{What: what, Due: due, By: p.Me.Name})
	}
	return after(p, p.Tell(http.MethodPatch, api.TicketPath(t.Number), api.TicketChange{Version: version(p), Promises: &all}), "#promises")
}

// critical adds and takes away days on which the customer cannot do without.
func critical(p *page.Request) error {
	t, err := p.API.Ticket(p.R.Context(), p.Number("n"))
	if err != nil {
		return err
	}
	all := t.Critical
	if i, err := strconv.Atoi(p.Get("drop")); err == nil && i >= 0 && i < len(all) {
		all = slices.Delete(all, i, i+1)
	}
	if from := p.Get("from"); from != "" {
		to := p.Get("to")
		if to == "" {
			to = from
		}
		all = append(all, api.CriticalDate{From: from, To: to, Why: p.Get("why")})
	}
	return after(p, p.Tell(http.MethodPatch, api.TicketPath(t.Number), api.TicketChange{Version: version(p), Critical: &all}), "#critical")
}
