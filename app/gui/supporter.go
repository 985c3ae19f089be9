//go:build !headless

package gui

import "context"

// Supporter shows the supporter's window until it is closed or ctx ends. It
// must be called from the main goroutine.
func Supporter(ctx context.Context, c SupporterConfig) error {
	return nil
}
