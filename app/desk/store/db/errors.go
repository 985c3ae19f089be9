package db

import (
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"syscall"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// What a caller tells apart.
var (
	ErrNotFound = errors.New("not found")
	ErrExists   = errors.New("exists already")
	ErrConflict = errors.New("conflict")              // another version, or a state that does not allow it
	ErrNoSpace  = errors.New("no space left on disk") // or less than the reserve
)

// Named gives the ways in which a disk says that it is full one name, and no row another.
func Named(err error) error {
	if err == nil || errors.Is(err, ErrNoSpace) {
		return err
	}
	var se *sqlite.Error
	switch {
	case errors.As(err, &se) && se.Code()&0xff == sqlite3.SQLITE_FULL, sqlState(err) == "53100", noSpace(err):
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
	return runtime.GOOS == "windows" && errors.As(err, &n) && (n == 39 || n == 112)
}

// Unique says whether err is a row that is there already.
func Unique(err error) bool {
	if sqlState(err) == "23505" {
		return true
	}
	var se *sqlite.Error
	if !errors.As(err, &se) {
		return false
	}
	return se.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || se.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
}
