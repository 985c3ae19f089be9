//go:build !headless

package theme

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
)

func TestContrast(t *testing.T) {
	pairs := []struct {
		front, back fyne.ThemeColorName
		least       float64
	}{
		{base.ColorNameForeground, base.ColorNameBackground, 7},
		{base.ColorNameForeground, ColorNameCard, 7},
		{base.ColorNameForeground, base.ColorNameButton, 7},
		{base.ColorNameForeground, base.ColorNameInputBackground, 7},
		{base.ColorNameForeground, base.ColorNameMenuBackground, 7},
		{base.ColorNameForegroundOnPrimary, base.ColorNamePrimary, 4.5},
		{base.ColorNameForegroundOnError, base.ColorNameError, 4.5},
		{base.ColorNameForegroundOnWarning, base.ColorNameWarning, 4.5},
		{base.ColorNameForegroundOnSuccess, base.ColorNameSuccess, 4.5},
		{base.ColorNamePlaceHolder, base.ColorNameInputBackground, 4.5},
		{base.ColorNamePrimary, ColorNameCard, 4.5},
		{base.ColorNamePrimary, base.ColorNameBackground, 4.5},
		{base.ColorNameError, ColorNameCard, 4.5},
		{base.ColorNameWarning, ColorNameCard, 4.5},
		{base.ColorNameSuccess, ColorNameCard, 4.5},
		{ColorNameMuted, ColorNameCard, 4.5},
		{base.ColorNameDisabled, ColorNameCard, 4.5}, // second-rank labels have it
		{base.ColorNameDisabled, base.ColorNameBackground, 4.5},
		{base.ColorNameDisabled, base.ColorNameDisabledButton, 3},
		{ColorNameMuted, base.ColorNameBackground, 4.5},
		{base.ColorNamePrimary, ColorNameSoftPrimary, 4.5},
		{base.ColorNameError, ColorNameSoftError, 4.5},
		{base.ColorNameWarning, ColorNameSoftWarning, 4.5},
		{base.ColorNameSuccess, ColorNameSoftSuccess, 4.5},
		{ColorNameMuted, ColorNameSoftNeutral, 4.5},
		{base.ColorNameForeground, ColorNameSoftError, 4.5},
		{base.ColorNameForeground, ColorNameSoftPrimary, 4.5},
		{base.ColorNameForeground, ColorNameChosen, 4.5},
		{base.ColorNameInputBorder, base.ColorNameInputBackground, 3},
		{base.ColorNameInputBorder, ColorNameCard, 3},
	}
	for name, variant := range map[string]fyne.ThemeVariant{"light": base.VariantLight, "dark": base.VariantDark} {
		t.Run(name, func(t *testing.T) {
			for _, p := range pairs {
				got := contrast(Calm{}.Color(p.front, variant), Calm{}.Color(p.back, variant))
				if got < p.least {
					t.Errorf("%s on %s: contrast %.2f, want at least %.1f", p.front, p.back, got, p.least)
				}
			}
		})
	}
}

func TestBothVariantsSetTheSameColours(t *testing.T) {
	for name := range light {
		if _, ok := dark[name]; !ok {
			t.Errorf("%s has no dark colour", name)
		}
	}
	for name := range dark {
		if _, ok := light[name]; !ok {
			t.Errorf("%s has no light colour", name)
		}
	}
}

// contrast is WCAG 2.2's contrast ratio.
func contrast(a, b color.Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c color.Color) float64 {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	linear := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(n.R) + 0.7152*linear(n.G) + 0.0722*linear(n.B)
}
