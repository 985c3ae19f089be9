//go:build headless

package app

const hasWindows = false

// windows has no commands in a build without a display.
type windows struct{}
