//go:build !headless

package evidence

import (
	"context"
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
)

// maxFound bounds how many lines a search marks.
const maxFound = 100_000

// search is a text with a field to search it.
type search struct {
	bar fyne.CanvasObject

	scope      *page.Scope
	query      *page.Scope // of the search that runs
	lines      *widget.Lines
	view       *widget.TextView
	entry      *fynewidget.Entry
	count      *fynewidget.Label
	prev, next *widget.Button
	found      []int
	at         int // in found
}

func newSearch(s *page.Scope, p part) *search {
	f := &search{scope: s, query: s.Child(), lines: p.lines, view: widget.NewTextView(p.lines)}
	f.view.First = p.first
	f.entry = fynewidget.NewEntry()
	f.entry.SetPlaceHolder(lang.L("Search in this text"))
	f.entry.OnChanged = f.search
	f.entry.OnSubmitted = func(string) { f.step(1) }
	f.count = fynewidget.NewLabel("")
	f.prev = widget.NewButton("", base.MoveUpIcon(), func() { f.step(-1) })
	f.next = widget.NewButton("", base.MoveDownIcon(), func() { f.step(1) })
	f.prev.Importance, f.next.Importance = fynewidget.LowImportance, fynewidget.LowImportance
	f.prev.Disable()
	f.next.Disable()
	f.bar = container.NewBorder(nil, nil, nil, container.NewHBox(f.count, f.prev, f.next), f.entry)
	return f
}

// renew takes the same text with other changes, and searches it anew.
func (f *search) renew(s *page.Scope, p part) {
	f.scope, f.lines = s, p.lines
	f.view.First = p.first
	f.view.SetLines(p.lines)
	f.search(f.entry.Text)
}

// search looks for query away from the user interface's thread; a newer query
// stops it.
func (f *search) search(query string) {
	f.query.End()
	f.query = f.scope.Child()
	if query == "" {
		f.take(nil)
		f.count.SetText("")
		return
	}
	page.Load(f.query,
		func(ctx context.Context) ([]int, error) { return f.lines.Find(ctx, query, maxFound), ctx.Err() },
		func(found []int, err error) {
			if err == nil {
				f.take(found)
			}
		})
}

func (f *search) take(found []int) {
	f.found = found
	f.view.Found(found)
	if len(found) == 0 {
		f.view.Mark(-1)
		f.prev.Disable()
		f.next.Disable()
		f.count.SetText(lang.L("Not found"))
		return
	}
	f.prev.Enable()
	f.next.Enable()
	// The first one from where the reader is, so that typing on does not jump back.
	f.at = sort.SearchInts(found, max(0, f.view.Marked())) % len(found)
	f.step(0)
}

// step goes so many lines on, round the end.
func (f *search) step(by int) {
	if len(f.found) == 0 {
		return
	}
	f.at = (f.at + by + len(f.found)) % len(f.found)
	f.view.Mark(f.found[f.at])
	f.count.SetText(lang.L("{{.At}} of {{.All}}", map[string]any{"At": f.at + 1, "All": len(f.found)}))
}
