package collect

import (
	"cmp"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// rotated is one file of a log: the one that is written to, or an older one.
type rotated struct {
	path   string
	size   int64 // as it lies on disk
	at     time.Time
	number int // as in app.log.2; 0 if it has none
}

// packings are the endings of packed logs.
const packings = `(?:\.(?:gz|bz2|zst|zstd|xz|Z|zip))`

// numbered is what stands behind a log's name, or before its ending, once it is
// rotated: a number, a date with or without time, or one word.
const numbered = `[-._](?:(\d{1,3})|\d{8}|\d{4}-\d\d-\d\d|\d{10}|old|bak|prev|previous)(?:[-._T]\d{1,6}(?:[-._:]\d{2}){0,2})?`

var (
	rotatedTail   = regexp.MustCompile(`^(?:` + numbered + packings + `?|` + packings + `)$`)
	rotatedMiddle = regexp.MustCompile(`^` + numbered + `$`)
	packedEnding  = regexp.MustCompile(packings + `$`)
)

// olderOf says whether name is that of an older file of the log base, and
// which number it has: logrotate's app.log.1, app.log.2.gz, app.log-20261120.gz;
// app.2026-11-20.log, app-20261120.log, app.1.log and app_2026-11-20.1.log as
// programs write them themselves; app.log.old.
func olderOf(base, name string) (number int, ok bool) {
	if rest, found := strings.CutPrefix(name, base); found {
		if m := rotatedTail.FindStringSubmatch(rest); m != nil {
			number, _ = strconv.Atoi(m[1])
			return number, true
		}
	}
	ext := filepath.Ext(base)
	stem := strings.TrimSuffix(base, ext)
	if stem == "" || ext == "" {
		return 0, false
	}
	rest, found := strings.CutPrefix(name, stem)
	if !found {
		return 0, false
	}
	rest = strings.TrimSuffix(rest, packedEnding.FindString(rest))
	if rest, found = strings.CutSuffix(rest, ext); !found {
		return 0, false
	}
	m := rotatedMiddle.FindStringSubmatch(rest)
	if m == nil {
		return 0, false
	}
	number, _ = strconv.Atoi(m[1])
	return number, true
}

// maxRotated is how many older files of one log are looked at.
const maxRotated = 60

// family lists a log and its older files, newest first, as far as the folder's
// listing (already read) has them. The log itself may be missing: right after
// a rotation there is none.
func family(path string, entries []fs.DirEntry) []rotated {
	base := filepath.Base(path)
	var all []rotated
	for _, e := range entries {
		number, older := olderOf(base, e.Name())
		if e.Name() != base && !older {
			continue
		}
		one := rotated{path: filepath.Join(filepath.Dir(path), e.Name()), number: number}
		info, err := os.Stat(one.path)
		if err != nil || !info.Mode().IsRegular() {
			continue // a pipe under the name of a log is told of where it is meant itself
		}
		one.size, one.at = info.Size(), info.ModTime()
		all = append(all, one)
	}
	slices.SortFunc(all, func(a, b rotated) int {
		switch {
		case filepath.Base(a.path) == base:
			return -1
		case filepath.Base(b.path) == base:
			return 1
		}
		// Files of one restored backup have one time; there the number or the date in the name tells.
		return cmp.Or(b.at.Truncate(time.Second).Compare(a.at.Truncate(time.Second)), cmp.Compare(a.number, b.number), cmp.Compare(b.path, a.path))
	})
	return all[:min(len(all), maxRotated)]
}
