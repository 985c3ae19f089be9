//go:build !headless

package supporter

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	base "fyne.io/fyne/v2/theme"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/session/rights"
)

// side is what stands beside the picture: a tab for what is given. It opens by
// itself with the first that is, and can be folded.
type side struct {
	of     *watched
	object *fyne.Container
	toggle *widget.Button
	tabs   *container.AppTabs

	load  *loads
	texts map[rights.Right]*gathered // Logs and System
	text  *texting
	files *filing

	measured *measured
	figures  *widget.Button // shows it
	figure   *container.TabItem

	panels []panel
	opened bool // once by itself
}

// panel is a tab, and the rights of which one is needed for it.
type panel struct {
	item  *container.TabItem
	needs rights.Set
}

// readable is how wide what is no text of the customer's gets without a picture.
const readable = 820

func newSide(w *watched) *side {
	s := &side{of: w, tabs: container.NewAppTabs(), texts: map[rights.Right]*gathered{}}
	s.load, s.text, s.files = newLoads(), newTexting(w), newFiling(w)
	for _, r := range []rights.Right{rights.Logs, rights.System} {
		s.texts[r] = newGathered(w, r)
	}
	tab := func(words string, o fyne.CanvasObject, needs ...rights.Right) {
		s.panels = append(s.panels, panel{container.NewTabItem(words, o), rights.Of(needs...)})
	}
	tab(page.Right(rights.Vitals).Word, widget.NewColumn(readable, s.load.object), rights.Vitals)
	tab(page.Right(rights.Logs).Word, s.texts[rights.Logs].object, rights.Logs)
	tab(page.Right(rights.System).Word, s.texts[rights.System].object, rights.System)
	tab(lang.X("side text", "Text"), widget.NewColumn(readable, s.text.object), rights.ClipIn, rights.ClipOut)
	tab(lang.X("side files", "Files"), widget.NewColumn(readable, s.files.object), rights.FilesIn, rights.FilesOut)
	s.measured = newMeasured(w)
	s.figure = container.NewTabItem(lang.L("Figures"), s.measured.object)
	s.panels = append(s.panels, panel{item: s.figure})
	s.figures = widget.NewButton(lang.L("Figures"), base.InfoIcon(), s.measure)
	s.figures.Hide()
	s.object = container.NewStack(s.tabs)
	s.object.Hide()
	s.toggle = widget.NewButton("", base.MenuIcon(), s.fold)
	s.toggle.Hide()
	return s
}

func (s *side) fold() {
	if s.object.Visible() {
		s.object.Hide()
	} else {
		s.object.Show()
	}
	s.moved()
}

// moved makes room where the panel has come or gone.
func (s *side) moved() {
	if s.of.pictureless() {
		s.of.veil()
	}
	s.of.flow.frame.Settle()
}

// heard shows the tabs of what is given, and asks for what is new among it.
func (s *side) heard(before page.Standing) {
	given, had := s.of.now.Given, before.Given
	for _, r := range given.Without(had).Rights() {
		s.gained(r)
	}
	for _, r := range had.Without(given).Rights() {
		if r == rights.Vitals {
			s.load.stop()
		}
	}
	s.text.heard(given)
	s.files.heard(given, s.of.now.Moved)
	s.arrange(given)
	s.measurable()
}

// gained begins what a right is for.
func (s *side) gained(r rights.Right) {
	h := s.of.helping
	if h == nil {
		return
	}
	switch r {
	case rights.Vitals:
		s.of.bar.trouble(h.Want(r, true))
	case rights.Logs, rights.System:
		s.texts[r].fetch()
	}
}

// arrange keeps the tabs in their order. What was had once stays to be read.
func (s *side) arrange(given rights.Set) {
	var items []*container.TabItem
	for _, p := range s.panels {
		if p.needs.Both(given) != 0 || s.holds(p.item) {
			items = append(items, p.item)
		}
	}
	if len(items) == len(s.tabs.Items) {
		return
	}
	chosen := s.tabs.Selected()
	newest := items[len(items)-1]
	for _, item := range items {
		if !s.holds(item) {
			newest = item
		}
	}
	s.tabs.SetItems(items)
	if chosen != nil {
		newest = chosen
	}
	s.tabs.Select(newest)
	s.toggle.Show()
	if !s.opened {
		s.opened = true
		s.object.Show()
	}
	s.of.flow.frame.Settle()
}

func (s *side) holds(item *container.TabItem) bool {
	for _, i := range s.tabs.Items {
		if i == item {
			return true
		}
	}
	return false
}

// show brings a tab to the front.
func (s *side) show(words string) {
	for _, i := range s.tabs.Items {
		if i.Text == words {
			s.tabs.Select(i)
		}
	}
	s.object.Show()
	s.moved()
}

// sample takes one of the vital signs.
func (s *side) sample(text string) { s.load.sample(text) }

// clip takes the customer's clipboard.
func (s *side) clip(text string) { s.text.theirs(text) }
