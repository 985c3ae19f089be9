package app

import (
	"context"
	"fmt"
	"strconv"

	"github.com/beistand/beistand/diag/collect"
	"github.com/beistand/beistand/session/screen"
)

// coveredWords say what a window's picture lacks; a manifest's texts are English.
const coveredWords = "what other windows cover, or what lies outside of the screen, is black"

// errNoWindows says that this system's screens have no windows to choose from.
var errNoWindows error = noWindows{}

type noWindows struct{}

func (noWindows) Error() string        { return "single windows cannot be pictured on this system" }
func (noWindows) Is(target error) bool { return target == collect.ErrAbsent }

// windows opens the display; l.mu is held.
func (l *lazyScreens) windows() (screen.WindowSource, error) {
	if err := l.open(); err != nil {
		return nil, err
	}
	s, ok := l.source.(screen.WindowSource)
	if !ok {
		return nil, errNoWindows
	}
	return s, nil
}

// Windows lists the windows that are shown, the one in front first.
func (l *lazyScreens) Windows(ctx context.Context) ([]collect.ScreenWindow, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	s, err := l.windows()
	if err != nil {
		return nil, err
	}
	all, err := s.Windows()
	if err != nil {
		return nil, err
	}
	var shown []collect.ScreenWindow
	for _, w := range all {
		shown = append(shown, collect.ScreenWindow{ID: fmt.Sprintf("%#x", w.ID), Title: w.Title, Program: w.Program})
	}
	return shown, ctx.Err()
}

// GrabWindow takes one window's picture.
func (l *lazyScreens) GrabWindow(ctx context.Context, id string) (collect.Screenshot, error) {
	number, err := strconv.ParseUint(id, 0, 32)
	if err != nil {
		return collect.Screenshot{}, fmt.Errorf("find window %q: %w", id, screen.ErrNoWindow)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	s, err := l.windows()
	if err != nil {
		return collect.Screenshot{}, err
	}
	p, err := s.GrabWindow(uint32(number))
	if err != nil {
		return collect.Screenshot{}, err
	}
	shot := collect.Screenshot{Image: p.Image, At: p.Bounds.Min}
	if p.Missing {
		shot.Cut = coveredWords
	}
	return shot, ctx.Err()
}
