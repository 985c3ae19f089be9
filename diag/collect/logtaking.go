package collect

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/beistand/beistand/diag/facts"
)

// taking chooses the pieces of a log, newest first, until the size is reached
// or the window ends.
type taking struct {
	window window
	turns  turns // for unpacking
	left   int64 // bytes that may still be taken
	pieces []*piece
	seen   []os.FileInfo // files that have been looked at, under whatever name
	failed error
}

func (t *taking) close() {
	for _, p := range t.pieces {
		p.f.Close()
	}
}

// take chooses from one log and its older files, most bytes in all.
func (t *taking) take(ctx context.Context, path string, most int64) error {
	files := []rotated{{path: path}}
	entries, err := listFolder(ctx, filepath.Dir(path))
	if err == nil {
		if all := family(path, entries); len(all) > 0 {
			files = all
		}
		if files[0].path != path { // it is no file, or gone since its rotation
			if _, err := os.Lstat(path); err == nil {
				files = slices.Insert(files, 0, rotated{path: path})
			}
		}
	}
	most = min(most, t.left)
	var like *lineClock
	older, olderBytes := 0, int64(0)
	for i, f := range files {
		if i > 0 && t.before(f.at) {
			continue
		}
		if most <= 0 && len(t.pieces) > 0 {
			older++
			olderBytes += f.size
			continue
		}
		p, err := readPiece(ctx, f.path, t.window, like, t.turns)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			// An older file that was there a moment ago has been rotated away.
			if i == 0 || !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, ErrAbsent) {
				t.failed = alsoFailed(t.failed, err)
			}
			continue
		}
		if i == 0 && p.packing == unpacked {
			like = &p.clock
		}
		if !t.new(p) || p.end <= p.start && (i > 0 || p.total > 0) {
			p.f.Close()
			continue
		}
		p.fit(max(0, most))
		most -= p.end - p.start
		t.left -= p.end - p.start
		t.pieces = append(t.pieces, p)
	}
	if older > 0 {
		last := t.pieces[len(t.pieces)-1]
		last.cuts = append(last.cuts, fmt.Sprintf("%d older files of this log are left out, %s", older, facts.Size(olderBytes)))
	}
	return nil
}

// before says that a file was last written before the window begins.
func (t *taking) before(at time.Time) bool {
	return !t.window.since.IsZero() && at.Before(t.window.from().Add(-time.Minute))
}

// new says whether a file has not been taken under another name: by a link,
// or since it was rotated meanwhile.
func (t *taking) new(p *piece) bool {
	info, err := p.f.Stat()
	if err != nil || slices.ContainsFunc(t.seen, func(o os.FileInfo) bool { return os.SameFile(o, info) }) {
		return false
	}
	t.seen = append(t.seen, info)
	return true
}
