// Command play shows the whole program at work: it plays one case through the real windows, or opens them for a person.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/beistand/beistand/app/demo"
)

func main() {
	var o demo.Options
	flag.StringVar(&o.Program, "program", "build/beistand", "path of the program")
	flag.StringVar(&o.Pictures, "pictures", "", "folder for a picture of every step")
	flag.StringVar(&o.Docs, "docs", "", "folder for the pictures that the documentation shows: single windows, small files")
	flag.StringVar(&o.OnDisplay, "display", "", "show both windows on this display, such as :0; default is a virtual one for each")
	flag.StringVar(&o.Language, "language", "", "en, de or nl; default is English, and with -keep the system's")
	keep := flag.Bool("keep", false, "only open desk, customer and supporter on the present display, and leave them open")
	flag.Parse()
	o.Log = os.Stdout

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, o, *keep); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o demo.Options, keep bool) error {
	if keep {
		o.Pictures = ""
		return demo.Open(ctx, o)
	}
	begun := time.Now()
	result, err := demo.Play(ctx, o)
	if err != nil {
		return err
	}
	fmt.Printf("Ticket %d went from the first click to the shared screen and back in %.1f s.\n", result.Ticket, time.Since(begun).Seconds())
	return nil
}
