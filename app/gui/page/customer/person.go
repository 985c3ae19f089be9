//go:build !headless

package customer

import (
	"context"
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/session/rights"
)

// person is one who helps or looks on: who it is, what they may, and what has
// come and gone.
func (h *hosted) person(r *room) fyne.CanvasObject {
	name := widget.NewSubheading(page.Plain(h.about.Supporter))
	role := widget.NewBadge(page.Role(h.about.Role), widget.Primary)
	state := lang.L("Being connected …")
	if h.live() {
		state = lang.L("Since {{.Time}}", map[string]any{"Time": h.since.Format("15:04")})
	}
	if h.news.Interrupted {
		state = lang.L("Interrupted")
	}
	when := widget.NewWords(state)
	body := container.NewVBox(container.NewBorder(nil, nil, nil, container.NewHBox(container.New(middle{}, role), container.New(middle{}, when)), name))
	if h.about.Organisation != "" {
		body.Objects = []fyne.CanvasObject{container.New(layout.NewCustomPaddedVBoxLayout(-10), body.Objects[0], widget.NewCaption(page.Plain(h.about.Organisation)))}
	}
	for _, right := range h.news.Given.Rights() {
		body.Add(h.right(right))
	}
	if h.news.Given == 0 && h.live() {
		body.Add(widget.NewText(lang.L("They may do nothing at the moment.")))
	}
	for _, m := range h.news.Moving {
		body.Add(h.moving(m))
	}
	if words := h.news.Words; words[0] != "" {
		body.Add(h.fold(r, "words", lang.L("Check words"), func() fyne.CanvasObject {
			pair := widget.NewCode(words[0] + " " + words[1])
			pair.Height, pair.Spaced = base.SizeNameHeadingText, false
			return container.NewVBox(pair, widget.NewCaption(lang.L("Both of you see the same two words. If {{.Name}} reads out others, somebody sits in between: then stop everything.", h.who())))
		}))
	}
	if h.record != "" {
		body.Add(h.fold(r, "told", lang.L("What has happened so far"), func() fyne.CanvasObject { return h.told(r.now) }))
	}
	return widget.NewCard(body)
}

// right is one thing that somebody may, and the button that ends it.
func (h *hosted) right(right rights.Right) fyne.CanvasObject {
	words := fynewidget.NewLabel(page.Right(right).Name)
	words.Truncation = fyne.TextTruncateEllipsis
	buttons := container.NewHBox()
	small := func(text string, icon fyne.Resource, tapped func()) {
		b := widget.NewButton(text, icon, tapped)
		b.Importance = fynewidget.LowImportance
		buttons.Add(b)
	}
	below := ""
	switch right {
	case rights.See:
		below = shown(h.news.Sight)
		small(lang.L("Change …"), nil, h.change)
	case rights.Film:
		below = lang.L("A film may be running now.")
	case rights.FilesOut:
		small(lang.L("Send a file …"), nil, h.send)
	case rights.Vitals:
		below = h.vitals
	}
	back := widget.NewButton(lang.L("Take back"), base.CancelIcon(), func() {
		h.control.Revoke(rights.Of(right))
		h.news.Given = h.news.Given.Without(rights.Of(right)) // until the session says so itself
		h.flow.changed()
	})
	buttons.Add(back)
	text := fyne.CanvasObject(words)
	if below != "" {
		second := widget.NewCaption(below)
		second.Wrapping, second.Truncation = fyne.TextWrapOff, fyne.TextTruncateEllipsis
		if right == rights.Vitals {
			h.load = second
		}
		text = container.New(layout.NewCustomPaddedVBoxLayout(-14), words, second)
	}
	mark := widget.Inset(6, fynewidget.NewIcon(base.NewColoredResource(base.ConfirmIcon(), base.ColorNameSuccess)))
	line := canvas.NewRectangle(color.Transparent)
	line.SetMinSize(fyne.NewSize(1, 34))
	return container.NewStack(line, container.NewBorder(nil, nil, container.New(middle{}, mark), container.New(middle{}, buttons), container.New(middle{}, text)))
}

// fold is a part of the page that stays open or closed when it changes.
func (h *hosted) fold(r *room, name, title string, content func() fyne.CanvasObject) fyne.CanvasObject {
	key := h.about.ID + " " + name
	open := r.flow.folds[key]
	inner := container.NewStack()
	fold := widget.NewFold(title, inner, func(fyne.CanvasObject) {
		r.flow.folds[key] = inner.Visible()
		if inner.Visible() {
			inner.Objects = []fyne.CanvasObject{content()}
		}
		r.people.Refresh()
	})
	if open {
		inner.Objects = []fyne.CanvasObject{content()}
		fold.Objects[0].(*widget.Button).OnTapped()
	}
	return fold
}

// moving is one file or piece of evidence.
func (h *hosted) moving(m page.Moving) fyne.CanvasObject {
	data := h.who()
	data["File"], data["Size"], data["Done"] = page.Plain(m.Name), page.Size(max(0, m.Size)), page.Size(m.Done)
	in := m.Right == rights.FilesIn
	var words string
	switch m.State {
	case page.Offered:
		words = lang.L("{{.File}} waits for an answer", data)
	case page.Under:
		words = lang.L("{{.File}} goes to {{.Name}}: {{.Done}}", data)
		if in {
			words = lang.L("{{.File}} comes from {{.Name}}: {{.Done}} of {{.Size}}", data)
		}
	case page.Arrived:
		words = lang.L("{{.File}} went to {{.Name}}", data)
		if in {
			words = lang.L("{{.File}} came from {{.Name}} ({{.Size}})", data)
		}
	case page.Denied:
		words = lang.L("{{.File}} was not wanted", data)
	default:
		words = lang.L("{{.File}} did not come to its end", data)
	}
	text := fynewidget.NewLabel(words)
	text.Truncation = fyne.TextTruncateEllipsis
	icon := widget.Inset(6, fynewidget.NewIcon(base.FileIcon()))
	if m.Path == "" {
		return container.NewBorder(nil, nil, icon, nil, text)
	}
	open := widget.NewButton(lang.L("Show the folder"), base.FolderOpenIcon(), func() { h.flow.reveal(m.Path) })
	open.Importance = fynewidget.LowImportance
	return container.NewBorder(nil, nil, icon, open, text)
}

// reveal opens the folder of a file, never the file.
func (f *Flow) reveal(path string) {
	if f.c.Reveal == nil {
		return
	}
	f.frame.Go(func(ctx context.Context) {
		if err := f.c.Reveal(ctx, path); err != nil {
			f.frame.UI(func() { f.frame.Log(fmt.Errorf("show the folder: %w", err)) })
		}
	})
}
