//go:build !headless

package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
)

// Colours that Fyne's own list does not have. The soft ones lie behind a badge
// or a notice; the text on them is the colour they are named after.
const (
	ColorNameCard        fyne.ThemeColorName = "card"
	ColorNameCardBorder  fyne.ThemeColorName = "cardBorder"
	ColorNameSoftPrimary fyne.ThemeColorName = "softPrimary"
	ColorNameSoftError   fyne.ThemeColorName = "softError"
	ColorNameSoftWarning fyne.ThemeColorName = "softWarning"
	ColorNameSoftSuccess fyne.ThemeColorName = "softSuccess"
	ColorNameSoftNeutral fyne.ThemeColorName = "softNeutral"
	ColorNameMuted       fyne.ThemeColorName = "muted"  // second-rank text
	ColorNameChosen      fyne.ThemeColorName = "chosen" // behind selected text
)

// SizeNameCode is the size of a session's code and of a ticket's number.
const SizeNameCode fyne.ThemeSizeName = "code"

// Calm is the program's theme. Light or dark follows the system.
type Calm struct{}

var _ fyne.Theme = Calm{}

// Color gives name's colour for the variant; what it does not set is Fyne's own.
func (Calm) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	colours := light
	if variant == base.VariantDark {
		colours = dark
	}
	if c, ok := colours[name]; ok {
		return c
	}
	return base.DefaultTheme().Color(name, variant)
}

// Font is Fyne's own: it covers all three languages.
func (Calm) Font(style fyne.TextStyle) fyne.Resource { return base.DefaultTheme().Font(style) }

// Icon is Fyne's own.
func (Calm) Icon(name fyne.ThemeIconName) fyne.Resource { return base.DefaultTheme().Icon(name) }

// Size gives name's size in Fyne's device-independent pixels.
func (Calm) Size(name fyne.ThemeSizeName) float32 {
	if s, ok := sizes[name]; ok {
		return s
	}
	return base.DefaultTheme().Size(name)
}

// In these sizes Fyne's painter leaves the feet of letters whole; in 14.5, 15 or
// 13 it cuts them.
var sizes = map[fyne.ThemeSizeName]float32{
	base.SizeNameText:           14,
	base.SizeNameCaptionText:    12,
	base.SizeNameHeadingText:    24,
	base.SizeNameSubHeadingText: 18,
	base.SizeNameInputRadius:    8,
	base.SizeNameInnerPadding:   8,
	base.SizeNamePadding:        4,
	SizeNameCode:                54,
}
