//go:build !headless

package customer

import (
	"image"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/page/evidence"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/revise"
)

// review is the second page while it shows evidence.
type review struct {
	flow  *Flow
	scope *page.Scope
	items []evidence.Item
	first int // place of the first item that is of the bundle; the one before it tells what is protected
	look  *evidence.Look
	list  *evidence.List
	total *fynewidget.Label

	panel *panel // nil until it was looked at
}

func (f *Flow) reviewEvidence(s *page.Scope, back, send fyne.CanvasObject) fyne.CanvasObject {
	r := &review{flow: f, scope: s, total: fynewidget.NewLabel("")}
	r.total.Alignment = fyne.TextAlignTrailing
	r.total.TextStyle.Bold = true
	r.total.Truncation = fyne.TextTruncateEllipsis
	if f.studied != notStudied {
		r.items = append(r.items, f.overview())
	}
	r.items = append(r.items, r.privacy())
	r.first = len(r.items)
	r.items = append(r.items, r.files()...)
	r.look = evidence.NewOwnersLook(s, f.clean.revision, r.owner())
	r.list = evidence.NewList(r.items, r.look.Show)
	if f.studied == studying {
		f.watchers = append(f.watchers, func() {
			if f.studied == studied {
				r.list.Change(0, f.overview())
			} else if f.studied == notStudied {
				f.review()
			}
		})
	}
	r.list.Tick(func(i evidence.Item) bool { return f.keep(i.File) }, r.tick)
	f.clean.changed = r.changed
	r.sum()
	head := container.New(layout.NewCustomPaddedVBoxLayout(-10),
		widget.NewSubheading(lang.L("This is what we would send")),
		widget.NewCaption(lang.L("Only what is ticked leaves this computer.")))
	if f.collected != nil {
		head.Add(page.Trouble(f.collected))
	}
	left := widget.NewCard(container.NewBorder(head, nil, nil, nil, r.list.Object))
	r.list.First()
	return foot(widget.NewSplit(0.43, left, r.look.Object), r.total, back, send)
}

// files are the bundle's items. One that could not be redacted says so, in
// place of the line that tells that it was left out for that reason.
func (r *review) files() []evidence.Item {
	m := r.flow.clean.revision.Manifest()
	held := len(r.flow.held()) > 0
	if held {
		m.LeftOut = slices.DeleteFunc(m.LeftOut, func(l bundle.LeftOut) bool { return l.Quarantined })
	}
	items := evidence.Items(m)
	for i := range items {
		if path := items[i].File.Path; path != "" {
			items[i].About = strings.Replace(items[i].About, path, r.flow.clean.revision.Path(path), 1)
		}
		if why := revise.Held(items[i].File); why != "" {
			items[i].State, items[i].Tone, items[i].Why = lang.L("Held back"), widget.Warning, evidence.Reason(why)
			items[i].Locked = !r.flow.clean.sent[items[i].File.Path]
			if !items[i].Locked {
				items[i].State = lang.L("Sent as it is")
			}
		}
	}
	return items
}

func (r *review) owner() evidence.Owner {
	f := r.flow
	return evidence.Owner{
		Hide:     r.hide,
		Black:    func(path string) []image.Rectangle { return f.clean.changes.Black[path] },
		Blacken:  func(path string, all []image.Rectangle) { f.revise(f.clean.changes.WithBlack(path, all)) },
		Original: f.evidence,
		Suggest:  f.c.Suggest,
		Tally: func(path string) (revise.Tally, bool) {
			t, ok := f.clean.counted[path]
			return t, ok
		},
		Notice: r.notice,
	}
}

func (r *review) hide(text string) error {
	c, err := r.flow.clean.changes.With(text)
	if err == nil {
		r.flow.revise(c)
	}
	return err
}

func (r *review) tick(i evidence.Item, on bool) {
	if revise.Held(i.File) != "" {
		r.flow.clean.sent[i.File.Path] = on
		r.refresh()
		r.open(i.File.Path, 0)
		return
	}
	r.flow.unticked[i.File.Path] = !on
	r.refresh()
}

// changed shows what was changed, or what was counted meanwhile.
func (r *review) changed(counted bool) {
	if !counted {
		r.look.Renew(r.flow.clean.revision)
	}
	r.refresh()
}

// refresh shows what is so by now, without reading a file anew.
func (r *review) refresh() {
	for i, item := range r.files() {
		r.items[r.first+i] = item
	}
	r.items[r.first-1] = r.privacy()
	r.list.Refresh()
	if i := r.list.Chosen(); i >= 0 {
		r.look.Rename(r.items[i])
	}
	r.fillPanel()
	r.sum()
}

// sum says how much would be sent.
func (r *review) sum() {
	n, size := 0, int64(0)
	for _, i := range r.items {
		if i.Ready() && r.flow.keep(i.File) {
			n, size = n+1, size+i.File.Size
		}
	}
	r.total.SetText(lang.N("{{.Count}} items, {{.Size}} before packing", n, map[string]any{"Count": n, "Size": page.Size(size)}))
}

// file gives the file at a path.
func (r *review) file(path string) (bundle.File, bool) {
	for _, i := range r.items {
		if i.Ready() && i.File.Path == path {
			return i.File, true
		}
	}
	return bundle.File{}, false
}

// open chooses a file, and shows a line of it, counted from 1; 0 is its whole.
func (r *review) open(path string, line int) {
	for n, i := range r.items {
		if i.Ready() && i.File.Path == path {
			r.list.Select(n)
			r.look.ShowLine(i, line) // also when it was chosen already
			return
		}
	}
}
