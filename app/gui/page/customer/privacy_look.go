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
	"github.com/beistand/beistand/app/gui/page/evidence"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/revise"
)

// addHeld lists the files that could not be redacted.
func (r *review) addHeld(rows *fyne.Container) {
	held := r.flow.held()
	if len(held) == 0 {
		return
	}
	section(rows, lang.L("Held back"), lang.L("We could not look through these files for passwords and names. They stay here unless you say otherwise."))
	for _, file := range held {
		look := widget.NewButton(lang.L("Look"), base.SearchIcon(), func() { r.open(file.Path, 0) })
		words := container.New(layout.NewCustomPaddedVBoxLayout(-12),
			one(evidence.Title(file.Title, file.Source)), caption(evidence.Reason(revise.Held(file))))
		rows.Add(container.NewBorder(nil, nil, nil, container.NewCenter(look), words))
		rows.Add(r.nevertheless(file))
	}
}

// nevertheless is the box that sends a file which could not be redacted.
func (r *review) nevertheless(file bundle.File) fyne.CanvasObject {
	check := fynewidget.NewCheck(lang.L("Send it nevertheless"), nil)
	check.SetChecked(r.flow.clean.sent[file.Path])
	check.OnChanged = func(on bool) {
		r.flow.clean.sent[file.Path] = on
		r.refresh()
	}
	return check
}

// notice stands above the content of a file that could not be redacted.
func (r *review) notice(path string) fyne.CanvasObject {
	for _, file := range r.flow.held() {
		if file.Path == path {
			return widget.NewNotice(widget.Warning,
				lang.L("We could not look through this file: {{.Why}}", map[string]any{"Why": evidence.Reason(revise.Held(file))}),
				lang.L("It would be sent just as it is, with every password and name in it. It stays here unless you say otherwise."),
				r.nevertheless(file))
		}
	}
	return nil
}

// addRisks lists what a second look has found.
func (r *review) addRisks(rows *fyne.Container) {
	risks := r.flow.clean.risks
	shown := 0
	for _, risk := range risks {
		file, ok := r.file(risk.Path)
		if !ok || !r.flow.keep(file) {
			continue
		}
		if shown == 0 {
			section(rows, lang.L("Please look at this"), lang.L("A second look found places where something may have been left."))
		}
		shown++
		where := evidence.Title(file.Title, file.Source) + "  ·  " + lang.L("Line {{.Line}}", map[string]any{"Line": risk.Line})
		if risk.Lines > 1 {
			where += "  ·  " + lang.N("in {{.Count}} lines", risk.Lines, map[string]any{"Count": risk.Lines})
		}
		look := widget.NewButton(lang.L("Look"), base.SearchIcon(), func() { r.open(risk.Path, int(risk.Line)) })
		hide := widget.NewButton(lang.L("Hide this"), base.VisibilityOffIcon(), func() { r.hideRisk(risk) })
		words := container.New(layout.NewCustomPaddedVBoxLayout(-12), one(page.Suspicion(risk.What)), caption(where))
		rows.Add(container.NewBorder(nil, nil, nil, container.NewCenter(container.NewHBox(look, hide)), words))
	}
	m := r.flow.evidence.Manifest().Redaction
	if m != nil && m.Unchecked != "" {
		rows.Add(caption(lang.L("There was no second look at everything: {{.Why}}", map[string]any{"Why": evidence.Reason(m.Unchecked)})))
	}
}

// hideRisk hides what is suspicious in a risk's line.
func (r *review) hideRisk(risk bundle.Risk) {
	revision := r.flow.clean.revision
	page.Load(r.scope,
		func(ctx context.Context) (string, error) { return revision.Suspect(ctx, risk) },
		func(text string, err error) {
			if err == nil {
				err = r.hide(text)
			}
			if err != nil {
				r.flow.frame.Log(err)
				r.open(risk.Path, int(risk.Line)) // there it can be selected
			}
		})
}

// one is a line that is cut where there is no room.
func one(text string) *fynewidget.Label {
	l := fynewidget.NewLabel(text)
	l.Truncation = fyne.TextTruncateEllipsis
	return l
}

func caption(text string) *fynewidget.Label {
	l := widget.NewCaption(text)
	l.Wrapping, l.Truncation = fyne.TextWrapOff, fyne.TextTruncateEllipsis
	return l
}
