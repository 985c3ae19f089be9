//go:build !headless

package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// NewFinding says what was found, calmly: an icon and a word for how grave it
// is, the sentence in bold, what to do below it. Either may be empty.
func NewFinding(tone Tone, word, what, todo string) fyne.CanvasObject {
	grave := NewWords(word)
	grave.Color, grave.Style.Bold = tone.strong(), true
	words := container.New(layout.NewCustomPaddedVBoxLayout(-10))
	if what != "" {
		head := NewText(what)
		head.TextStyle.Bold = true
		words.Add(head)
	}
	if todo != "" {
		words.Add(NewText(todo))
	}
	icon := container.NewGridWrap(fyne.NewSquareSize(base.Size(base.SizeNameInlineIcon)), widget.NewIcon(tone.icon()))
	return container.New(finding{}, icon, grave, words)
}

// finding has icon and word in one line, and the sentences below, as far right
// as the word.
type finding struct{}

const findingLine = float32(24) // the height of icon and word

func (finding) indent(parts []fyne.CanvasObject) float32 { return parts[0].MinSize().Width + 8 }

func (f finding) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	icon, word, words := parts[0], parts[1], parts[2]
	left := f.indent(parts)
	icon.Move(fyne.NewPos(0, (findingLine-icon.MinSize().Height)/2))
	icon.Resize(icon.MinSize())
	word.Move(fyne.NewPos(left, 0))
	word.Resize(fyne.NewSize(max(0, size.Width-left), findingLine))
	// A label keeps a padding around its letters, which are to stand below the word.
	words.Move(fyne.NewPos(left-base.InnerPadding(), findingLine-base.InnerPadding()+2))
	wide := max(0, size.Width-left+base.InnerPadding())
	words.Resize(fyne.NewSize(wide, words.MinSize().Height)) // wrapped text knows its height only at its width
	words.Resize(fyne.NewSize(wide, words.MinSize().Height))
}

func (f finding) MinSize(parts []fyne.CanvasObject) fyne.Size {
	words := parts[2].MinSize()
	if words.Height == 0 {
		words.Height = base.InnerPadding()
	}
	return fyne.NewSize(f.indent(parts)+max(parts[1].MinSize().Width, words.Width-base.InnerPadding()), findingLine+words.Height-base.InnerPadding())
}
