//go:build unix

package collect

import (
	"os"
	"syscall"
)

// openAtOnce opens without waiting for the other end of a pipe.
func openAtOnce(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK|syscall.O_NOCTTY, 0)
}
