package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"image"
	"image/png"
	"os"
	"time"

	"github.com/beistand/beistand/app/lab/glass/pane"
	"github.com/beistand/beistand/app/lab/glass/play"
	"github.com/beistand/beistand/app/lab/glass/tally"
)

// logged runs f with a log to write into; "" is standard output.
func logged(name string, f func(*bufio.Writer) error) (err error) {
	to := os.Stdout
	if name != "" {
		if to, err = os.Create(name); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, to.Close()) }()
	}
	w := bufio.NewWriter(to)
	return errors.Join(f(w), w.Flush())
}

func paint(ctx context.Context, args []string) error {
	fs := flag.NewFlagSet("paint", flag.ExitOnError)
	p := play.Painter{}
	fs.StringVar(&p.Display, "display", ":71", "source display")
	fs.StringVar(&p.Scene, "scene", "typing", "what is painted")
	fs.DurationVar(&p.Length, "length", 10*time.Second, "for how long")
	first := fs.Uint("first", 1, "counter of the first frame")
	name := fs.String("log", "", "file for the log; default is standard output")
	if err := fs.Parse(args); err != nil {
		return err
	}
	return logged(*name, func(log *bufio.Writer) error {
		p.First, p.Log = uint16(*first), log
		return p.Paint(ctx)
	})
}

func watch(ctx context.Context, args []string) error {
	fs := flag.NewFlagSet("watch", flag.ExitOnError)
	w := &play.Watcher{}
	fs.StringVar(&w.Display, "display", ":72", "viewer's display")
	fs.StringVar(&w.Scene, "scene", "typing", "what is painted")
	size := fs.String("size", tally.FullHD, "size of the source picture")
	fs.DurationVar(&w.Length, "length", 10*time.Second, "for how long")
	first := fs.Uint("first", 1, "counter of the scene's first frame")
	name := fs.String("log", "", "file for the log; default is standard output")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if _, err := fmt.Sscanf(*size, "%dx%d", &w.Size.X, &w.Size.Y); err != nil {
		return fmt.Errorf("size %q: %w", *size, err)
	}
	return logged(*name, func(log *bufio.Writer) error {
		w.First, w.Log = uint16(*first), log
		return w.Watch(ctx)
	})
}

func copyDisplay(ctx context.Context, args []string) error {
	fs := flag.NewFlagSet("copy", flag.ExitOnError)
	from := fs.String("from", ":71", "source display")
	to := fs.String("to", ":72", "viewer's display")
	every := fs.Duration("every", 0, "pause between copies; a known delay, to check the harness with")
	if err := fs.Parse(args); err != nil {
		return err
	}
	return play.Copy(ctx, *from, *to, *every)
}

// shot saves a display, to see with one's own eyes what is judged.
func shot(_ context.Context, args []string) (err error) {
	fs := flag.NewFlagSet("shot", flag.ExitOnError)
	display := fs.String("display", ":72", "display")
	out := fs.String("out", "shot.png", "file to write")
	if err := fs.Parse(args); err != nil {
		return err
	}
	d, err := pane.Open(*display)
	if err != nil {
		return err
	}
	defer d.Close()
	g, err := d.NewGrabber(d.W * d.H)
	if err != nil {
		return err
	}
	f, err := g.Screen()
	if err != nil {
		return err
	}
	img := image.NewRGBA(f.Bounds())
	for i, p := range f.Pix {
		copy(img.Pix[4*i:], []byte{byte(p >> 16), byte(p >> 8), byte(p), 255})
	}
	w, err := os.Create(*out)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	return png.Encode(w, img)
}
