//go:build !drive && !headless

package gui

import "fyne.io/fyne/v2"

// startDrive does nothing: what people are given has no door for tests.
func startDrive(fyne.App) (stop func()) { return func() {} }
