//go:build !headless

package customer

import (
	"context"
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/session/rights"
)

// armTime is how long a question stands before a yes counts.
const armTime = 500 * time.Millisecond

// show asks for consent. No is where Enter, Escape and silence lead.
func (q *question) show() {
	f := q.h.flow
	var refuse *widget.Button
	f.open(stepDone, func(s *page.Scope) fyne.CanvasObject {
		no := func() { q.say(page.Grant{}) }
		refuse = widget.NewMain(lang.L("Allow nothing"), base.CancelIcon(), no)
		refuse.Escape = no
		allow := widget.NewButton(lang.L("Allow what is ticked"), base.ConfirmIcon(), func() {
			q.say(page.Grant{Rights: q.ticked, Sight: q.sight})
		})
		f.frame.SetKeys(page.Keys{Enter: no, Escape: no})
		ready := func() {
			if q.armed && q.ticked != 0 && (q.chosen || !q.ticked.Has(rights.See)) {
				allow.Enable()
			} else {
				allow.Disable()
			}
		}
		q.sight, q.chosen = page.Sight{}, true
		head := container.New(layout.NewCustomPaddedVBoxLayout(-6), widget.NewHeading(q.title()), q.h.origin())
		if q.wish.Reason != "" {
			head.Add(widget.NewText(lang.L("They write: “{{.Reason}}”", map[string]any{"Reason": page.Plain(q.wish.Reason)})))
		}
		rows := q.rows(s, ready)
		ready()
		arm(s, func() { q.armed = true; ready() })
		below := container.NewVBox(silence(s, q.until), container.NewHBox(layout.NewSpacer(), refuse, allow))
		return f.asking(widget.NewSnug(680, container.NewVBox(head, separator()), rows, below))
	})
	f.frame.Focus(refuse)
}

func (q *question) title() string {
	if q.wish.First {
		return lang.L("What do you allow {{.Name}}?", q.h.who())
	}
	return lang.L("{{.Name}} asks for more", q.h.who())
}

// rows are the rights, each with its own box, and those that cannot be given.
func (q *question) rows(s *page.Scope, ready func()) fyne.CanvasObject {
	cannot := q.h.flow.cannot()
	all := container.NewVBox(widget.NewCaption(lang.L("Tick only what you want. You can take back each thing at any time.")))
	lacking := container.NewVBox()
	for _, r := range q.wanted().Rights() {
		if why, none := cannot[r]; none {
			lacking.Add(widget.NewCaption(page.Right(r).Name + ": " + lacks(why)))
			continue
		}
		var more []fyne.CanvasObject
		if r == rights.See {
			more = append(more, newSights(q.h.flow, s, func(v page.Sight, chosen bool) {
				q.sight, q.chosen = v, chosen
				ready()
			}))
		}
		words := page.Right(r)
		row, box := widget.NewChoice(words.Name, words.Meaning, words.Caution, more...)
		box.SetChecked(q.ticked.Has(r))
		box.OnChanged = func(on bool) {
			q.ticked = q.ticked.Without(rights.Of(r))
			if on {
				q.ticked = q.ticked.With(rights.Of(r))
			}
			ready()
		}
		all.Add(row)
	}
	if len(lacking.Objects) > 0 {
		all.Add(widget.NewSubheading(lang.L("Not possible on this computer")))
		all.Add(lacking)
	}
	return all
}

// arm calls ready once a page has stood for a moment.
func arm(s *page.Scope, ready func()) {
	s.Go(func(ctx context.Context) {
		select {
		case <-time.After(armTime):
			s.UI(ready)
		case <-ctx.Done():
		}
	})
}

// silence says when silence becomes a no.
func silence(s *page.Scope, until time.Time) fyne.CanvasObject {
	left := widget.NewCaption("")
	bar := fynewidget.NewProgressBar()
	bar.TextFormatter = func() string { return "" }
	bar.Max = max(1, time.Until(until).Seconds())
	tick(s, until, func(rest time.Duration) {
		seconds := int(math.Ceil(rest.Seconds()))
		left.SetText(lang.N("Without an answer it is refused in {{.Count}} seconds.", seconds, map[string]any{"Count": seconds}))
		bar.SetValue(rest.Seconds())
	})
	return container.New(layout.NewCustomPaddedVBoxLayout(-4), left, container.New(slim{}, bar))
}
