package store

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/beistand/beistand/app/desk/store/db"
)

const windows = runtime.GOOS == "windows"

// Reserve is what an upload leaves free on the disk, in bytes: the database
// and everything that only reads go on when uploads are refused.
const Reserve = 64 << 20

// File is what an upload is written to; *os.File is one.
type File interface {
	io.WriterAt
	Truncate(size int64) error
	Sync() error
	Close() error
}

// Options are where the database is, and the store's seams to the disk; nil fields are the real one.
type Options struct {
	Database string // postgres://… ; "" is SQLite in the store's folder

	OpenFile func(name string, flag int, perm fs.FileMode) (File, error)
	Free     func(dir string) (uint64, error) // bytes that this process may still write
}

func (o Options) withDefaults() Options {
	if o.OpenFile == nil {
		o.OpenFile = func(name string, flag int, perm fs.FileMode) (File, error) { return os.OpenFile(name, flag, perm) }
	}
	if o.Free == nil {
		o.Free = free
	}
	return o
}

// room says whether n more bytes fit beside the reserve.
func (s *Store) room(n int64) error {
	have, err := s.files.Free(s.dir)
	if err != nil {
		return fmt.Errorf("free space of %q: %w", s.dir, err)
	}
	if have < uint64(n)+Reserve {
		return fmt.Errorf("%w: %d bytes wanted, %d free, %d in reserve", ErrNoSpace, n, have, int64(Reserve))
	}
	return nil
}

// create makes an empty file that is there after a crash.
func (s *Store) create(path string) error {
	f, err := s.files.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return db.Named(err)
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return db.Named(err)
	}
	return syncDir(filepath.Dir(path))
}

// syncDir makes names in dir survive a crash. Windows has no such call: NTFS journals names.
func syncDir(dir string) error {
	if windows {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return db.Named(errors.Join(d.Sync(), d.Close()))
}

// remove deletes a file; one that is gone already is no error.
func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
