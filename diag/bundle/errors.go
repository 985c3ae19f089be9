package bundle

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// Why a bundle is refused; every FormatError is one of them.
var (
	ErrNotBundle = errors.New("this is no bundle")
	ErrNewer     = errors.New("the bundle was made by a newer version")
	ErrUnsafe    = errors.New("the bundle is not safe to open")
	ErrTooLarge  = errors.New("the bundle is larger than allowed")
	ErrDamaged   = errors.New("the bundle is damaged")
	ErrEncrypted = errors.New("the bundle is encrypted")
)

// FormatError says what is wrong with a bundle, and at which of its paths.
type FormatError struct {
	Kind   error  // one of the sentinels
	Path   string // in the archive; "" if the whole is meant
	Detail string // in words
}

func (e *FormatError) Error() string {
	if e.Path == "" {
		return fmt.Sprintf("%v: %s", e.Kind, e.Detail)
	}
	return fmt.Sprintf("%v: %q %s", e.Kind, e.Path, e.Detail)
}

// Unwrap gives the sentinel.
func (e *FormatError) Unwrap() error { return e.Kind }

func refuse(kind error, path, format string, args ...any) error {
	return &FormatError{Kind: kind, Path: path, Detail: fmt.Sprintf(format, args...)}
}

// NoRoomError says that a file is not in the bundle because it did not fit.
// The bundle goes on without it and names it as left out.
type NoRoomError struct {
	Path string
	Why  string // in words, as in LeftOut
	Err  error  // what writing ran into; nil if a limit of ours was met
}

func (e *NoRoomError) Error() string { return fmt.Sprintf("add %q to the bundle: %s", e.Path, e.Why) }

// Unwrap gives what writing ran into.
func (e *NoRoomError) Unwrap() error { return e.Err }

// createError leaves out the name of the part, which tells nobody anything.
func createError(path string, err error) error {
	var p *fs.PathError
	var l *os.LinkError
	switch {
	case errors.As(err, &p):
		err = p.Err
	case errors.As(err, &l):
		err = l.Err
	}
	return fmt.Errorf("create bundle %q: %w", path, err)
}

// QuarantineError says that a file is not in the bundle because it could not
// be redacted.
type QuarantineError struct {
	Path string
	Why  string // in words, as in LeftOut
}

func (e *QuarantineError) Error() string {
	return fmt.Sprintf("add %q to the bundle: it could not be redacted: %s", e.Path, e.Why)
}
