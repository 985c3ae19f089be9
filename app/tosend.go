//go:build !headless

package app

import (
	"errors"
	"fmt"
	"os"

	"github.com/beistand/beistand/session"
)

// openToSend opens a file that somebody chose, and gives its size in bytes. A
// folder, a pipe or a device is session.ErrCannotRead, and is not opened: that
// could take for ever.
func openToSend(path string) (f *os.File, size int64, err error) {
	plain := func(info os.FileInfo, err error) error {
		if err == nil && !info.Mode().IsRegular() {
			err = fmt.Errorf("%q: %w", path, session.ErrCannotRead)
		}
		if err == nil {
			size = info.Size()
		}
		return err
	}
	if err = plain(os.Stat(path)); err != nil {
		return nil, 0, fmt.Errorf("send a file: %w", err)
	}
	if f, err = os.Open(path); err != nil {
		return nil, 0, fmt.Errorf("send a file: %w", err)
	}
	if err = plain(f.Stat()); err != nil { // another may stand there by now
		return nil, 0, errors.Join(fmt.Errorf("send a file: %w", err), f.Close())
	}
	return f, size, nil
}
