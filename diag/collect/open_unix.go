//go:build unix

package collect

import (
	"os"
	"syscall"
)

// atOnce keeps opening from waiting for the other end of a pipe, and from
// taking a terminal over.
const atOnce = syscall.O_NONBLOCK | syscall.O_NOCTTY

// openAtOnce opens without waiting for the other end of a pipe.
func openAtOnce(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDONLY|atOnce, 0)
}
