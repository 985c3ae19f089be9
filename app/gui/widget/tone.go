//go:build !headless

package widget

import (
	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"

	"github.com/beistand/beistand/app/gui/theme"
)

// Tone is how something is meant. It only colours: words or an icon say the
// same beside it.
type Tone int

// The tones.
const (
	Neutral Tone = iota
	Primary
	Good
	Warning
	Bad
)

func (t Tone) strong() fyne.ThemeColorName {
	return [...]fyne.ThemeColorName{
		theme.ColorNameMuted, base.ColorNamePrimary, base.ColorNameSuccess, base.ColorNameWarning, base.ColorNameError,
	}[t]
}

func (t Tone) soft() fyne.ThemeColorName {
	return [...]fyne.ThemeColorName{
		theme.ColorNameSoftNeutral, theme.ColorNameSoftPrimary, theme.ColorNameSoftSuccess, theme.ColorNameSoftWarning, theme.ColorNameSoftError,
	}[t]
}

// icon is the tone's own picture, in its colour.
func (t Tone) icon() fyne.Resource {
	icon := [...]fyne.Resource{
		base.InfoIcon(), base.InfoIcon(), base.ConfirmIcon(), base.WarningIcon(), base.ErrorIcon(),
	}[t]
	return base.NewColoredResource(icon, t.strong())
}
