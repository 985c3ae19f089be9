//go:build !linux

package lock

import (
	"fmt"
	"runtime"
)

func open() (Lock, error) {
	return nil, fmt.Errorf("ask for the lock on %s: no driver for this system yet: %w", runtime.GOOS, ErrUnavailable)
}
