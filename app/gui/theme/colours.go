//go:build !headless

package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
)

// Text keeps at least 4.5:1 against what it stands on, borders of fields 3:1
// (WCAG 2.2, 1.4.3 and 1.4.11); the package's test measures every pair.
var light = map[fyne.ThemeColorName]color.Color{
	base.ColorNameBackground:          rgb(0xF3F6F6),
	base.ColorNameForeground:          rgb(0x1A2528),
	base.ColorNamePrimary:             rgb(0x0B6463),
	base.ColorNameForegroundOnPrimary: rgb(0xFFFFFF),
	base.ColorNameHyperlink:           rgb(0x0B6463),
	base.ColorNameButton:              rgb(0xE1E9E9),
	base.ColorNameDisabledButton:      rgb(0xE8EDED),
	base.ColorNameDisabled:            rgb(0x5F6E72),
	base.ColorNamePlaceHolder:         rgb(0x5B6A6E),
	base.ColorNameInputBackground:     rgb(0xFFFFFF),
	base.ColorNameInputBorder:         rgb(0x7F8E92),
	base.ColorNameSeparator:           rgb(0xD7DFE0),
	base.ColorNameError:               rgb(0xAE241C),
	base.ColorNameForegroundOnError:   rgb(0xFFFFFF),
	base.ColorNameWarning:             rgb(0x855500),
	base.ColorNameForegroundOnWarning: rgb(0xFFFFFF),
	base.ColorNameSuccess:             rgb(0x1B6838),
	base.ColorNameForegroundOnSuccess: rgb(0xFFFFFF),
	base.ColorNameHover:               rgba(0x0B646314),
	base.ColorNamePressed:             rgba(0x0B646333),
	base.ColorNameFocus:               rgba(0x0B646355),
	base.ColorNameSelection:           rgba(0x0B646326),
	base.ColorNameMenuBackground:      rgb(0xFFFFFF),
	base.ColorNameOverlayBackground:   rgb(0xFFFFFF),
	base.ColorNameHeaderBackground:    rgb(0xE9EFEF),
	base.ColorNameScrollBar:           rgba(0x1A252888),
	base.ColorNameShadow:              rgba(0x0000002A),
	ColorNameCard:                     rgb(0xFFFFFF),
	ColorNameCardBorder:               rgb(0xDCE4E5),
	ColorNameMuted:                    rgb(0x566569),
	ColorNameSoftPrimary:              rgb(0xDDEFEE),
	ColorNameSoftError:                rgb(0xFBE4E2),
	ColorNameSoftWarning:              rgb(0xFCEFD3),
	ColorNameSoftSuccess:              rgb(0xDFF2E5),
	ColorNameSoftNeutral:              rgb(0xE9EEEF),
	ColorNameChosen:                   rgb(0xA9D8F5),
}

var dark = map[fyne.ThemeColorName]color.Color{
	base.ColorNameBackground:          rgb(0x11181A),
	base.ColorNameForeground:          rgb(0xE5ECED),
	base.ColorNamePrimary:             rgb(0x5CC5BE),
	base.ColorNameForegroundOnPrimary: rgb(0x04211F),
	base.ColorNameHyperlink:           rgb(0x5CC5BE),
	base.ColorNameButton:              rgb(0x2B373B),
	base.ColorNameDisabledButton:      rgb(0x20292C),
	base.ColorNameDisabled:            rgb(0x95A4A8),
	base.ColorNamePlaceHolder:         rgb(0x9BAAAE),
	base.ColorNameInputBackground:     rgb(0x141C1E),
	base.ColorNameInputBorder:         rgb(0x6F7F84),
	base.ColorNameSeparator:           rgb(0x2E3A3E),
	base.ColorNameError:               rgb(0xFF8F85),
	base.ColorNameForegroundOnError:   rgb(0x3A0603),
	base.ColorNameWarning:             rgb(0xF1BC57),
	base.ColorNameForegroundOnWarning: rgb(0x2E1D00),
	base.ColorNameSuccess:             rgb(0x74D292),
	base.ColorNameForegroundOnSuccess: rgb(0x04240F),
	base.ColorNameHover:               rgba(0x5CC5BE1C),
	base.ColorNamePressed:             rgba(0x5CC5BE3A),
	base.ColorNameFocus:               rgba(0x5CC5BE66),
	base.ColorNameSelection:           rgba(0x5CC5BE33),
	base.ColorNameMenuBackground:      rgb(0x1F292C),
	base.ColorNameOverlayBackground:   rgb(0x1B2427),
	base.ColorNameHeaderBackground:    rgb(0x222D30),
	base.ColorNameScrollBar:           rgba(0xE5ECED88),
	base.ColorNameShadow:              rgba(0x00000066),
	ColorNameCard:                     rgb(0x1B2427),
	ColorNameCardBorder:               rgb(0x2C383C),
	ColorNameMuted:                    rgb(0xA3B1B5),
	ColorNameSoftPrimary:              rgb(0x17393A),
	ColorNameSoftError:                rgb(0x43201D),
	ColorNameSoftWarning:              rgb(0x3D2F12),
	ColorNameSoftSuccess:              rgb(0x18381F),
	ColorNameSoftNeutral:              rgb(0x293438),
	ColorNameChosen:                   rgb(0x1F5577),
}

func rgb(hex uint32) color.NRGBA { return rgba(hex<<8 | 0xFF) }

func rgba(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 24), G: uint8(hex >> 16), B: uint8(hex >> 8), A: uint8(hex)}
}
