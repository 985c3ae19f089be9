//go:build !linux

package screen

import (
	"fmt"
	"runtime"
)

func open() (Source, error) {
	return nil, fmt.Errorf("read the screen on %s: no driver for this system yet: %w", runtime.GOOS, ErrUnavailable)
}
