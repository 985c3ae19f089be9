//go:build !headless

package customer

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/page/evidence"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/diag/analyze"
)

// study is how far it is known what the evidence shows.
type study int

const (
	notStudied study = iota // and will not be: nothing is said
	studying
	studied
)

// beside is how many findings stand beside the description; the next page has all.
const beside = 3

// study asks what the evidence shows.
func (f *Flow) study(scope *page.Scope) {
	if f.c.Findings == nil || f.evidence == nil {
		return
	}
	f.studied = studying
	source := f.evidence
	page.Load(scope,
		func(ctx context.Context) (analyze.Report, error) { return f.c.Findings.Study(ctx, source) },
		func(found analyze.Report, err error) {
			f.found, f.studied = found, studied
			if err != nil {
				f.frame.Log(err)
				f.found, f.studied = analyze.Report{}, notStudied
			}
			f.tell()
		})
}

// grave are the findings that a person should know of while describing what is
// wrong; notes are for who looks for the cause.
func grave(all []analyze.Finding) (some []analyze.Finding) {
	for _, one := range all {
		if one.Severity != analyze.Info {
			some = append(some, one)
		}
	}
	return some
}

// fewFindings is what was found, in short.
func fewFindings(all []analyze.Finding) []fyne.CanvasObject {
	some := grave(all)
	parts := []fyne.CanvasObject{widget.NewSubheading(lang.L("What we found"))}
	if len(some) == 0 {
		return append(parts, nothingFound())
	}
	for _, one := range some[:min(len(some), beside)] {
		parts = append(parts, showFinding(one))
	}
	if n := len(some) - beside; n > 0 {
		parts = append(parts, widget.NewCaption(lang.N("and {{.Count}} more", n, map[string]any{"Count": n})))
	}
	return parts
}

func nothingFound() fyne.CanvasObject {
	return widget.NewFinding(widget.Good, lang.L("Nothing unusual was found"), "", "")
}

func showFinding(one analyze.Finding) fyne.CanvasObject {
	word, tone := page.Severity(one.Severity)
	what, todo := page.Finding(one)
	return widget.Inset(4, widget.NewFinding(tone, word, what, todo))
}

// overview is the first of what the customer checks: what was found.
func (f *Flow) overview() evidence.Item {
	item := evidence.Item{Title: lang.L("What we found"), About: lang.L("Looking through what was collected …")}
	if f.studied != studied {
		item.Body = func() fyne.CanvasObject { return evidence.Busy(item.About) }
		return item
	}
	all := f.found
	item.About = lang.L("Nothing unusual was found")
	item.Body = func() fyne.CanvasObject { return allFindings(all) }
	if n := len(all.Findings); n > 0 {
		item.About = lang.N("{{.Count}} findings", n, map[string]any{"Count": n})
		item.State, item.Tone = page.Severity(all.Findings[0].Severity)
	}
	return item
}

// allFindings is what was found, in full, and below it what logs repeat.
func allFindings(all analyze.Report) fyne.CanvasObject {
	rows := container.New(layout.NewCustomPaddedVBoxLayout(8))
	shelf := widget.NewShelf(1, rows, layout.NewSpacer())
	for i, one := range all.Findings {
		if i > 0 {
			rows.Add(fynewidget.NewSeparator())
		}
		rows.Add(showFinding(one))
	}
	if len(all.Findings) == 0 {
		rows.Add(nothingFound())
	}
	if len(all.Errors) > 0 {
		rows.Add(fynewidget.NewSeparator())
		rows.Add(widget.NewFold(lang.L("Errors that repeat in the logs"), repeated(all.Errors), func(fold fyne.CanvasObject) { widget.Reveal(shelf, fold) }))
	}
	return shelf
}

// mostRepeated is how many errors a customer is told of; the supporter has all.
const mostRepeated = 8

// oftenSize is the room for how often an error stands there, so that all
// errors begin at the same place.
var oftenSize = fyne.NewSize(72, 36)

// repeated lists the most frequent errors with their file and times.
func repeated(all []analyze.Group) fyne.CanvasObject {
	rows := container.New(layout.NewCustomPaddedVBoxLayout(6))
	for _, g := range all[:min(len(all), mostRepeated)] {
		shape, count, span := page.Repeated(g)
		about := page.Plain(g.At.File)
		if span != "" {
			about += "  ·  " + span
		}
		line := widget.NewText(shape)
		line.TextStyle.Monospace = true
		line.Selectable = true
		words := container.New(layout.NewCustomPaddedVBoxLayout(-12), line, widget.NewCaption(about))
		often := container.NewVBox(container.NewGridWrap(oftenSize, widget.NewBadge(count, widget.Neutral)))
		rows.Add(container.NewBorder(nil, nil, often, nil, words))
	}
	if n := len(all) - mostRepeated; n > 0 {
		rows.Add(widget.NewCaption(lang.N("and {{.Count}} more", n, map[string]any{"Count": n})))
	}
	return rows
}

// signs are what was found, and the shapes of the errors that logs repeat, for
// the desk to find similar cases by. Only what stands in evidence that is sent
// as it is: nothing leaves by this way that was unticked or changed.
func (f *Flow) signs(keep map[string]bool) (findings, signs []string) {
	if f.studied != studied {
		return nil, nil
	}
	sent := func(at analyze.Ref) bool { return keep[at.File] && len(f.clean.changes.Hide) == 0 }
	for _, one := range f.found.Findings {
		if !slices.ContainsFunc(one.Evidence, func(at analyze.Ref) bool { return !sent(at) }) && !slices.Contains(findings, one.ID) {
			findings = append(findings, one.ID)
		}
	}
	for _, g := range f.found.Errors {
		if shape := strings.TrimSpace(g.Shape); sent(g.At) && shape != "" && len(signs) < maxSigns {
			signs = append(signs, short(shape, api.MaxSign))
		}
	}
	return findings, signs
}

// maxSigns is how many are sent; the tellest come first.
const maxSigns = 20
