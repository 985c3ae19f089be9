//go:build !headless

package customer

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
)

// form is the describe page's fields.
type form struct {
	title, name, contact *fynewidget.Entry
	what                 *widget.Writing
	product              fyne.CanvasObject
	priority             *fynewidget.RadioGroup
	missing              *fynewidget.Label
	questions            *questions
	known                *asking
	asked                bool // for what is not answered
}

// describe shows the first page.
func (f *Flow) describe() {
	f.open(stepDescribe, func(s *page.Scope) fyne.CanvasObject {
		fields := f.form(s)
		next := func() { f.leaveDescribe(fields) }
		main := widget.NewMain(lang.L("Next"), base.NavigateNextIcon(), next)
		main.IconPlacement = fynewidget.ButtonIconTrailingText
		f.frame.SetKeys(page.Keys{Enter: next})
		for _, e := range []*fynewidget.Entry{fields.title, fields.name, fields.contact} {
			e.OnSubmitted = func(string) { next() }
		}
		left := widget.NewCard(container.NewBorder(widget.NewSubheading(lang.L("What can we help you with?")), nil, nil, nil,
			container.NewVScroll(widget.Inset(3, fields.object()))))
		right := fields.known.above(widget.NewCard(f.collecting(lang.L("You can go on writing. Nothing is sent yet."))))
		return foot(widget.NewSplit(0.64, left, right), fields.missing, nil, main)
	})
	if f.ticket.Title == "" {
		f.frame.Window.Canvas().FocusNext()
	}
}

// form makes the fields and fills them from the draft.
func (f *Flow) form(s *page.Scope) *form {
	t := &f.ticket
	known := f.knowing(s)
	keep := func() {
		f.kept.keep(f.draft())
		known.changed()
	}
	m := &form{
		known: known, questions: f.questions(keep),
		title:   entry(lang.L("In a few words, for example: Invoices do not print"), &t.Title, api.MaxTitle, keep),
		name:    entry(lang.L("Your name"), &t.Name, api.MaxName, keep),
		contact: entry(lang.L("Phone number or e-mail address"), &t.Contact, api.MaxName, keep),
		missing: fynewidget.NewLabel(""),
	}
	m.what = widget.NewWriting()
	m.what.SetMinRowsVisible(3)
	m.what.SetPlaceHolder(lang.L("What did you do, and what happened then? Since when?"))
	bind(&m.what.Entry, &t.Description, api.MaxDescription, keep)
	m.missing.Importance = fynewidget.DangerImportance
	m.product = f.product(func() {
		m.questions.show()
		keep()
	})
	f.watchers = append(f.watchers, m.questions.show)
	m.priority = fynewidget.NewRadioGroup(priorityWords(), func(chosen string) {
		if i := slices.Index(priorityWords(), chosen); i >= 0 {
			t.Priority = priorities[i]
			keep()
		}
	})
	m.priority.Required = true
	i := slices.Index(priorities, t.Priority)
	if i < 0 {
		i = slices.Index(priorities, api.Normal)
	}
	m.priority.SetSelected(priorityWords()[i])
	return m
}

func (m *form) object() fyne.CanvasObject {
	return container.NewVBox(
		widget.NewSplit(0.5, labelled(lang.L("What is it about?"), m.questions.kind()), labelled(lang.L("Product"), m.product)),
		labelled(lang.L("Title"), m.title),
		container.New(layout.NewCustomPaddedVBoxLayout(-4), m.questions.what, m.what),
		widget.NewSplit(0.5,
			container.NewVBox(
				labelled(lang.L("Name"), m.name),
				labelled(lang.L("How can we reach you?"), m.contact)),
			labelled(lang.L("How bad is it?"), m.priority)),
		m.questions.box)
}

// leaveDescribe goes on when what the desk needs is there.
func (f *Flow) leaveDescribe(m *form) {
	for _, field := range []struct {
		entry *fynewidget.Entry
		why   string
	}{
		{m.title, lang.L("Please give your problem a title.")},
		{m.contact, lang.L("Please tell us how we can reach you.")},
	} {
		if strings.TrimSpace(field.entry.Text) == "" {
			m.missing.SetText(field.why)
			f.frame.Focus(field.entry)
			return
		}
	}
	if field, why := m.questions.lacking(); field != nil && !m.asked { // once: nobody is kept from getting help
		m.asked = true
		m.missing.SetText(why)
		f.frame.Focus(field)
		return
	}
	f.review()
}

// product is a choice from the profile's products, or free text without any.
func (f *Flow) product(keep func()) fyne.CanvasObject {
	if len(f.c.Products) == 0 {
		return entry(lang.L("Which program or device?"), &f.ticket.Product, api.MaxName, keep)
	}
	shown := make([]string, len(f.c.Products)) // in the person's language; the ticket has the profile's
	for i, name := range f.c.Products {
		shown[i] = page.Known(name)
	}
	choice := fynewidget.NewSelect(shown, func(chosen string) {
		f.ticket.Product = f.c.Products[slices.Index(shown, chosen)]
		keep()
	})
	choice.PlaceHolder = lang.L("Please choose")
	if i := slices.Index(f.c.Products, f.ticket.Product); i >= 0 {
		choice.SetSelected(shown[i])
	} else if len(shown) == 1 {
		choice.SetSelected(shown[0])
	}
	return widget.NewField(choice)
}

var priorities = []api.Priority{api.Critical, api.High, api.Normal, api.Low}

func priorityWords() []string {
	return []string{
		lang.L("Nothing works"), lang.L("Work is badly hindered"), lang.L("It disturbs"), lang.L("A question or a wish"),
	}
}
