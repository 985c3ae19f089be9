// Package xserver runs a virtual X display with a window manager on it.
package xserver

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/beistand/beistand/app/demo/await"
	"github.com/beistand/beistand/app/demo/child"
	"github.com/beistand/beistand/app/demo/xhand"
)

// startLimit is how long the server and the window manager may each take.
const startLimit = 15 * time.Second

// grace is how long each may take to end.
const grace = 20 * time.Second

// Server is a running display.
type Server struct {
	Display string // ":7"

	x, wm  *child.Child
	config string // the window manager's file
}

// config leaves the window manager nothing to do but frames, in calm colours:
// no menu, no keys of its own that would take what is typed.
const config = `<?xml version="1.0"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <theme><name>Onyx</name><titleLayout>LIMC</titleLayout></theme>
  <focus><focusNew>yes</focusNew></focus>
</openbox_config>
`

func writeConfig() (string, error) {
	f, err := os.CreateTemp("", "beistand-openbox-*.xml")
	if err != nil {
		return "", fmt.Errorf("write the window manager's configuration: %w", err)
	}
	_, err = f.WriteString(config)
	if err := errors.Join(err, f.Close()); err != nil {
		return f.Name(), fmt.Errorf("write the window manager's configuration: %w", err)
	}
	return f.Name(), nil
}

// Start runs Xvfb on a free display number, which the server chooses itself,
// with a screen of width by height pixels, 24 bits deep, and openbox on it.
// env is the window manager's environment (nil is this process's).
func Start(ctx context.Context, width, height int, env []string) (_ *Server, err error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("start display: %w", err)
	}
	defer r.Close()
	s := &Server{}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Stop())
		}
	}()
	s.x, err = child.Start(child.Spec{
		Path: "Xvfb", Files: []*os.File{w}, Env: env,
		Args: []string{
			"-displayfd", "3", "-screen", "0", fmt.Sprintf("%dx%dx24", width, height),
			"-nolisten", "tcp", "-noreset", "-dpi", "96", "+extension", "RANDR", "+extension", "MIT-SHM",
		},
	})
	w.Close()
	if err != nil {
		return s, err
	}
	number, err := readNumber(ctx, r)
	if err != nil {
		return s, fmt.Errorf("start Xvfb: %w: %s", err, strings.TrimSpace(s.x.Output()))
	}
	s.Display = ":" + strconv.Itoa(number)
	if env == nil {
		env = os.Environ()
	}
	if s.config, err = writeConfig(); err != nil {
		return s, err
	}
	s.wm, err = child.Start(child.Spec{
		Path: "openbox", Args: []string{"--config-file", s.config}, Env: append(slices.Clip(env), "DISPLAY="+s.Display),
	})
	if err != nil {
		return s, err
	}
	return s, s.managed(ctx)
}

// managed waits until the window manager has taken the display.
func (s *Server) managed(ctx context.Context) error {
	hand, err := xhand.Open(s.Display)
	if err != nil {
		return err
	}
	defer hand.Close()
	return await.Until(ctx, startLimit, "window manager on "+s.Display, func() (bool, error) {
		select {
		case <-s.wm.Done():
			return false, fmt.Errorf("openbox ended: %v", s.wm.Err())
		default:
		}
		return hand.OneDesktop()
	}, s.wm.Output)
}

// Stop ends the window manager and the server and waits for both.
func (s *Server) Stop() error {
	err := errors.Join(s.wm.Stop(grace), s.x.Stop(grace))
	if s.config != "" {
		err = errors.Join(err, os.Remove(s.config))
		s.config = ""
	}
	return err
}

// readNumber reads the display's number, which the server writes when it is ready.
func readNumber(ctx context.Context, r io.ReadCloser) (int, error) {
	type answer struct {
		line string
		err  error
	}
	got := make(chan answer, 1)
	go func() {
		line, err := bufio.NewReader(r).ReadString('\n')
		got <- answer{line, err}
	}()
	timer := time.NewTimer(startLimit)
	defer timer.Stop()
	select {
	case a := <-got:
		if a.err != nil {
			return 0, fmt.Errorf("read display number: %w", a.err)
		}
		return strconv.Atoi(strings.TrimSpace(a.line))
	case <-timer.C:
		r.Close()
		<-got
		return 0, fmt.Errorf("read display number: %w", os.ErrDeadlineExceeded)
	case <-ctx.Done():
		r.Close()
		<-got
		return 0, fmt.Errorf("read display number: %w", ctx.Err())
	}
}
