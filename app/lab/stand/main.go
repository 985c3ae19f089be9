//go:build bench && !headless

// Command stand is a host, a viewer and their desk without dialogs, for glass to measure; the released program has no such door.
package main

import (
	"os"

	"github.com/beistand/beistand/app"
)

func main() { os.Exit(app.BenchMain(os.Args[1:], os.Stderr)) }
