package record

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// Store keeps lines in a new file, readable by its owner alone; each is on the
// disk before Keep returns. It is not safe for concurrent use.
type Store struct {
	file *os.File
	err  error // sticky: after half a line nothing may follow
}

// Create makes the file; one that is there already is not touched.
func Create(path string) (*Store, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("make the record's file: %w", err)
	}
	if err := syncFolder(filepath.Dir(path)); err != nil {
		return nil, errors.Join(fmt.Errorf("make the record's file: %w", err), f.Close())
	}
	return &Store{file: f}, nil
}

// Keep is a Keep.
func (s *Store) Keep(line []byte) error {
	if s.err != nil {
		return s.err
	}
	_, err := s.file.Write(append(line[:len(line):len(line)], '\n'))
	if err == nil {
		err = s.file.Sync()
	}
	if err != nil {
		s.err = fmt.Errorf("write the record's file: %w", err)
	}
	return s.err
}

// Close closes the file.
func (s *Store) Close() error { return s.file.Close() }

// syncFolder makes a file's name survive a crash; Windows has no such call.
func syncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
