package app

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// filesIn are the paths in folder whose names match pattern, sorted. A folder
// that is not there has none. Other than filepath.Glob it takes the folder's
// own name as it is, and tells when nobody can say what is in there.
func filesIn(folder, pattern string) (paths []string, err error) {
	all, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("look what is in a folder: %w", err)
	}
	for _, entry := range all {
		match, err := filepath.Match(pattern, entry.Name())
		if err != nil {
			return nil, fmt.Errorf("look for %q: %w", pattern, err)
		}
		if match {
			paths = append(paths, filepath.Join(folder, entry.Name()))
		}
	}
	return paths, nil
}
