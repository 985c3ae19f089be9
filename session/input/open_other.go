//go:build !linux

package input

import (
	"fmt"
	"runtime"
)

func open() (Input, error) {
	return nil, fmt.Errorf("reach keyboard and pointer on %s: no driver for this system yet: %w", runtime.GOOS, ErrUnavailable)
}
