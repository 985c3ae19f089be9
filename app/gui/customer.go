//go:build !headless

package gui

import "context"

// Customer shows the customer's window until it is closed or ctx ends. It must
// be called from the main goroutine.
func Customer(ctx context.Context, c CustomerConfig) error {
	return nil
}
