package collect

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// logFile is the end of a log that profile or person has named.
type logFile struct {
	number int
	name   string
	log    Log
}

// maxNewest is how many files one name may stand for.
const maxNewest = 10

func (l logFile) Name() string   { return l.name }
func (l logFile) Title() string  { return titleLogFile }
func (l logFile) Source() string { return l.log.Path }

func (l logFile) Collect(ctx context.Context, s Sink) error {
	paths, err := l.paths()
	if err != nil {
		return err
	}
	var failed error
	for i, path := range paths {
		number := fmt.Sprint(l.number)
		if i > 0 {
			number += fmt.Sprintf("-%d", i+1)
		}
		name := "logs/" + number + "-" + SafeName(filepath.Base(path))
		if !strings.HasSuffix(name, ".log") {
			name += ".log"
		}
		if err := copyTail(ctx, s, path, name, titleLogFile, l.log.MaxBytes); err != nil {
			failed = alsoFailed(failed, err)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return failed
}

// alsoFailed puts several errors into one line.
func alsoFailed(before, err error) error {
	if before == nil {
		return err
	}
	return fmt.Errorf("%w; %w", before, err)
}

// paths gives the files that are meant. A file whose name has a * in it is
// meant by that name before others are.
func (l logFile) paths() ([]string, error) {
	path := l.log.Path
	if _, err := os.Lstat(path); err == nil || !strings.ContainsAny(filepath.Base(path), "*?[") {
		return []string{path}, nil
	}
	dir, pattern := filepath.Split(path)
	type match struct {
		path string
		info fs.FileInfo
	}
	var found []match
	entries, err := os.ReadDir(filepath.Clean(dir))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("list the folder %q: %w", dir, reason(err))
	}
	for _, e := range entries {
		ok, err := filepath.Match(pattern, e.Name())
		if err != nil {
			return nil, fmt.Errorf("log file %q: its name is not well formed", path)
		}
		if !ok {
			continue
		}
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() {
			found = append(found, match{filepath.Join(dir, e.Name()), info})
		}
	}
	if len(found) == 0 {
		return nil, absent(fmt.Sprintf("there is no file %q", path))
	}
	slices.SortFunc(found, func(a, b match) int {
		return cmp.Or(b.info.ModTime().Compare(a.info.ModTime()), cmp.Compare(a.path, b.path))
	})
	var paths []string
	for _, m := range found[:min(len(found), l.log.Newest)] {
		paths = append(paths, m.path)
	}
	return paths, nil
}

// reason is err without the operation and path that the sentence names already.
func reason(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
