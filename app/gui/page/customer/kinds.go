//go:build !headless

package customer

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
)

// askAgain is how long a desk that did not answer is left alone.
const askAgain = 15 * time.Second

// askTemplates asks the desk what each kind of ticket needs, until it says so.
// Before, and without it, a ticket is a fault with the fields that every one has.
func (f *Flow) askTemplates() {
	if f.c.Advice == nil {
		return
	}
	page.Load(f.one,
		func(ctx context.Context) (api.Templates, error) {
			t, err := f.c.Advice.Templates(ctx)
			f.frame.Log(err)
			for again := time.NewTicker(f.c.Again); err != nil; t, err = f.c.Advice.Templates(ctx) {
				select {
				case <-again.C:
				case <-ctx.Done():
					return t, ctx.Err()
				}
			}
			return t, nil
		},
		func(t api.Templates, err error) {
			if err == nil {
				f.asks = t
				f.tell()
			}
		})
}

// kindWords are what people call the kinds, in the order of api.Kinds.
func kindWords() []string {
	return []string{
		lang.L("Something does not work"), lang.L("I have a question"), lang.L("I wish for something new"),
		lang.L("Something is to be changed"), lang.L("Something is to be installed"),
	}
}

// questions are the parts of the describe page that depend on the kind: the
// description's name, and what is asked beside it.
type questions struct {
	flow   *Flow
	keep   func()
	what   *fynewidget.Label
	box    *fyne.Container
	fields map[string]*widget.Writing // by the question's ID
	shown  []api.Ask
}

func (f *Flow) questions(keep func()) *questions {
	q := &questions{flow: f, keep: keep, what: fynewidget.NewLabel(""), box: container.NewVBox(), fields: map[string]*widget.Writing{}}
	q.what.TextStyle.Bold = true
	q.show()
	return q
}

// kind is the choice of what the ticket is about.
func (q *questions) kind() fyne.CanvasObject {
	f := q.flow
	choice := fynewidget.NewSelect(kindWords(), nil)
	choice.SetSelectedIndex(max(0, slices.Index(api.Kinds, f.ticket.Kind)))
	choice.OnChanged = func(chosen string) {
		if i := slices.Index(kindWords(), chosen); i >= 0 && f.ticket.Kind != api.Kinds[i] {
			f.ticket.Kind = api.Kinds[i]
			q.show()
			q.keep()
		}
	}
	return widget.NewField(choice)
}

// show puts the questions of the chosen kind and product into their place.
// What was answered before stays in its field.
func (q *questions) show() {
	f := q.flow
	what, asks := f.kindAsks()
	q.what.SetText(what)
	if same(q.shown, asks) {
		return
	}
	q.shown, q.box.Objects = asks, nil
	for row := range slices.Chunk(asks, 2) { // two beside each other, so that the page stays short
		if len(row) == 1 {
			q.box.Add(q.asked(row[0]))
		} else {
			q.box.Add(widget.NewSplit(0.5, q.asked(row[0]), q.asked(row[1])))
		}
	}
	q.box.Refresh()
	f.frame.Settle() // those around have to make room
}

// kindAsks are the description's name and the questions of the chosen kind and product.
func (f *Flow) kindAsks() (what string, asks []api.Ask) {
	kind := f.ticket.Kind
	if kind == "" {
		kind = api.Fault
	}
	what = lang.L("What happened?")
	for _, t := range f.asks.Kinds {
		if t.Kind != kind || t.Product != "" && t.Product != f.ticket.Product {
			continue
		}
		for _, a := range t.Ask {
			if a.Description {
				what = api.In(a.Text, f.ticket.Language)
			} else {
				asks = append(asks, a)
			}
		}
	}
	return what, asks
}

// asked is a question's field below its name.
func (q *questions) asked(a api.Ask) fyne.CanvasObject {
	name := api.In(a.Text, q.flow.ticket.Language)
	if !a.Required {
		name += " " + lang.L("(optional)")
	}
	return labelled(name, q.field(a))
}

func same(a, b []api.Ask) bool {
	return slices.EqualFunc(a, b, func(x, y api.Ask) bool { return x.ID == y.ID })
}

// field is where a question is answered.
func (q *questions) field(a api.Ask) *widget.Writing {
	if have, ok := q.fields[a.ID]; ok {
		return have
	}
	f := q.flow
	w := widget.NewWriting()
	w.SetMinRowsVisible(1)
	w.SetPlaceHolder(lang.L("Your answer"))
	at := slices.IndexFunc(f.ticket.Answers, func(x api.Answer) bool { return x.Question == a.ID })
	if at >= 0 {
		w.SetText(f.ticket.Answers[at].Text)
	}
	w.OnChanged = func(text string) {
		if letters := []rune(text); len(letters) > api.MaxAnswer {
			w.SetText(string(letters[:api.MaxAnswer]))
			return
		}
		f.answer(a, text)
		q.keep()
	}
	q.fields[a.ID] = w
	return w
}

// answer keeps what was answered; an empty answer is none. The list is made
// anew, since a draft that is being kept may have the one before.
func (f *Flow) answer(a api.Ask, text string) {
	all := slices.DeleteFunc(slices.Clone(f.ticket.Answers), func(x api.Answer) bool { return x.Question == a.ID })
	if strings.TrimSpace(text) != "" {
		all = append(all, api.Answer{Question: a.ID, Label: api.In(a.Text, f.ticket.Language), Text: text})
	}
	f.ticket.Answers = all
}

// lacking is the first question that has to be answered and is not; nil: none.
func (q *questions) lacking() (*widget.Writing, string) {
	for _, a := range q.shown {
		if w := q.fields[a.ID]; a.Required && strings.TrimSpace(w.Text) == "" {
			return w, lang.L("Please answer: {{.Question}} Or press Next again if you cannot.", map[string]any{"Question": api.In(a.Text, q.flow.ticket.Language)})
		}
	}
	return nil, ""
}

// answered are the answers to what the chosen kind asks; those to other kinds'
// questions stay in the draft, should the customer choose again.
func (f *Flow) answered() []api.Answer {
	if len(f.asks.Kinds) == 0 {
		return f.ticket.Answers // the desk has not said what it asks
	}
	_, asks := f.kindAsks()
	return slices.DeleteFunc(slices.Clone(f.ticket.Answers), func(x api.Answer) bool {
		return !slices.ContainsFunc(asks, func(a api.Ask) bool { return a.ID == x.Question })
	})
}
