package app

import (
	"context"
	"errors"
	"fmt"
	"image"
	"sync"

	"github.com/beistand/beistand/diag/collect"
	"github.com/beistand/beistand/session/screen"
)

// lazyScreens gives diag the screens of session/screen, which must not know
// each other. It opens the display at the first grab, so that a machine
// without one can still collect everything else.
type lazyScreens struct {
	mu     sync.Mutex // guards source
	source screen.Source
}

func (l *lazyScreens) Grab(ctx context.Context) ([]collect.Screenshot, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.open(); err != nil {
		return nil, err
	}
	monitors, err := l.source.Monitors()
	if err != nil {
		return nil, fmt.Errorf("list monitors: %w", err)
	}
	var shots []collect.Screenshot
	for _, m := range monitors {
		if err := ctx.Err(); err != nil {
			return shots, err
		}
		picture := image.NewRGBA(image.Rect(0, 0, m.Bounds.Dx(), m.Bounds.Dy()))
		if err := l.source.Grab(m, picture); err != nil {
			return shots, fmt.Errorf("take picture of %s: %w", m.Name, err)
		}
		shots = append(shots, collect.Screenshot{Name: m.Name, Image: picture, At: m.Bounds.Min})
	}
	return shots, nil
}

// open opens the display unless it is open; l.mu is held.
func (l *lazyScreens) open() error {
	if l.source != nil {
		return nil
	}
	source, err := screen.Open()
	if errors.Is(err, screen.ErrUnavailable) {
		return noScreen{err}
	}
	if err != nil {
		return err
	}
	l.source = source
	return nil
}

// noScreen tells diag that nothing went wrong: there is just no screen.
type noScreen struct{ error }

func (noScreen) Is(target error) bool { return target == collect.ErrAbsent }

func (l *lazyScreens) Close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.source != nil {
		l.source.Close()
		l.source = nil
	}
}
