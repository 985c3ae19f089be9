//go:build !headless

package customer

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/record"
	"github.com/beistand/beistand/session/rights"
)

// told lists what has happened, from the session's record, and where that lies.
func (h *hosted) told(s *page.Scope) fyne.CanvasObject {
	list := container.New(layout.NewCustomPaddedVBoxLayout(-12))
	page.Load(s,
		func(context.Context) ([]record.Entry, error) { return h.flow.c.Hosting.Told(h.record) },
		func(all []record.Entry, err error) {
			if err != nil {
				list.Add(page.Trouble(err))
			}
			for _, e := range all {
				if words := h.happened(e); words != "" {
					when := fynewidget.NewLabel(e.At.Local().Format("15:04:05"))
					when.Importance = fynewidget.LowImportance
					list.Add(container.NewBorder(nil, nil, container.NewVBox(when), nil, widget.NewText(words)))
				}
			}
			h.flow.frame.Settle()
		})
	where := widget.NewCaption(h.record)
	where.Wrapping = fyne.TextWrapBreak
	open := widget.NewButton(lang.L("Show the folder"), base.FolderOpenIcon(), func() { h.flow.reveal(h.record) })
	open.Importance = fynewidget.LowImportance
	return container.NewVBox(list, container.NewBorder(nil, nil, nil, container.NewVBox(open), container.New(layout.NewCustomPaddedVBoxLayout(-12),
		widget.NewCaption(lang.L("The record of this session is kept on this computer. The support has a copy.")), where)))
}

// happened is an entry in plain words; "" for one that needs none.
func (h *hosted) happened(e record.Entry) string {
	data := h.who()
	all, err := rights.Parse(e.Rights)
	if err != nil {
		all = 0
	}
	data["Rights"], data["File"], data["Size"] = listed(all), page.Plain(e.Name), page.Size(e.Size)
	mine := e.By == record.Customer
	if e.Reason == record.CutShort && (e.What == record.File || e.What == record.Evidence) {
		return lang.L("{{.File}} was on its way to {{.Name}} and was broken off; {{.Size}} at most had left.", data)
	}
	switch e.What {
	case record.Asked:
		return lang.L("{{.Name}} asked for: {{.Rights}}", data)
	case record.Agreed:
		return lang.L("The right code was typed.")
	case record.Granted:
		return lang.L("You allowed: {{.Rights}}", data)
	case record.Refused:
		return lang.L("You did not allow: {{.Rights}}", data)
	case record.Revoked:
		if mine {
			return lang.L("You took back: {{.Rights}}", data)
		}
		return lang.L("{{.Name}} gave back: {{.Rights}}", data)
	case record.Started:
		return lang.L("The first picture was shown.")
	case record.File:
		if mine {
			return lang.L("The file {{.File}} went to {{.Name}} ({{.Size}}).", data)
		}
		return lang.L("The file {{.File}} came from {{.Name}} ({{.Size}}).", data)
	case record.Evidence:
		return lang.L("{{.File}} went to {{.Name}} ({{.Size}}).", data)
	case record.Ended:
		return h.endedFor(e)
	case record.Paused:
		return lang.L("You paused: nothing was shown.")
	case record.Resumed:
		return lang.L("It went on.")
	case record.Held:
		if e.Reason == record.Locked {
			return lang.L("Nothing was shown: your screen was locked.")
		}
		return lang.L("Nothing was shown: the observer was missing.")
	}
	return ""
}

// endedFor says why it ended; that nobody did anything is nobody's doing.
func (h *hosted) endedFor(e record.Entry) string {
	for reason, err := range map[string]error{"nothing happened for 10 minutes": session.ErrIdle, "it had lasted for 60 minutes": session.ErrTooLong} {
		if e.Reason == reason {
			what, _ := page.Explain(err)
			return what
		}
	}
	return h.endedBy(e.By)
}
