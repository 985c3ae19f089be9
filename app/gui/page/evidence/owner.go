//go:build !headless

package evidence

import (
	"context"
	"errors"
	"image"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/diag/redact"
	"github.com/beistand/beistand/diag/revise"
)

// Owner is what the owner of evidence does while looking at it. All is called
// on the user interface's thread.
type Owner struct {
	Hide     func(text string) error             // everywhere
	Black    func(path string) []image.Rectangle // the black parts of a picture
	Blacken  func(path string, all []image.Rectangle)
	Original page.Evidence                          // pictures without their black parts
	Suggest  revise.Suggester                       // may be nil
	Tally    func(path string) (revise.Tally, bool) // what is replaced in a file; false: not counted yet
	Notice   func(path string) fyne.CanvasObject    // stands above a file's content; nil for nothing
}

// Marks are the places of a line where something was replaced, as spans.
func Marks(line []byte) (all []widget.Span) {
	for _, m := range revise.Marks(line) {
		all = append(all, widget.Span{From: m.From, To: m.To, Tone: page.KindTone(m.Kind)})
	}
	return all
}

// Counts puts what was replaced, and what is sent as it is, into badges.
func Counts(t revise.Tally) (all []fyne.CanvasObject) {
	for _, k := range redact.Kinds() {
		if n := t.Gone[k]; n > 0 {
			all = append(all, widget.NewBadge(page.Removed(k, n), page.KindTone(k)))
		}
		if n := t.Kept[k]; n > 0 {
			all = append(all, widget.NewBadge(page.Kept(k, n), widget.Neutral))
		}
	}
	return all
}

// Refusal says why a text is not hidden.
func Refusal(err error) string {
	switch {
	case errors.Is(err, revise.ErrTooShort):
		return lang.L("Please select at least three letters. Shorter texts stand nearly everywhere.")
	case errors.Is(err, revise.ErrTooMany):
		return lang.L("So many texts are hidden that no more can be added.")
	}
	what, _ := page.Explain(err)
	return what
}

// hideBar is below a text: what is selected, and the button that hides it.
type hideBar struct {
	object fyne.CanvasObject

	owner  *Owner
	hint   string // said while nothing is selected
	text   string
	words  *fynewidget.Label
	button *widget.Button
}

// mostQuoted is how much of what is selected stands beside the button, in letters.
const mostQuoted = 40

func newHideBar(o *Owner, hint string) *hideBar {
	b := &hideBar{owner: o, hint: hint, words: widget.NewCaption("")}
	b.words.Wrapping, b.words.Truncation = fyne.TextWrapOff, fyne.TextTruncateEllipsis
	b.button = widget.NewButton(lang.L("Hide this everywhere"), base.VisibilityOffIcon(), b.hide)
	b.object = container.NewBorder(nil, nil, nil, b.button, container.New(&middle{}, b.words))
	b.chosen("")
	return b
}

// chosen is told what is selected.
func (b *hideBar) chosen(text string) {
	b.text = text
	if text == "" {
		b.say(b.hint, fynewidget.LowImportance)
		b.button.Disable()
		b.button.Importance = fynewidget.MediumImportance
		b.button.Refresh()
		return
	}
	b.say(lang.L("Selected: {{.Text}}", map[string]any{"Text": quoted(text)}), fynewidget.MediumImportance)
	b.button.Enable()
	b.button.Importance = fynewidget.HighImportance
	b.button.Refresh()
}

func (b *hideBar) say(words string, how fynewidget.Importance) {
	b.words.Importance = how
	b.words.SetText(words)
}

func (b *hideBar) hide() {
	if err := b.owner.Hide(b.text); err != nil {
		b.say(Refusal(err), fynewidget.DangerImportance)
	}
}

// quoted is the beginning of a text, in one line.
func quoted(text string) string {
	text = page.Plain(strings.ReplaceAll(text, "\n", " "))
	if utf8.RuneCountInString(text) > mostQuoted {
		text = string([]rune(text)[:mostQuoted]) + "…"
	}
	return text
}

// suggestions asks for what could be black in a picture.
func suggestions(ctx context.Context, o *Owner, m image.Image) ([]image.Rectangle, error) {
	if o.Suggest == nil {
		return nil, nil
	}
	return o.Suggest.Suggest(ctx, m)
}

// middle puts one thing in the middle of the height.
type middle struct{}

func (*middle) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		h := o.MinSize().Height
		o.Move(fyne.NewPos(0, (size.Height-h)/2))
		o.Resize(fyne.NewSize(size.Width, h))
	}
}

func (*middle) MinSize(objects []fyne.CanvasObject) (least fyne.Size) {
	for _, o := range objects {
		least = least.Max(o.MinSize())
	}
	return least
}
