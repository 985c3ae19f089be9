//go:build !headless

package customer

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/page/evidence"
	"github.com/beistand/beistand/app/gui/widget"
)

// newSights lets the person choose what of the screen is shown; at first it is
// everything. chosen is told each choice, and false while one is still lacking.
func newSights(f *Flow, s *page.Scope, chosen func(page.Sight, bool)) fyne.CanvasObject {
	all, monitor, window := lang.L("Everything"), lang.L("One monitor"), lang.L("One window")
	below := container.NewVBox()
	kinds := fynewidget.NewRadioGroup([]string{all, monitor, window}, nil)
	kinds.Horizontal, kinds.Required = true, true
	kinds.SetSelected(all)
	kinds.OnChanged = func(kind string) {
		below.RemoveAll()
		chosen(page.Sight{}, kind == all)
		if kind == all {
			f.frame.Settle()
			return
		}
		below.Add(evidence.Busy(lang.L("Looking …")))
		f.frame.Settle()
		page.Load(s, f.c.Hosting.Sights, func(found []page.Sight, err error) {
			if kinds.Selected != kind {
				return
			}
			below.RemoveAll()
			found = slices.DeleteFunc(found, func(v page.Sight) bool { return (v.Window != 0) != (kind == window) })
			switch {
			case err != nil:
				below.Add(page.Trouble(err))
			case len(found) == 0:
				below.Add(widget.NewText(lang.L("There is none to choose.")))
			default:
				below.Add(tiles(found, func(v page.Sight) { chosen(v, true) }))
			}
			f.frame.Settle()
		})
	}
	return container.NewVBox(kinds, below)
}

// tiles are what can be chosen, as small pictures.
func tiles(found []page.Sight, choose func(page.Sight)) fyne.CanvasObject {
	all := make([]*widget.Tile, len(found))
	grid := container.NewGridWrap(widget.TileSize)
	for i, v := range found {
		name := page.Plain(v.Name)
		if v.Monitor != "" {
			name = fmt.Sprintf("%s, %d × %d", name, v.Size.X, v.Size.Y)
		} else if name == "" {
			name = page.Plain(v.Program)
		}
		all[i] = widget.NewTile(v.Picture, name, func() {
			for j, t := range all {
				t.Set(j == i)
			}
			choose(v)
		})
		grid.Add(all[i])
	}
	return grid
}

// change asks what shall be shown from now on.
func (h *hosted) change() {
	f, scope := h.flow, h.scope.Child()
	here := &card{}
	here.show = func() {
		f.open(stepDone, func(s *page.Scope) fyne.CanvasObject {
			var to page.Sight
			leave := func() { scope.End(); f.drop(here) }
			f.frame.SetKeys(page.Keys{Escape: leave})
			show := widget.NewMain(lang.L("Show this"), base.ConfirmIcon(), func() {
				leave()
				if err := h.control.Show(to); err != nil {
					h.failed(err)
				}
			})
			choice := newSights(f, s, func(v page.Sight, chosen bool) {
				if to = v; chosen {
					show.Enable()
				} else {
					show.Disable()
				}
			})
			head := widget.NewHeading(lang.L("What shall {{.Name}} see?", h.who()))
			back := widget.NewButton(lang.L("Cancel"), base.CancelIcon(), leave)
			return f.asking(widget.NewSnug(760, head, choice, container.NewBorder(nil, nil, back, show)))
		})
	}
	scope.Go(func(ctx context.Context) { // it goes with the session
		<-ctx.Done()
		f.frame.UI(func() { f.drop(here) })
	})
	f.raise(here)
}
