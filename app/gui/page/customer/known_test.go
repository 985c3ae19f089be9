//go:build !headless

package customer

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"
	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
)

// desk is what a desk knows and wants, beside fakes.
type desk struct {
	*fakes

	mu      sync.Mutex // guards the rest
	queries []api.SimilarQuery
	helped  []string
	wanted  page.Wanted
	brought [][]api.Answer
	began   int64
	away    int // how many questions for templates it does not answer
}

func (d *desk) Templates(context.Context) (api.Templates, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.away > 0 {
		d.away--
		return api.Templates{}, errors.New("the desk is not there")
	}
	return api.Templates{Kinds: []api.Template{
		{Kind: api.Fault, Ask: []api.Ask{
			{ID: "what", Description: true, Required: true, Text: map[string]string{"en": "What happened?"}},
			{ID: "since", Required: true, Text: map[string]string{"en": "Since when?"}},
		}},
		{Kind: api.Wish, Ask: []api.Ask{
			{ID: "what", Description: true, Required: true, Text: map[string]string{"en": "What is it for?"}},
			{ID: "scenario", Required: true, Text: map[string]string{"en": "In which situation?"}},
		}},
		{Kind: api.Fault, Product: "Lager 3", Ask: []api.Ask{{ID: "stock", Text: map[string]string{"en": "Which stock?"}}}},
	}}, nil
}

func (d *desk) Known(_ context.Context, q api.SimilarQuery) ([]api.Match, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.queries = append(d.queries, q)
	return []api.Match{
		{Ref: "article/3", Kind: api.MatchArticle, Number: 3, Title: "Printer stays silent", Excerpt: "Restart the spooler.", Strength: 80},
		{Ref: "article/4", Kind: api.MatchArticle, Number: 4, Title: "Something else", Excerpt: "Far away.", Strength: 5},
	}, nil
}

func (d *desk) Read(context.Context, api.Match) (string, error) {
	return "Restart the **spooler** service.", nil
}

func (d *desk) Helped(_ context.Context, ref string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.helped = append(d.helped, ref)
	return nil
}

func (d *desk) Wanted(context.Context, api.CreatedTicket) (page.Wanted, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.wanted, nil
}

func (d *desk) want(w page.Wanted) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.wanted = w
}

func (d *desk) Begin(t api.CreatedTicket) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.began = t.Ticket.Number
	return nil
}

func (d *desk) Bring(_ context.Context, _ api.CreatedTicket, answers []api.Answer, r page.Report, _ func(page.Sent)) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.brought = append(d.brought, answers)
	d.reports = append(d.reports, r)
	d.wanted = page.Wanted{}
	return nil
}

// TestKinds: a wish asks what a wish needs, a fault what a fault does; what was
// answered for another kind is not sent.
func TestKinds(t *testing.T) {
	d := &desk{fakes: &fakes{}}
	p, _ := startWith(t, d.fakes, d, d)
	p.Type("In a few words, for example: Invoices do not print", "Faxes")
	p.Type("Phone number or e-mail address", "jb@example.com")
	p.See("What happened?")
	p.See("Since when?")
	p.Type("Your answer", "Since today.")
	p.Each(func(o fyne.CanvasObject) {
		if c, ok := o.(*fynewidget.Select); ok && slices.Equal(c.Options, kindWords()) {
			c.SetSelected("I wish for something new")
		}
	})
	p.See("What is it for?")
	p.See("In which situation?")
	p.Tap("Next")
	p.See("Please answer: In which situation?")
	p.Type("Your answer", "At the end of the month.")
	p.Tap("Next")
	p.See("This is what we would send")
	p.Tap("Back") // to a fault and back: what was answered for each stays
	choose := func(word string) {
		p.Each(func(o fyne.CanvasObject) {
			if c, ok := o.(*fynewidget.Select); ok && slices.Equal(c.Options, kindWords()) {
				c.SetSelected(word)
			}
		})
	}
	choose("Something does not work")
	p.See("Since when?")
	if got := p.Entry("Your answer").Text; got != "Since today." {
		t.Errorf("the fault's answer is %q", got)
	}
	choose("I wish for something new")
	p.See("In which situation?")
	p.Tap("Next")
	p.Tap("Send")
	p.See("Your ticket has arrived. Its number is")
	got := d.sent()[0].Ticket
	if got.Kind != api.Wish || len(got.Answers) != 1 || got.Answers[0] != (api.Answer{Question: "scenario", Label: "In which situation?", Text: "At the end of the month."}) {
		t.Errorf("%+v", got)
	}
}

// TestKnown: who finds the answer while typing sends nothing.
func TestKnown(t *testing.T) {
	d := &desk{fakes: &fakes{}}
	p, _ := startWith(t, d.fakes, d, d)
	p.Type("In a few words, for example: Invoices do not print", "The printer does not print")
	p.See("This may already be the answer")
	p.See("Printer stays silent")
	if p.Sees("Something else") {
		t.Error("Something else")
	}
	p.Tap("Read")
	p.See("That solves it")
	p.Tap("That solves it")
	p.See("Good that it is solved.")
	p.Until("the desk counts it", func() bool {
		d.mu.Lock()
		defer d.mu.Unlock()
		return slices.Equal(d.helped, []string{"article/3"})
	})
	if len(d.sent()) != 0 {
		t.Error("a ticket was filed")
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if q := d.queries[len(d.queries)-1]; q.Title != "The printer does not print" || !q.Typing {
		t.Errorf("%+v", q)
	}
}

// TestKindsLate: a desk that is there only later asks what it needs all the same.
func TestKindsLate(t *testing.T) {
	d := &desk{fakes: &fakes{}, away: 3}
	p, _ := startWith(t, d.fakes, d, d)
	p.See("What happened?")
	p.See("Since when?")
}

// TestWanted: support asks for what is missing; exactly that is collected,
// looked through and brought, with the answer.
func TestWanted(t *testing.T) {
	d := &desk{fakes: &fakes{}}
	p, _ := startWith(t, d.fakes, d, d)
	p.Type("In a few words, for example: Invoices do not print", "Faxes")
	p.Type("Phone number or e-mail address", "jb@example.com")
	p.Type("Your answer", "Since today.")
	p.Tap("Next")
	p.Tap("Send")
	p.See("Your ticket has arrived. Its number is")
	d.want(page.Wanted{Text: "Please send us the spooler's log.", Wants: []api.Want{
		{ID: "collect:log", Label: "The program's log files", Collector: "log"},
		{ID: "question:version", Label: "Which version?", Question: "version"},
	}})
	d.events <- api.Event{Kind: api.EventEntry, Entry: &api.Entry{Kind: api.EntryRequest}}
	p.See("We need something more from you")
	p.See("Please send us the spooler's log.")
	p.See("• The program's log files")
	p.Type("Your answer", "7.2")
	p.Tap("Collect and look through")
	p.See("This is what we would send")
	p.Tap("Back") // what was answered stays
	p.See("We need something more from you")
	if got := p.Entry("Your answer").Text; got != "7.2" {
		t.Errorf("after going back the answer is %q", got)
	}
	p.Tap("Collect and look through")
	p.See("This is what we would send")
	p.Tap("Send")
	p.See("Thank you. It has arrived.")
	if p.Sees("We need something more from you") {
		t.Error("We need something more from you")
	}
	d.fakes.mu.Lock()
	only := d.only
	d.fakes.mu.Unlock()
	d.mu.Lock()
	defer d.mu.Unlock()
	if !slices.Equal(only, []string{"log"}) || d.began != 10042 || len(d.brought) != 1 || len(d.brought[0]) != 1 || d.brought[0][0].Text != "7.2" {
		t.Errorf("collected %v, began %d, brought %+v", only, d.began, d.brought)
	}
	if r := d.reports[len(d.reports)-1]; r.Evidence == nil || !strings.HasPrefix(r.Ticket.Title, "Faxes") {
		t.Errorf("%+v", r.Ticket)
	}
}
