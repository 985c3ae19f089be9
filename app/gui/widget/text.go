//go:build !headless

package widget

import (
	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/theme"
)

// NewHeading is a page's first line.
func NewHeading(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.SizeName = base.SizeNameHeadingText
	l.TextStyle.Bold = true
	l.Wrapping = fyne.TextWrapWord
	return l
}

// NewSubheading stands over a part of a page.
func NewSubheading(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.SizeName = base.SizeNameSubHeadingText
	l.TextStyle.Bold = true
	l.Truncation = fyne.TextTruncateEllipsis
	return l
}

// NewText is running text, wrapped.
func NewText(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.Wrapping = fyne.TextWrapWord
	return l
}

// NewCaption is small second-rank text, wrapped.
func NewCaption(text string) *widget.Label {
	l := NewText(text)
	l.SizeName = base.SizeNameCaptionText
	l.Importance = widget.LowImportance
	return l
}

// Words is one line of text in any of the theme's colours and sizes.
type Words struct {
	widget.BaseWidget
	Text   string
	Color  fyne.ThemeColorName
	Height fyne.ThemeSizeName
	Style  fyne.TextStyle
	Align  fyne.TextAlign
	Spaced bool // letters apart, for codes that are read out
}

// NewWords is second-rank text in one line.
func NewWords(text string) *Words {
	w := &Words{Text: text, Color: theme.ColorNameMuted, Height: base.SizeNameCaptionText}
	w.ExtendBaseWidget(w)
	return w
}

// NewCode is a session's code or a ticket's number: large, apart, to be read out.
func NewCode(text string) *Words {
	w := &Words{
		Text: text, Color: base.ColorNamePrimary, Height: theme.SizeNameCode,
		Style: fyne.TextStyle{Bold: true, Monospace: true}, Align: fyne.TextAlignCenter, Spaced: true,
	}
	w.ExtendBaseWidget(w)
	return w
}

// SetText shows another text.
func (w *Words) SetText(text string) {
	if w.Text != text {
		w.Text = text
		w.Refresh()
	}
}
