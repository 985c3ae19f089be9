//go:build !headless && !linux

package surface

import "fyne.io/fyne/v2"

// opener gives nil: Fyne paints by itself here.
func opener(fyne.Window) func() (display, error) { return nil }
