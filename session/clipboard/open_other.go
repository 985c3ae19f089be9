//go:build !linux

package clipboard

import (
	"fmt"
	"runtime"
)

func open() (Clipboard, error) {
	return nil, fmt.Errorf("reach the clipboard on %s: no driver for this system yet: %w", runtime.GOOS, ErrUnavailable)
}
