package bundle

import (
	"errors"
	"io/fs"
)

// noRoom says in words why a file could not be written.
func noRoom(path string, err error) error {
	var n *NoRoomError
	if errors.As(err, &n) {
		return n
	}
	why := "it could not be written"
	var p *fs.PathError
	switch {
	case errors.Is(err, errMax):
		return &NoRoomError{Path: path, Why: "the bundle would have become larger than allowed"}
	case diskFull(err):
		why = "there was no space left on the disk"
	case errors.As(err, &p):
		why += ": " + p.Err.Error()
	case err != nil:
		why += ": " + err.Error()
	}
	return &NoRoomError{Path: path, Why: why, Err: err}
}
