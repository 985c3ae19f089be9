//go:build !headless

package evidence

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
)

// Look shows one item of a bundle at a time.
type Look struct {
	Object fyne.CanvasObject

	scope  *page.Scope // the page's
	item   *page.Scope // the shown item's
	source page.Evidence
	title  *fynewidget.Label
	about  *fynewidget.Label
	body   *fyne.Container
}

// NewLook shows nothing until Show is called.
func NewLook(s *page.Scope, source page.Evidence) *Look {
	l := &Look{scope: s, item: s.Child(), source: source}
	l.title = widget.NewSubheading("")
	l.about = widget.NewCaption("")
	l.about.Wrapping, l.about.Truncation = fyne.TextWrapOff, fyne.TextTruncateEllipsis
	l.body = container.NewStack()
	l.Clear()
	head := container.New(&tight{}, l.title, l.about)
	l.Object = widget.NewCard(container.NewBorder(head, nil, nil, nil, l.body))
	return l
}

// Clear shows nothing and cancels what was being opened.
func (l *Look) Clear() {
	l.item.End()
	l.title.SetText("")
	l.about.SetText("")
	l.put(centre(widget.NewText(lang.L("Choose something on the left to look into it."))))
}

// Show opens an item and cancels the one before.
func (l *Look) Show(i Item) { l.ShowLine(i, 0) }

// ShowLine opens an item's file as text at a line, counted from 1; 0 is the
// whole, as Show shows it.
func (l *Look) ShowLine(i Item, line int) {
	l.item.End()
	l.item = l.scope.Child()
	l.title.SetText(i.Title)
	about := i.About
	if i.File.Source != "" {
		about += "  ·  " + i.File.Source
	}
	if line > 0 {
		about += "  ·  " + lang.L("Line {{.Line}}", map[string]any{"Line": line})
	}
	if !strings.Contains(about, i.Why) {
		about += "  ·  " + i.Why
	}
	l.about.SetText(about)
	if i.Body != nil {
		l.put(i.Body())
		return
	}
	if !i.Ready() {
		why := i.Why
		if why == "" {
			why = lang.L("No reason was given.")
		}
		l.put(container.NewVBox(widget.NewNotice(i.Tone, i.State, why)))
		return
	}
	l.put(Busy(lang.L("Opening …")))
	scope := l.item
	page.Load(scope,
		func(ctx context.Context) (content, error) { return read(ctx, l.source, i.File, line > 0) },
		func(c content, err error) {
			if err != nil {
				l.put(container.NewVBox(page.Trouble(err)))
				return
			}
			l.put(show(scope, i.File, c, line))
		})
}

func (l *Look) put(o fyne.CanvasObject) {
	l.body.Objects = []fyne.CanvasObject{o}
	l.body.Refresh()
}

// Busy says that something takes its time.
func Busy(words string) fyne.CanvasObject {
	bar := fynewidget.NewProgressBarInfinite()
	text := fynewidget.NewLabel(words)
	text.Alignment = fyne.TextAlignCenter
	return container.NewCenter(container.NewVBox(text, container.NewCenter(container.NewGridWrap(fyne.NewSize(240, 6), bar))))
}

func centre(label *fynewidget.Label) fyne.CanvasObject {
	label.Alignment = fyne.TextAlignCenter
	label.Importance = fynewidget.LowImportance
	return widget.NewCentred(320, label)
}

// tight stacks labels without the space that Fyne leaves between them.
type tight struct{}

func (*tight) step(o fyne.CanvasObject) float32 {
	return o.MinSize().Height - 2*base.InnerPadding() + 4
}

func (t *tight) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := -base.InnerPadding() + 2
	for _, o := range objects {
		o.Move(fyne.NewPos(-base.InnerPadding(), y))
		o.Resize(fyne.NewSize(size.Width+2*base.InnerPadding(), o.MinSize().Height))
		y += t.step(o)
	}
}

func (t *tight) MinSize(objects []fyne.CanvasObject) (least fyne.Size) {
	for _, o := range objects {
		least.Height += t.step(o)
	}
	least.Height += 6
	return least
}
