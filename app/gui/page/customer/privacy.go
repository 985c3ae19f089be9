//go:build !headless

package customer

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/page/evidence"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/diag/redact"
	"github.com/beistand/beistand/diag/revise"
)

// privacy is the item that tells what is not sent, or not as it is.
func (r *review) privacy() evidence.Item {
	f := r.flow
	item := evidence.Item{Title: lang.L("What is protected"), Body: r.privacyBody}
	var words []string
	t := f.tally()
	for _, k := range redact.Kinds() {
		if n := t.Gone[k]; n > 0 && len(words) < 2 {
			words = append(words, page.Removed(k, n))
		}
	}
	item.About = strings.Join(words, ", ")
	if item.About == "" {
		item.About = lang.L("Nothing had to be replaced.")
	}
	if n := len(f.held()) + len(f.clean.risks); n > 0 {
		item.State, item.Tone = lang.L("Please look"), widget.Warning
	}
	return item
}

// panel is all of it. Its parts are filled anew after each change; what is
// being typed in it stays.
type panel struct {
	object                     fyne.CanvasObject
	held, risks, kinds, hidden *fyne.Container
}

// privacyBody gives the panel, the same one each time.
func (r *review) privacyBody() fyne.CanvasObject {
	if r.panel == nil {
		part := func() *fyne.Container { return container.New(layout.NewCustomPaddedVBoxLayout(6)) }
		p := &panel{held: part(), risks: part(), kinds: part(), hidden: part()}
		rows := container.New(layout.NewCustomPaddedVBoxLayout(6), p.held, p.risks, p.kinds, p.hidden, r.hideField())
		p.object = container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 0, 0, 12), rows))
		r.panel = p
		r.fillPanel()
	}
	return r.panel.object
}

// fillPanel shows what is so by now.
func (r *review) fillPanel() {
	if r.panel == nil {
		return
	}
	for part, fill := range map[*fyne.Container]func(*fyne.Container){
		r.panel.held: r.addHeld, r.panel.risks: r.addRisks, r.panel.kinds: r.addKinds, r.panel.hidden: r.addHidden,
	} {
		part.Objects = nil
		fill(part)
		part.Hidden = len(part.Objects) == 0
		part.Refresh()
	}
	r.panel.object.Refresh()
}

func section(rows *fyne.Container, title, about string) {
	head := widget.NewText(title)
	head.TextStyle.Bold = true
	rows.Add(container.New(layout.NewCustomPaddedVBoxLayout(-12), head, widget.NewCaption(about)))
}

// addKinds lists what was removed, and what was replaced with the switch that
// sends it as it is.
func (r *review) addKinds(rows *fyne.Container) {
	t := r.flow.tally()
	var removed []fyne.CanvasObject
	for _, k := range redact.Kinds() {
		if n := t.Gone[k]; n > 0 && k.Secret() && k != redact.Hidden {
			removed = append(removed, widget.NewBadge(page.Removed(k, n), page.KindTone(k)))
		}
	}
	if len(removed) > 0 {
		section(rows, lang.L("Removed"), lang.L("Nobody can bring this back, not even you: it is not in what is sent."))
		rows.Add(inset(widget.NewFlow(removed...)))
	}
	first := true
	for _, k := range redact.Kinds() {
		if k.Secret() || revise.Counted(k) != k {
			continue
		}
		gone, kept, restored := t.Gone[k], t.Kept[k], r.flow.clean.changes.Restored(k)
		if gone+kept == 0 && !restored {
			continue
		}
		if first {
			section(rows, lang.L("Replaced"), lang.L("The same word stands for the same value everywhere, so that we can still think with it."))
			first = false
		}
		rows.Add(r.kind(k, gone, kept, restored))
	}
}

// kind is one kind that has pseudonyms.
func (r *review) kind(k redact.Kind, gone, kept int, restored bool) fyne.CanvasObject {
	badges := widget.NewFlow()
	if gone > 0 || !restored {
		badges.Add(widget.NewBadge(page.Removed(k, gone), page.KindTone(k)))
	}
	if kept > 0 || restored {
		badges.Add(widget.NewBadge(page.Kept(k, kept), widget.Neutral))
	}
	data := map[string]any{"What": page.Kinds(k), "Example": "<" + string(k) + "-27>"}
	check := fynewidget.NewCheck(lang.L("Send {{.What}} as they are", data), nil)
	check.SetChecked(restored)
	check.OnChanged = func(on bool) { r.flow.revise(r.flow.clean.changes.WithRestored(k, on)) }
	meaning := widget.NewCaption(lang.L("We then read the real {{.What}} instead of words such as {{.Example}}.", data))
	words := container.New(layout.NewCustomPaddedVBoxLayout(-12), check, container.New(layout.NewCustomPaddedLayout(0, 0, 22, 0), meaning))
	return container.New(layout.NewCustomPaddedVBoxLayout(0), inset(badges), words)
}

// addHidden lists what the customer has hidden, each to be taken back, and
// takes more.
func (r *review) addHidden(rows *fyne.Container) {
	section(rows, lang.L("Hidden by you"), lang.L("These texts are gone from everything that is sent. Select text in a file to hide it, or type it here."))
	if n := r.flow.tally().Gone[redact.Hidden]; n > 0 {
		rows.Add(inset(widget.NewFlow(widget.NewBadge(page.Removed(redact.Hidden, n), page.KindTone(redact.Hidden)))))
	}
	changes := r.flow.clean.changes
	for _, text := range changes.Hide {
		words := widget.NewText(page.Plain(text))
		words.Wrapping, words.Truncation = fyne.TextWrapOff, fyne.TextTruncateEllipsis
		back := widget.NewButton(lang.L("Show again"), base.VisibilityIcon(), func() { r.flow.revise(changes.Without(text)) })
		rows.Add(container.NewBorder(nil, nil, nil, back, words))
	}
}

// hideField takes a text to be hidden that is typed.
func (r *review) hideField() fyne.CanvasObject {
	field := fynewidget.NewEntry()
	field.SetPlaceHolder(lang.L("Text that nobody should read"))
	refused := widget.NewCaption("")
	refused.Importance = fynewidget.DangerImportance
	refused.Hide()
	hide := func() {
		err := r.hide(field.Text)
		refused.Hidden = err == nil
		if err != nil {
			refused.SetText(evidence.Refusal(err))
		} else {
			field.SetText("")
		}
		r.panel.object.Refresh()
	}
	field.OnSubmitted = func(string) { hide() }
	button := widget.NewButton(lang.L("Hide everywhere"), base.VisibilityOffIcon(), hide)
	return container.New(layout.NewCustomPaddedVBoxLayout(0), container.NewBorder(nil, nil, nil, button, field), refused)
}

func inset(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(0, 0, 8, 0), o)
}
