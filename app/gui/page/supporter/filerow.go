//go:build !headless

package supporter

import (
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

// fileRow is one file, how far it is, and the way to stop it.
type fileRow struct {
	object fyne.CanvasObject
	state  *fynewidget.Label
	bar    *fynewidget.ProgressBar
	cancel *widget.Button
}

func newFileRow(m page.Moved, cancel func()) *fileRow {
	icon := base.DownloadIcon()
	if m.Right == rights.FilesIn {
		icon = base.UploadIcon()
	}
	name := fynewidget.NewLabel(page.Plain(m.Name))
	name.TextStyle.Bold = true
	name.Truncation = fyne.TextTruncateEllipsis
	r := &fileRow{state: widget.NewCaption(""), bar: fynewidget.NewProgressBar()}
	r.bar.TextFormatter = func() string { return "" }
	r.cancel = widget.NewButton("", base.CancelIcon(), cancel)
	r.cancel.Importance = fynewidget.LowImportance
	slim := container.New(slimLayout{}, r.bar)
	words := container.New(layout.NewCustomPaddedVBoxLayout(-10), name, r.state)
	card := widget.NewCard(container.NewVBox(
		container.NewBorder(nil, nil, fynewidget.NewIcon(icon), r.cancel, words), slim))
	card.Pad = 4
	r.object = card
	return r
}

// slimLayout is for a bar without words.
type slimLayout struct{}

func (slimLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	layout.NewStackLayout().Layout(objects, size)
}

func (slimLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(40, 6) }

// show says how far it is.
func (r *fileRow) show(m page.Moved) {
	r.cancel.Hidden = m.State == page.MovedDone || m.State == page.MovedFailed
	r.bar.Hidden = m.State != page.MovedUnder
	data := map[string]any{"Done": page.Size(m.Done), "Size": page.Size(m.Size)}
	switch m.State {
	case page.MovedOffered:
		r.state.SetText(lang.L("Waits for an answer"))
	case page.MovedUnder:
		if m.Size > 0 {
			r.bar.SetValue(float64(m.Done) / float64(m.Size))
			r.state.SetText(lang.L("{{.Done}} of {{.Size}}", data))
		} else {
			r.bar.Hide()
			r.state.SetText(page.Size(m.Done))
		}
	case page.MovedDone:
		r.state.SetText(lang.L("Arrived whole, {{.Done}}; its checksum is in the record", data))
	case page.MovedFailed:
		why := lang.L("It did not get through, or was not taken.")
		if m.Why != nil {
			why, _ = page.Explain(m.Why)
		}
		r.state.SetText(why)
	}
}
