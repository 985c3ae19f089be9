//go:build !headless

package evidence

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/diag/revise"
)

// showContent makes content visible.
func (l *Look) showContent(c content) fyne.CanvasObject {
	switch {
	case c.picture != nil && l.blackens():
		return l.noticed(newBlackPicture(l.item, l.owner, l.shown.File.Path, c.picture).object)
	case c.picture != nil:
		p := widget.NewPicture()
		p.Best = true
		p.Set(c.picture)
		return l.noticed(p)
	case c.facts != nil:
		return l.noticed(l.showFacts(c))
	case c.text.lines.Len() == 0:
		return l.noticed(centre(widget.NewText(lang.L("This file is empty."))))
	}
	return l.noticed(l.showText(c.text))
}

// showText is a text with its search, its part and, for its owner, what hides.
func (l *Look) showText(p part) fyne.CanvasObject {
	l.search = newSearch(l.item, p)
	view := l.search.view
	view.Spans = Marks
	below := container.NewVBox()
	if line := l.at.line; line >= p.first+p.lines.Len() {
		below.Add(widget.NewCaption(lang.L("Line {{.Line}} is not among what is shown here.", map[string]any{"Line": line})))
	} else if line > 0 {
		view.Mark(line - p.first)
	}
	if p.more || p.index > 0 {
		below.Add(l.parts(p))
	}
	if l.owner != nil && revise.Held(l.shown.File) == "" { // what is sent as it is has no hidden texts
		bar := newHideBar(l.owner, lang.L("Select text with the mouse to hide it."))
		view.Selected, view.Act = bar.chosen, bar.hide
		view.Menu = func() []*fyne.MenuItem {
			hide := fyne.NewMenuItem(lang.L("Hide this everywhere"), bar.hide)
			hide.Icon = base.VisibilityOffIcon()
			copied := fyne.NewMenuItem(lang.L("Copy"), func() { view.TypedShortcut(&fyne.ShortcutCopy{}) })
			copied.Icon = base.ContentCopyIcon()
			return []*fyne.MenuItem{hide, copied}
		}
		below.Add(bar.object)
	}
	above := fyne.CanvasObject(l.search.bar)
	if isFacts(l.shown.File) && l.at.plain && l.at.line == 0 {
		above = container.NewBorder(nil, nil, nil, l.turn(lang.L("As a table"), false), above)
	}
	return container.NewBorder(above, below, nil, nil, view)
}

// turn is the button between facts as a table and as the text that is sent.
func (l *Look) turn(words string, plain bool) fyne.CanvasObject {
	b := widget.NewButton(words, base.DocumentIcon(), func() { l.show(l.shown, spot{plain: plain}) })
	b.Importance = fynewidget.LowImportance
	return b
}

// parts goes from one part of a long text to another.
func (l *Look) parts(p part) fyne.CanvasObject {
	turn := func(icon fyne.Resource, by int, can bool) *widget.Button {
		b := widget.NewButton("", icon, func() { l.show(l.shown, spot{plain: true, part: p.index + by}) })
		b.Importance = fynewidget.LowImportance
		if !can {
			b.Disable()
		}
		return b
	}
	all := max(int((l.shown.File.Size+maxText-1)/maxText), p.index+1)
	if p.more {
		all = max(all, p.index+2)
	}
	words := widget.NewCaption(lang.L("This file is long. Part {{.Part}} of {{.Parts}} is shown here, {{.Shown}} of {{.Whole}}.",
		map[string]any{"Part": p.index + 1, "Parts": all, "Shown": page.Size(int64(len(p.bytes))), "Whole": page.Size(l.shown.File.Size)}))
	words.Wrapping, words.Truncation = fyne.TextWrapOff, fyne.TextTruncateEllipsis
	buttons := container.NewHBox(turn(base.NavigateBackIcon(), -1, p.index > 0), turn(base.NavigateNextIcon(), 1, p.more))
	return container.NewBorder(nil, nil, nil, buttons, container.New(&middle{}, words))
}
