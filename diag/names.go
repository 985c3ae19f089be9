package diag

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/beistand/beistand/diag/redact"
)

// NewNames makes a table of pseudonyms over a fresh key.
func NewNames() *redact.Names {
	key := make([]byte, redact.KeySize)
	_, _ = rand.Read(key) // it never fails, see its documentation
	n, err := redact.NewNames(key)
	if err != nil {
		panic(err) // the key is of the right size
	}
	return n
}

// OpenNames reads the pseudonyms that a file keeps, or makes new ones if there
// is no such file. What is no such file is refused with redact.ErrNotNames or
// redact.ErrNewerNames.
func OpenNames(path string) (*redact.Names, error) {
	n, err := LoadNames(path)
	if errors.Is(err, fs.ErrNotExist) {
		return NewNames(), nil
	}
	return n, err
}

// LoadNames reads the pseudonyms that a file keeps.
func LoadNames(path string) (*redact.Names, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read names: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, fmt.Errorf("read names: %w", err)
	case !info.Mode().IsRegular() || info.Size() > redact.MaxStore:
		return nil, fmt.Errorf("read names %q: %w", path, redact.ErrNotNames)
	}
	n, err := redact.ReadNames(f)
	if err != nil {
		return nil, fmt.Errorf("read names %q: %w", path, err)
	}
	return n, nil
}

// SaveNames keeps pseudonyms in a file that its owner alone can read, whole or
// not at all.
func SaveNames(path string, n *redact.Names) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".names-*") // mode 0600
	if err != nil {
		return fmt.Errorf("write names: %w", err)
	}
	err = errors.Join(n.Store(f), f.Sync())
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write names: %w", errors.Join(err, os.Remove(f.Name())))
	}
	return nil
}
