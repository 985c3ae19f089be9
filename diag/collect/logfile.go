package collect

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// logFile is the end of a log that profile or person has named, and of its
// older files as far as size and window reach.
type logFile struct {
	number int
	name   string
	log    Log
	window window
	pages  codePages
	turns  turns // for unpacking; those of one run share it
}

const (
	maxNewest   = 10     // how many files one name may stand for
	maxWindowed = 50     // the same with a window of time, which is what bounds it then
	maxEntries  = 50_000 // how many names of a folder are looked at
)

func (l logFile) Name() string   { return l.name }
func (l logFile) Title() string  { return titleLogFile }
func (l logFile) Source() string { return visible(l.log.Path) }

func (l logFile) Collect(ctx context.Context, s Sink) error {
	paths, err := l.paths(ctx)
	if err != nil {
		return err
	}
	t := &taking{window: l.window, turns: l.turns, left: l.log.MaxBytes * int64(l.log.Newest)}
	defer t.close()
	for _, path := range paths {
		if err := t.take(ctx, path, l.log.MaxBytes); err != nil {
			return err
		}
	}
	for i, p := range t.pieces {
		number := fmt.Sprint(l.number)
		if i > 0 {
			number += fmt.Sprintf("-%d", i+1)
		}
		err := p.copyTo(ctx, s, "logs/"+number+"-"+logName(p), titleLogFile, l.window, l.pages)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		t.failed = alsoFailed(t.failed, err)
	}
	if t.failed == nil && len(t.pieces) == 0 {
		return absent(fmt.Sprintf("log file %q has nothing of that time", l.log.Path))
	}
	return t.failed
}

// logName is the last part of a piece's name in the bundle.
func logName(p *piece) string {
	name := filepath.Base(p.path)
	if p.packing != unpacked {
		name = strings.TrimSuffix(name, filepath.Ext(name))
	}
	name = SafeName(name)
	if !strings.HasSuffix(name, ".log") {
		name += ".log"
	}
	return name
}

// alsoFailed puts several errors into one line.
func alsoFailed(before, err error) error {
	switch {
	case err == nil:
		return before
	case before == nil:
		return err
	}
	return fmt.Errorf("%w; %w", before, err)
}

// paths gives the files that are meant, newest first. A file whose name has a
// * in it is meant by that name before others are.
func (l logFile) paths(ctx context.Context) ([]string, error) {
	path := l.log.Path
	if _, err := os.Lstat(path); err == nil || !strings.ContainsAny(filepath.Base(path), "*?[") {
		return []string{path}, nil
	}
	dir, pattern := filepath.Split(path)
	if _, err := filepath.Match(pattern, "x"); err != nil {
		return nil, fmt.Errorf("log file %q: its name is not well formed", path)
	}
	entries, err := listFolder(ctx, dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var found []rotated
	for _, e := range entries {
		if ok, _ := filepath.Match(pattern, e.Name()); !ok {
			continue
		}
		one := filepath.Join(dir, e.Name())
		if info, err := os.Stat(one); err == nil && info.Mode().IsRegular() {
			found = append(found, rotated{path: one, at: info.ModTime()})
		}
	}
	if len(found) == 0 {
		return nil, absent(fmt.Sprintf("there is no file %q", path))
	}
	slices.SortFunc(found, func(a, b rotated) int {
		return cmp.Or(b.at.Compare(a.at), cmp.Compare(a.path, b.path))
	})
	most := l.log.Newest
	if !l.window.open() {
		most = maxWindowed
	}
	var paths []string
	for _, m := range found[:min(len(found), most)] {
		paths = append(paths, m.path)
	}
	return paths, nil
}

// listFolder reads a folder's names, without following or opening any.
func listFolder(ctx context.Context, dir string) ([]fs.DirEntry, error) {
	f, err := os.Open(filepath.Clean(dir))
	if err != nil {
		return nil, fmt.Errorf("list the folder %q: %w", dir, reason(err))
	}
	defer f.Close()
	var all []fs.DirEntry
	for len(all) < maxEntries {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		some, err := f.ReadDir(1000)
		all = append(all, some...)
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return all, fmt.Errorf("list the folder %q: %w", dir, reason(err))
		}
	}
	return all, nil
}

// reason is err without the operation and path that the sentence names already.
func reason(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
