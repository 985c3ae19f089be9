//go:build !headless

package supporter

import (
	"slices"
	"time"

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

// open are the sessions that are not over.
func open(all []api.Session) (open []api.Session) {
	for _, s := range all {
		if s.Ended == nil {
			open = append(open, s)
		}
	}
	return open
}

// present says who is there now, and lets join them.
func (f *Flow) present(t api.Ticket, others []api.Session) fyne.CanvasObject {
	words := container.New(layout.NewCustomPaddedVBoxLayout(-10))
	for _, o := range others {
		line := fynewidget.NewLabel(presence(o))
		line.Truncation = fyne.TextTruncateEllipsis
		words.Add(line)
	}
	join := func(words, role string) fyne.CanvasObject {
		return widget.NewButton(words, base.AccountIcon(), func() { f.choose(t, role) })
	}
	buttons := container.NewHBox(join(lang.L("Join as expert"), api.RoleExpert), join(lang.L("Join as observer"), api.RoleObserver))
	ground := widget.NewGround(widget.Primary, container.NewBorder(nil, nil, nil, container.NewVBox(layout.NewSpacer(), buttons, layout.NewSpacer()), words))
	ground.Pad = 6
	return ground
}

// presence says who is there, as what, since when, with which rights.
func presence(s api.Session) string {
	data := map[string]any{"Name": s.Supporter, "Role": page.Role(s.Role)}
	who := lang.L("{{.Name}} ({{.Role}})", data)
	if s.Started == nil {
		data["Time"] = s.Asked.Local().Format("15:04")
		return join(who, lang.L("asked at {{.Time}}", data), rightWords(parsed(s.Rights)))
	}
	data["Time"] = s.Started.Local().Format("15:04")
	return join(who, lang.L("looking since {{.Time}}", data), rightWords(parsed(s.Rights)))
}

// sessions lists who saw the screen and when, the newest first.
func (f *Flow) sessions(t api.Ticket) fyne.CanvasObject {
	if len(t.Sessions) == 0 {
		none := widget.NewText(lang.L("Nobody has asked for a session yet."))
		none.Alignment = fyne.TextAlignCenter
		none.Importance = fynewidget.LowImportance
		return widget.NewCentred(420, none)
	}
	all := slices.Clone(t.Sessions)
	slices.SortStableFunc(all, func(a, b api.Session) int { return b.Asked.Compare(a.Asked) })
	rows := container.NewVBox()
	for _, one := range all {
		head := fynewidget.NewLabel(join(page.When(one.Asked), one.Supporter, page.Role(one.Role)))
		head.TextStyle.Bold = true
		head.Truncation = fyne.TextTruncateEllipsis
		words := container.New(layout.NewCustomPaddedVBoxLayout(-10), head, widget.NewText(course(one)))
		if asked := rightWords(parsed(one.Rights)); asked != "" {
			words.Add(widget.NewCaption(lang.L("Asked for: {{.Rights}}", map[string]any{"Rights": asked})))
		}
		read := widget.NewButton(lang.L("Record"), base.DocumentIcon(), func() { f.record(t, one) })
		if one.Consented == nil && one.Ended == nil {
			read.Disable() // the customer's program has not begun it
		}
		card := widget.NewCard(container.NewBorder(nil, nil, nil, container.NewVBox(layout.NewSpacer(), read, layout.NewSpacer()), words))
		card.Pad = 8
		rows.Add(card)
	}
	return container.NewVScroll(widget.Inset(4, rows))
}

// course is in one sentence how a session went.
func course(s api.Session) string {
	at := func(t *time.Time) string {
		if t == nil {
			return ""
		}
		return t.Local().Format("15:04:05")
	}
	data := map[string]any{"Consented": at(s.Consented), "Started": at(s.Started), "Ended": at(s.Ended), "By": by(s.EndedBy)}
	switch {
	case s.Started != nil && s.Ended != nil:
		data["Time"] = page.Span(s.Ended.Sub(*s.Started))
		return lang.L("Consent at {{.Consented}}, screen seen from {{.Started}} to {{.Ended}} ({{.Time}}), ended by {{.By}}.", data)
	case s.Started != nil:
		return lang.L("Consent at {{.Consented}}, screen seen since {{.Started}}.", data)
	case s.Ended != nil:
		return lang.L("The screen was not shown; ended at {{.Ended}} by {{.By}}.", data)
	default:
		return lang.L("Asked; there is no consent yet.")
	}
}

func by(who string) string {
	switch who {
	case "customer":
		return lang.L("the customer")
	case "supporter":
		return lang.L("the supporter")
	case "network":
		return lang.L("a lost connection")
	default:
		return lang.L("the desk")
	}
}
