//go:build !headless

package evidence

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
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
	owner  *Owner // nil for who only looks
	title  *fynewidget.Label
	about  *fynewidget.Label
	counts *fyne.Container
	body   *fyne.Container
	frame  *fyne.Container // all of it

	shown  Item
	at     spot
	search *search // of the text that is shown; nil if none is
}

// NewLook shows nothing until Show is called.
func NewLook(s *page.Scope, source page.Evidence) *Look { return newLook(s, source, nil) }

// NewOwnersLook also lets its owner change what is looked at.
func NewOwnersLook(s *page.Scope, source page.Evidence, o Owner) *Look { return newLook(s, source, &o) }

func newLook(s *page.Scope, source page.Evidence, o *Owner) *Look {
	l := &Look{scope: s, item: s.Child(), source: source, owner: o}
	l.title = widget.NewSubheading("")
	l.about = widget.NewCaption("")
	l.about.Wrapping, l.about.Truncation = fyne.TextWrapOff, fyne.TextTruncateEllipsis
	l.counts = widget.NewFlow()
	l.body = container.NewStack()
	head := container.NewVBox(container.New(&tight{}, l.title, l.about), l.counts)
	l.frame = container.NewBorder(head, nil, nil, nil, l.body)
	l.Object = widget.NewCard(l.frame)
	l.Clear()
	return l
}

// Clear shows nothing and cancels what was being opened.
func (l *Look) Clear() {
	l.item.End()
	l.shown, l.search = Item{}, nil
	l.title.SetText("")
	l.about.SetText("")
	l.Count()
	l.put(centre(widget.NewText(lang.L("Choose something on the left to look into it."))))
}

// Show opens an item and cancels the one before.
func (l *Look) Show(i Item) { l.show(i, spot{}) }

// ShowLine opens an item's file as text at a line, counted from 1; 0 is the
// whole, as Show shows it.
func (l *Look) ShowLine(i Item, line int) { l.show(i, spot{plain: line > 0, line: line}) }

func (l *Look) show(i Item, at spot) {
	l.item.End()
	l.item = l.scope.Child()
	l.shown, l.at, l.search = i, at, nil
	l.head()
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
	l.load(func(c content) { l.put(l.showContent(c)) })
}

// head says what is shown.
func (l *Look) head() {
	i := l.shown
	l.title.SetText(i.Title)
	about := i.About
	if i.File.Source != "" {
		about += "  ·  " + i.File.Source
	}
	if l.at.line > 0 {
		about += "  ·  " + lang.L("Line {{.Line}}", map[string]any{"Line": l.at.line})
	}
	if !strings.Contains(about, i.Why) {
		about += "  ·  " + i.Why
	}
	l.about.SetText(about)
	l.Count()
}

// load reads what is shown; what cannot be read says so.
func (l *Look) load(show func(content)) {
	source, file, at := l.source, l.shown.File, l.at
	if l.blackens() {
		source = l.owner.Original
	}
	page.Load(l.item,
		func(ctx context.Context) (content, error) { return read(ctx, source, file, at) },
		func(c content, err error) {
			if err != nil {
				l.search = nil
				l.put(l.noticed(container.NewVBox(page.Trouble(err))))
				return
			}
			show(c)
		})
}

// Renew takes the same evidence with other changes, and shows what is shown as
// it is now, at the same place.
func (l *Look) Renew(source page.Evidence) {
	l.source = source
	if !l.shown.Ready() || l.shown.Body != nil || l.blackens() {
		l.Count()
		return
	}
	l.item.End()
	l.item = l.scope.Child()
	l.Count()
	l.load(func(c content) {
		if l.search != nil && c.text.lines != nil && c.text.lines.Len() > 0 {
			l.search.renew(l.item, c.text)
			return
		}
		l.put(l.showContent(c))
	})
}

// Rename takes other words about what is shown, without opening it anew.
func (l *Look) Rename(i Item) {
	if i.File.Path == l.shown.File.Path && (i.Body == nil) == (l.shown.Body == nil) {
		l.shown = i
		l.head()
	}
}

// Count shows what is replaced in the shown file, as far as that is known.
func (l *Look) Count() {
	l.counts.Objects = nil
	if l.owner != nil && l.shown.Ready() && l.shown.Body == nil {
		if t, known := l.owner.Tally(l.shown.File.Path); known {
			l.counts.Objects = Counts(t)
		}
	}
	l.counts.Hidden = len(l.counts.Objects) == 0
	// A flow knows its height at its width only, and what is around it then.
	l.counts.Layout.Layout(l.counts.Objects, l.frame.Size())
	l.frame.Refresh()
}

func (l *Look) put(o fyne.CanvasObject) {
	l.body.Objects = []fyne.CanvasObject{o}
	l.body.Refresh()
}

// noticed puts what the owner should know of the file above its content.
func (l *Look) noticed(o fyne.CanvasObject) fyne.CanvasObject {
	if l.owner == nil || l.owner.Notice == nil {
		return o
	}
	if notice := l.owner.Notice(l.shown.File.Path); notice != nil {
		return container.NewBorder(notice, nil, nil, nil, o)
	}
	return o
}
