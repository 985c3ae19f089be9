package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/beistand/beistand/app/lab/glass/count"
	"github.com/beistand/beistand/app/lab/glass/launch"
	"github.com/beistand/beistand/app/lab/glass/tally"
)

// bench measures each peer over each link, one after the other.
func bench(ctx context.Context, args []string) (err error) {
	fs := flag.NewFlagSet("bench", flag.ExitOnError)
	peers := fs.String("peers", "ideal", "peers, by comma: script of the scripts' folder, then '-' and a variant")
	links := fs.String("links", "clean", "links, by comma: clean, wan (40 ms, 1% loss, 20 Mbit/s), thin (40 ms, 2 Mbit/s), poor (both)")
	scenes := fs.String("scenes", "typing,scroll,drag,video,switch", "scenes, by comma")
	sizes := fs.String("sizes", tally.FullHD, "sizes of both displays, by comma; others than the first over a clean link only")
	o := launch.Options{}
	fs.StringVar(&o.Scripts, "scripts", "app/lab/glass/peers", "folder of the peers' scripts")
	fs.DurationVar(&o.Warm, "warm", 2*time.Second, "time of each scene before figures are taken")
	seconds := fs.Float64("seconds", 8, "time during which they are")
	fs.StringVar(&o.Lock, "lock", "", "lock file: runs on one machine wait for each other")
	out := fs.String("out", "", "file to add results to; default is none")
	dir := fs.String("dir", "", "folder for logs; default is a temporary one, removed")
	verdicts := fs.Bool("table", true, "print the table of all at the end")
	repeat := fs.Int("repeat", 1, "how often; the least disturbed run of each scene counts")
	if err := fs.Parse(args); err != nil {
		return err
	}
	o.Length = time.Duration(*seconds * float64(time.Second))
	if o.Scripts, err = filepath.Abs(o.Scripts); err != nil {
		return err
	}
	base := *dir
	if base == "" {
		if base, err = os.MkdirTemp("", "glass"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(base)) }()
	}
	if base, err = filepath.Abs(base); err != nil {
		return err
	}
	defer count.Favour()()
	var all []tally.Result
	fmt.Print(tally.Head)
	keep := func(r *tally.Result) error {
		fmt.Print(r.Row())
		all = append(all, *r)
		if *out == "" {
			return nil
		}
		return r.Save(*out)
	}
	for range *repeat {
		for i, size := range split(*sizes) {
			if _, err := fmt.Sscanf(size, "%dx%d", &o.Size.X, &o.Size.Y); err != nil {
				return fmt.Errorf("size %q is not like %s: %w", size, tally.FullHD, err)
			}
			for _, link := range split(*links) {
				if i > 0 && link != "clean" {
					continue
				}
				for _, peer := range split(*peers) {
					o.Peer, o.Net = peer, link
					o.Dir = filepath.Join(base, strings.Join([]string{peer, link, size}, "-"))
					if err := one(ctx, o, split(*scenes), keep); err != nil {
						return err
					}
				}
			}
		}
	}
	if *verdicts {
		fmt.Print("\n", tally.Verdicts(all))
	}
	return nil
}

func one(ctx context.Context, o launch.Options, scenes []string, keep func(*tally.Result) error) error {
	if o.Size == (image.Point{}) {
		return errors.New("no size is given")
	}
	if err := os.RemoveAll(o.Dir); err != nil {
		return fmt.Errorf("make room for logs: %w", err)
	}
	if err := os.MkdirAll(o.Dir, 0o755); err != nil {
		return fmt.Errorf("make room for logs: %w", err)
	}
	return launch.Run(ctx, o, scenes, keep)
}

func split(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
}

// table prints results that were kept.
func table(_ context.Context, args []string) error {
	fs := flag.NewFlagSet("table", flag.ExitOnError)
	plain := fs.Bool("plain", false, "every result by itself, not against the targets")
	if err := fs.Parse(args); err != nil {
		return err
	}
	all, err := tally.Read(fs.Args()...)
	if err != nil {
		return err
	}
	if !*plain {
		fmt.Print(tally.Verdicts(all))
		return nil
	}
	fmt.Print(tally.Head)
	for _, r := range tally.Best(all) {
		fmt.Print(r.Row())
	}
	return nil
}
