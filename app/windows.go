//go:build !headless

package app

import (
	"context"
	"errors"

	_ "github.com/beistand/beistand/app/early" // before Fyne starts
)

const hasWindows = true

// Windows are the commands that open one.
type Windows struct {
	Customer customerCommand `cmd:"" default:"withargs" help:"Describe a problem, see what would be sent, file a ticket, show the screen. The default."`
	Support  supportCommand  `cmd:"" help:"Read tickets and look at a customer's screen. For staff."`
}

// closed makes a window that was closed by a signal end like one that was
// closed by its person: nothing went wrong.
func closed(err error) error {
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}
