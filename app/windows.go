//go:build !headless

package app

import _ "github.com/beistand/beistand/app/early" // before Fyne starts

const hasWindows = true

// Windows are the commands that open one.
type Windows struct {
	Customer customerCommand `cmd:"" default:"withargs" help:"Describe a problem, see what would be sent, file a ticket, show the screen. The default."`
	Support  supportCommand  `cmd:"" help:"Read tickets and look at a customer's screen. For staff."`
}
