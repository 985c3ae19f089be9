//go:build headless

package app

const hasWindows = false

// Windows has no commands in a build without a display.
type Windows struct{}
