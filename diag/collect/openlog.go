package collect

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// openLog opens a regular file, and says by name what else it is. It does
// not wait for somebody to write to a pipe.
func openLog(path string) (*os.File, int64, error) {
	// Opening a device can already do something, so it is looked at before.
	info, err := os.Stat(path)
	if err == nil {
		err = regular(path, info)
	}
	if err != nil {
		return nil, 0, logError(path, err)
	}
	f, err := openAtOnce(path)
	if err != nil {
		return nil, 0, logError(path, err)
	}
	// It may be another one by now.
	info, err = f.Stat()
	if err == nil {
		err = regular(path, info)
	}
	if err != nil {
		f.Close()
		return nil, 0, logError(path, err)
	}
	return f, info.Size(), nil
}

func logError(path string, err error) error {
	var p *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return absent(fmt.Sprintf("there is no file %q", path))
	case errors.As(err, &p):
		return fmt.Errorf("log file %q cannot be read: %w", path, p.Err)
	}
	return err
}

// regular says what a path is if it is not a file.
func regular(path string, info fs.FileInfo) error {
	if info.Mode().IsRegular() {
		return nil
	}
	return fmt.Errorf("log file %q is no file but %s", path, kindOf(info.Mode()))
}

// kindOf names what is no file.
func kindOf(mode fs.FileMode) string {
	switch {
	case mode.IsDir():
		return "a folder"
	case mode&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	case mode&fs.ModeDevice != 0:
		return "a device"
	}
	return "something else"
}
