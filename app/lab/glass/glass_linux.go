// Command glass measures any program that shows a screen elsewhere, from the outside: it paints known pictures on the shared display, watches the viewer's display, and compares the two on one clock.
//
// It knows nothing of the program in between; docs/bench-picture.md says how it measures.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"syscall"
)

// command is one of the words that glass understands.
type command struct {
	name, help string
	run        func(ctx context.Context, args []string) error
}

func commands() []command {
	return []command{
		{"bench", "start peers, measure them, print the table", bench},
		{"table", "print result files (JSON lines) as one table", table},
		{"paint", "draw a scene with frame markers on the source display", paint},
		{"watch", "log when each marker appears on the viewer's display", watch},
		{"copy", "the 'ideal' peer: copy one display to another through shared memory", copyDisplay},
		{"shot", "save a display as a PNG", shot},
		{"signal", "serve the two pages of the browser peer and their signalling", serveSignal},
	}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	all := commands()
	if len(os.Args) > 1 {
		if i := slices.IndexFunc(all, func(c command) bool { return c.name == os.Args[1] }); i >= 0 {
			if err := all[i].run(ctx, os.Args[2:]); err != nil {
				fmt.Fprintf(os.Stderr, "glass %s: %v\n", all[i].name, err)
				stop()
				os.Exit(1)
			}
			return
		}
	}
	fmt.Fprintln(os.Stderr, "usage: glass COMMAND [flags]; glass COMMAND -h lists the flags")
	for _, c := range all {
		fmt.Fprintf(os.Stderr, "  %-8s %s\n", c.name, c.help)
	}
	os.Exit(2)
}
