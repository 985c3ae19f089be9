package store

import (
	"database/sql"
	"errors"
	"fmt"
	"syscall"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// What a caller tells apart.
var (
	ErrNotFound = errors.New("not found")
	ErrExists   = errors.New("exists already")
	ErrConflict = errors.New("conflict") // the state does not allow it
	ErrCrowded  = errors.New("as many sessions as may be are open")
	ErrNoSpace  = errors.New("no space left on disk")  // or less than the reserve
	ErrPassword = errors.New("wrong name or password") // which of the two is not told
	ErrChecksum = errors.New("checksum mismatch")      // of one piece of an upload
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

// full gives the ways in which a disk says that it is full one name, and no row another.
func full(err error) error {
	if err == nil || errors.Is(err, ErrNoSpace) {
		return err
	}
	var se *sqlite.Error
	switch {
	case errors.As(err, &se) && se.Code()&0xff == sqlite3.SQLITE_FULL, noSpace(err):
		return fmt.Errorf("%w: %w", ErrNoSpace, err)
	case errors.Is(err, sql.ErrNoRows):
		return ErrNotFound
	}
	return err
}

// noSpace knows a full disk, a used-up quota and, on Windows, ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL.
func noSpace(err error) bool {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return true
	}
	var n syscall.Errno
	return windows && errors.As(err, &n) && (n == 39 || n == 112)
}

// unique says whether err is a row that is there already.
func unique(err error) bool {
	var se *sqlite.Error
	if !errors.As(err, &se) {
		return false
	}
	return se.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || se.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
}
