//go:build !headless

package supporter

import (
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
	"github.com/beistand/beistand/session/film"
	"github.com/beistand/beistand/session/rights"
)

// choices are the rights as they are chosen, by what they are about.
func choices() []struct {
	head string
	all  []rights.Right
} {
	return []struct {
		head string
		all  []rights.Right
	}{
		{lang.L("On the screen"), []rights.Right{rights.See, rights.Point, rights.Control, rights.Film}},
		{lang.L("Text and files"), []rights.Right{rights.ClipIn, rights.ClipOut, rights.FilesIn, rights.FilesOut}},
		{lang.L("Beside the picture"), []rights.Right{rights.Vitals, rights.Logs, rights.System}},
	}
}

// choose shows what can be asked for. What was chosen last is chosen again.
func (f *Flow) choose(t api.Ticket, role string) {
	f.frame.Open(func(*page.Scope) fyne.CanvasObject {
		c := &choosing{flow: f, ticket: t, wanted: f.wanted}
		if c.wanted == 0 {
			c.wanted = rights.Of(rights.See)
		}
		back := func() { f.ticket(t.Number) }
		f.frame.SetKeys(page.Keys{Enter: c.ask, Escape: back})
		c.groups = widget.NewFlow()
		c.about = widget.NewText("")
		c.many = widget.NewCaption("")
		c.main = widget.NewMain(lang.L("Ask the customer"), base.ConfirmIcon(), c.ask)
		body := container.NewVBox(widget.NewSubheading(lang.L("What do you ask {{.Name}} for?", map[string]any{"Name": customerName(t)})))
		if others := open(t.Sessions); len(others) > 0 {
			body.Add(c.roles(others))
		}
		c.take(role)
		body.Add(c.about)
		body.Add(c.groups)
		body.Add(c.many)
		body.Add(container.NewHBox(layout.NewSpacer(), widget.NewButton(lang.L("Cancel"), base.CancelIcon(), back), c.main))
		return widget.Inset(12, widget.NewCentred(1040, widget.NewCard(widget.Inset(10, body))))
	})
}

// choosing is the page's state.
type choosing struct {
	flow   *Flow
	ticket api.Ticket
	role   string
	wanted rights.Set
	groups *fyne.Container
	about  *fynewidget.Label
	many   *fynewidget.Label
	main   *widget.Button
	boxes  map[rights.Right]*fynewidget.Check
}

// roles lets choose as what to come to a ticket where others are already.
func (c *choosing) roles(others []api.Session) fyne.CanvasObject {
	var who []string
	for _, o := range others {
		who = append(who, o.Supporter)
	}
	all := []string{api.RoleSupporter, api.RoleExpert, api.RoleObserver}
	words := []string{page.Role(all[0]), page.Role(all[1]), page.Role(all[2])}
	radio := fynewidget.NewRadioGroup(words, nil)
	radio.Horizontal, radio.Required = true, true
	radio.OnChanged = func(word string) {
		for i, w := range words {
			if w == word {
				c.take(all[i])
			}
		}
		c.flow.frame.Settle()
	}
	c.flow.frame.UI(func() { radio.SetSelected(page.Role(c.role)) })
	return container.NewVBox(
		widget.NewText(lang.L("There already: {{.Names}}. You come as:", map[string]any{"Names": strings.Join(who, ", ")})), radio)
}

// take takes a role, and shows what it can ask for.
func (c *choosing) take(role string) {
	c.role = role
	switch role {
	case api.RoleObserver:
		c.about.SetText(lang.L("An observer looks on and has no other right."))
	case api.RoleExpert:
		c.about.SetText(lang.L("An expert has a code and a consent of their own."))
	default:
		c.about.SetText(lang.L("Less is given more readily. You can ask for more while you look."))
	}
	c.groups.Objects, c.boxes = nil, map[rights.Right]*fynewidget.Check{}
	for _, g := range choices() {
		head := fynewidget.NewLabel(g.head)
		head.TextStyle.Bold = true
		column := container.New(layout.NewCustomPaddedVBoxLayout(-4), head)
		for _, r := range g.all {
			if r != rights.Film || film.Can() {
				column.Add(c.box(r))
			}
		}
		c.groups.Add(widget.Inset(4, column))
	}
	c.count()
	c.groups.Refresh()
}

func (c *choosing) box(r rights.Right) fyne.CanvasObject {
	box := fynewidget.NewCheck(page.Right(r).Aim, nil)
	box.SetChecked(c.asked().Has(r))
	if c.role == api.RoleObserver {
		box.Disable()
	}
	box.OnChanged = func(on bool) { c.turn(r, on) }
	c.boxes[r] = box
	return box
}

// onPicture are the rights that are of no use without the picture.
var onPicture = rights.Of(rights.Point, rights.Control, rights.Film)

// turn takes a right in or out, and with it what it needs or what needs it.
func (c *choosing) turn(r rights.Right, on bool) {
	switch {
	case on && onPicture.Has(r):
		c.wanted = c.wanted.With(rights.Of(r, rights.See))
	case on:
		c.wanted = c.wanted.With(rights.Of(r))
	case r == rights.See:
		c.wanted = c.wanted.Without(onPicture.With(rights.Of(r)))
	default:
		c.wanted = c.wanted.Without(rights.Of(r))
	}
	for other, box := range c.boxes {
		box.Checked = c.wanted.Has(other) // without its OnChanged
		box.Refresh()
	}
	c.count()
}

// asked is what is asked for as it is chosen now.
func (c *choosing) asked() rights.Set {
	if c.role == api.RoleObserver {
		return rights.Of(rights.See)
	}
	return c.wanted
}

func (c *choosing) count() {
	n := len(c.asked().Rights())
	if n == 0 {
		c.many.SetText(lang.L("Tick what you ask for."))
		c.main.Disable()
		return
	}
	c.main.Enable()
	c.many.SetText(lang.N("The customer is asked for {{.Count}} rights, and ticks each by itself.", n, map[string]any{"Count": n}))
}

func (c *choosing) ask() {
	if c.asked() == 0 {
		return
	}
	if c.role != api.RoleObserver {
		c.flow.wanted = c.wanted.Without(rights.Of(rights.Film)) // that is chosen anew each time
	}
	c.flow.ask(c.ticket, api.NewSession{Rights: c.asked().Strings(), Role: c.role})
}
