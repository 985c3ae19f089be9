//go:build !headless

package customer

import (
	"context"
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/diag/bundle"
)

// report is what leaves, as it is now: a later change does not reach it.
func (f *Flow) report() page.Report {
	keep := map[string]bool{}
	if f.evidence != nil {
		for _, file := range f.evidence.Manifest().Files {
			keep[file.Path] = f.keep(file)
		}
	}
	ticket := f.ticket
	ticket.Answers = f.answered()
	ticket.Findings, ticket.Signs = f.signs(keep)
	return page.Report{
		Ticket: ticket, Evidence: f.evidence, Changes: f.clean.changes.Clone(),
		Keep: func(file bundle.File) bool { return keep[file.Path] },
	}
}

// send shows the third page and sends.
func (f *Flow) send() {
	f.open(stepSend, func(s *page.Scope) fyne.CanvasObject {
		what := widget.NewSubheading(lang.L("Preparing …"))
		amount := widget.NewCaption(" ")
		endless := fynewidget.NewProgressBarInfinite()
		bar := fynewidget.NewProgressBar()
		bar.TextFormatter = func() string { return "" }
		bar.Hide()
		cancel := widget.NewButton(lang.L("Cancel"), base.CancelIcon(), f.review)
		f.frame.SetKeys(page.Keys{Escape: f.review})
		report := f.report()
		progress := page.NewNewest(s, func(p page.Sent) {
			what.SetText(stepWords(p.Step))
			if p.Total > 0 {
				endless.Hide()
				bar.Show()
				bar.Max = float64(p.Total)
				bar.SetValue(float64(p.Done))
				amount.SetText(lang.L("{{.Done}} of {{.Total}}",
					map[string]any{"Done": page.Size(p.Done), "Total": page.Size(p.Total)}))
			}
		})
		page.Load(s,
			f.sending(report, progress.Put),
			func(t api.CreatedTicket, err error) {
				if err != nil {
					f.frame.Log(err)
					f.failed(report, err)
					return
				}
				if f.more != nil {
					f.brought()
					return
				}
				f.filed(t)
			})
		body := container.NewVBox(what, container.New(slim{}, endless, bar), amount)
		return foot(widget.NewCentred(560, widget.NewCard(widget.Inset(10, body))), nil, cancel)
	})
}

func stepWords(s page.SendStep) string {
	switch s {
	case page.Filing:
		return lang.L("Filing your ticket …")
	case page.Uploading:
		return lang.L("Sending what was collected …")
	default:
		return lang.L("Packing what is ticked …")
	}
}

// failed says what went wrong with sending; nothing is lost.
func (f *Flow) failed(r page.Report, err error) {
	f.open(stepSend, func(s *page.Scope) fyne.CanvasObject {
		result := container.NewVBox()
		again := widget.NewMain(lang.L("Try again"), base.ViewRefreshIcon(), f.send)
		save := widget.NewButton(lang.L("Save as file …"), base.DocumentSaveIcon(), func() { f.save(s, r, result) })
		back := widget.NewButton(lang.L("Back"), base.NavigateBackIcon(), f.review)
		f.frame.SetKeys(page.Keys{Enter: f.send, Escape: f.review})
		body := container.NewVBox(widget.NewSubheading(lang.L("Not sent yet")), page.Trouble(err, again, save))
		if f.c.Phone != "" {
			body.Add(widget.NewText(lang.L("You can also call us: {{.Phone}}", map[string]any{"Phone": f.c.Phone})))
		}
		body.Add(result)
		return foot(widget.NewCentred(620, widget.NewCard(widget.Inset(6, body))), nil, back)
	})
}

// save asks where to and keeps the report there as a file.
func (f *Flow) save(s *page.Scope, r page.Report, result *fyne.Container) {
	tell := func(o fyne.CanvasObject) {
		result.Objects = []fyne.CanvasObject{o}
		f.frame.Settle()
	}
	ask := dialog.NewFileSave(func(to fyne.URIWriteCloser, err error) {
		if err != nil {
			tell(page.Trouble(err))
			return
		}
		if to == nil {
			return // the customer thought better of it
		}
		path := to.URI().Path()
		page.Load(s,
			func(ctx context.Context) (string, error) {
				if err := to.Close(); err != nil {
					return path, fmt.Errorf("write %q: %w", path, err)
				}
				return path, f.c.Saving.Save(ctx, path, r)
			},
			func(path string, err error) {
				if err != nil {
					f.frame.Log(err)
					tell(page.Trouble(err))
					return
				}
				tell(widget.NewNotice(widget.Good, lang.L("Saved as {{.File}}.", map[string]any{"File": path}),
					lang.L("You can give this file to us in another way.")))
			})
		tell(fynewidget.NewLabel(lang.L("Saving …")))
	}, f.frame.Window)
	ask.SetFileName("beistand-" + time.Now().Format("2006-01-02-1504") + ".zip")
	ask.Resize(f.frame.Window.Canvas().Size().SubtractWidthHeight(80, 80))
	ask.Show()
}
