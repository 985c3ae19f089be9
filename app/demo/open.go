package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/beistand/beistand/app/demo/child"
	"github.com/beistand/beistand/assets"
)

// ErrNoDisplay says that there is no display for windows that a person is to use.
var ErrNoDisplay = errors.New("there is no display to open windows on; start this from a desktop, or set DISPLAY")

// Open starts a desk, a customer's and a supporter's window on the present
// display for a person to use, and returns when both windows are closed or ctx
// ends. Nobody clicks; the program may be any build.
func Open(ctx context.Context, o Options) (err error) {
	if o.OnDisplay == "" {
		o.OnDisplay = os.Getenv("DISPLAY")
	}
	if o.OnDisplay == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return ErrNoDisplay
	}
	if o.Log == nil {
		o.Log = io.Discard
	}
	if o.Language == "" {
		o.Language = assets.Language("")
	}
	s, err := newStage(o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	if err := s.startDesk(ctx, ""); err != nil {
		return err
	}
	fmt.Fprintf(o.Log, "The desk listens on %s.\nSign in as supporter with the name %q and the password %q.\nBoth windows are open; close them, or press Ctrl+C, to end.\n", s.deskURL, staffName, staffPassword)
	var windows []*child.Child
	defer func() {
		for _, w := range windows {
			err = errors.Join(err, w.Stop(deskStop))
		}
	}()
	for name, args := range map[string][]string{"customer's window": s.customerArgs(), "supporter's window": s.supporterArgs()} {
		w, err := child.Start(child.Spec{Name: name, Path: s.o.Program, Args: args, Env: append(s.env, "DISPLAY="+o.OnDisplay), Log: o.Log})
		if err != nil {
			return err
		}
		windows = append(windows, w)
	}
	for _, w := range windows {
		select {
		case <-w.Done():
			if w.Err() != nil {
				return fmt.Errorf("a window ended: %w", w.Err())
			}
		case <-s.desk.Done():
			return fmt.Errorf("the desk ended: %w: %s", s.desk.Err(), s.desk.Output())
		case <-ctx.Done():
			return nil
		}
	}
	return nil
}
