//go:build !headless

package evidence

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/widget"
)

// List shows a bundle's items; choosing one calls back.
type List struct {
	Object fyne.CanvasObject

	list   *fynewidget.List
	items  []Item
	chosen int // in items; -1 for none
	choose func(int)
	ticked func(Item) bool
	tick   func(Item, bool)
}

// NewList calls choose with the item that was chosen.
func NewList(items []Item, choose func(Item)) *List {
	l := &List{items: items, chosen: -1}
	l.choose = func(i int) { choose(l.items[i]) }
	l.list = fynewidget.NewList(func() int { return len(l.items) }, l.create, l.update)
	l.list.OnSelected = func(i fynewidget.ListItemID) {
		l.chosen = i
		l.choose(i)
	}
	l.Object = l.list
	return l
}

// Choose calls choose with the place of the item that was chosen instead.
func (l *List) Choose(choose func(i int)) { l.choose = choose }

// Tick puts a box before each file.
func (l *List) Tick(ticked func(Item) bool, tick func(Item, bool)) {
	l.ticked, l.tick = ticked, tick
	l.list.Refresh()
}

// Change puts another item in an item's place; when that is the chosen one,
// the new one is chosen.
func (l *List) Change(i int, item Item) {
	l.items[i] = item
	l.list.RefreshItem(i)
	if l.chosen == i {
		l.choose(i)
	}
}

// Refresh shows the items as they are now.
func (l *List) Refresh() { l.list.Refresh() }

// Chosen is the place of the chosen item; -1 for none.
func (l *List) Chosen() int { return l.chosen }

// Select chooses an item by its place.
func (l *List) Select(i int) { l.list.Select(i) }

// First chooses the first item.
func (l *List) First() {
	if len(l.items) > 0 {
		l.list.Select(0)
		l.list.ScrollToTop() // before the list has a size, choosing scrolls it anywhere
	}
}

// row's parts in the order of row.Objects.
const (
	rowCheck = iota
	rowTitle
	rowAbout
	rowBadge
)

func (l *List) create() fyne.CanvasObject {
	title := fynewidget.NewLabel("")
	title.Truncation = fyne.TextTruncateEllipsis
	about := fynewidget.NewLabel("")
	about.Truncation = fyne.TextTruncateEllipsis
	about.SizeName = base.SizeNameCaptionText
	about.Importance = fynewidget.LowImportance
	return container.New(row{}, fynewidget.NewCheck("", nil), title, about, widget.NewBadge("", widget.Neutral))
}

func (l *List) update(i fynewidget.ListItemID, o fyne.CanvasObject) {
	parts, item := o.(*fyne.Container).Objects, l.items[i]
	badge := parts[rowBadge].(*widget.Badge)
	badge.Hidden = item.State == ""
	badge.Set(item.State, item.Tone)
	check := parts[rowCheck].(*fynewidget.Check)
	check.OnChanged = nil
	title := parts[rowTitle].(*fynewidget.Label)
	if l.tick == nil || !item.Ready() || item.Locked {
		check.Hide()
		title.Show()
		title.TextStyle.Bold = item.Head
		title.SetText(item.Title)
	} else {
		title.Hide()
		check.Show()
		check.Text = fit(item.Title, o.Size().Width-rowIndent-parts[rowBadge].MinSize().Width-scrollBar-10)
		check.SetChecked(l.ticked(item))
		check.Refresh()
		check.OnChanged = func(on bool) {
			l.tick(item, on)
			l.list.Select(i)
		}
	}
	parts[rowAbout].(*fynewidget.Label).SetText(item.About)
	o.(*fyne.Container).Layout.Layout(parts, o.Size())
}

// row has a title (or a box with the title) over a small line, a badge at the right.
type row struct{}

const (
	rowIndent = float32(22) // where a box's words begin
	scrollBar = float32(10) // kept free at the right
)

func (row) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	badge := parts[rowBadge].MinSize()
	wide := max(0, size.Width-badge.Width-scrollBar-2)
	line := parts[rowTitle].MinSize().Height
	indent := rowIndent
	if !parts[rowCheck].Visible() {
		indent = 0
	}
	parts[rowCheck].Move(fyne.NewPos(0, 0))
	// No wider than its words: Fyne's check ignores taps beside them, and they are for the row.
	parts[rowCheck].Resize(fyne.NewSize(min(wide, parts[rowCheck].MinSize().Width), line))
	parts[rowTitle].Move(fyne.NewPos(0, 0))
	parts[rowTitle].Resize(fyne.NewSize(wide, line))
	about := parts[rowAbout].MinSize().Height
	parts[rowAbout].Move(fyne.NewPos(indent, line-12))
	parts[rowAbout].Resize(fyne.NewSize(max(0, size.Width-indent-4), about))
	parts[rowBadge].Move(fyne.NewPos(size.Width-badge.Width-scrollBar, 5))
	parts[rowBadge].Resize(fyne.NewSize(badge.Width, line-8))
}

func (row) MinSize(parts []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(200, parts[rowTitle].MinSize().Height+parts[rowAbout].MinSize().Height-14)
}

// fit shortens text to a width; Fyne's check cannot do that itself.
func fit(text string, width float32) string {
	measure := func(s string) float32 {
		return fyne.MeasureText(s, base.Size(base.SizeNameText), fyne.TextStyle{}).Width
	}
	if measure(text) <= width {
		return text
	}
	letters := []rune(text)
	for len(letters) > 1 && measure(string(letters)+"…") > width {
		letters = letters[:len(letters)-1]
	}
	return string(letters) + "…"
}
