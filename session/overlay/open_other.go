//go:build !linux

package overlay

import (
	"fmt"
	"runtime"
)

func open() (Overlay, error) {
	return nil, fmt.Errorf("show on the desktop on %s: no driver for this system yet: %w", runtime.GOOS, ErrUnavailable)
}
