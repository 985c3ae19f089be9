package store

import (
	"errors"
	"fmt"

	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/files"
)

// What a caller tells apart.
var (
	ErrNotFound = db.ErrNotFound
	ErrExists   = db.ErrExists
	ErrConflict = db.ErrConflict
	ErrNoSpace  = db.ErrNoSpace
	ErrCrowded  = errors.New("as many sessions as may be are open")
	ErrChecksum = errors.New("checksum mismatch") // of one piece of an upload
	ErrTooLong  = errors.New("more bytes than announced")
)

// LimitError says which of a ticket's limits is reached.
type LimitError struct{ What string }

func (e *LimitError) Error() string { return e.What }

// HashError says that a whole file is not the one that was announced. Both are SHA-256 in hex.
type HashError struct{ Got, Want string }

func (e *HashError) Error() string {
	return fmt.Sprintf("file has SHA-256 %s, announced was %s", e.Got, e.Want)
}

// BodyError says that reading what was sent broke off.
type BodyError struct{ Err error }

func (e *BodyError) Error() string { return "read upload: " + e.Err.Error() }
func (e *BodyError) Unwrap() error { return e.Err }

// named is db.Named for what the files' place says.
func named(err error) error {
	if errors.Is(err, files.ErrNoRoom) && !errors.Is(err, ErrNoSpace) {
		return fmt.Errorf("%w: %w", ErrNoSpace, err)
	}
	return db.Named(err)
}
