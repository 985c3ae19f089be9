package collect

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

// machine is where collectors look: the one they run on, or in tests a folder
// with a system's files and what its programs answer.
type machine struct {
	system   string // as runtime.GOOS names it
	root     string // the folder under which the system's files stand; "" is the system's own
	home     string // the person's folder as the system names it; "" there is none
	env      func(string) string
	programs programs
	hive     hive // nil: this system has no registry
}

// thisMachine is the one that the program runs on.
func thisMachine() machine {
	home, err := os.UserHomeDir()
	if err != nil {
		home = ""
	}
	return machine{system: runtime.GOOS, home: home, env: os.Getenv, programs: installed{}, hive: thisHive()}
}

// What is read of one file, and of one folder.
const (
	maxText  = 1 << 20
	maxNames = 100_000
)

// path is where a file of the system stands.
func (m machine) path(name string) string {
	if m.root == "" {
		return filepath.FromSlash(name)
	}
	if m.system == "windows" {
		name = strings.NewReplacer(`\`, "/", ":", "").Replace(name)
	}
	return filepath.Join(m.root, filepath.FromSlash(name))
}

// read gives at most limit bytes of a file's beginning; it waits for no pipe.
func (m machine) read(name string, limit int64) ([]byte, error) {
	f, err := openAtOnce(m.path(name))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, errors.Join(err, &fs.PathError{Op: "read", Path: name, Err: fs.ErrInvalid})
	}
	return io.ReadAll(io.LimitReader(f, limit))
}

// readEnd gives at most limit bytes of a file's end.
func (m machine) readEnd(name string, limit int64) ([]byte, error) {
	f, err := openAtOnce(m.path(name))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return nil, errors.Join(err, &fs.PathError{Op: "read", Path: name, Err: fs.ErrInvalid})
	}
	return io.ReadAll(io.NewSectionReader(f, max(0, info.Size()-limit), limit))
}

// text gives a small file without the space around it, "" if there is none.
func (m machine) text(name string) string {
	b, err := m.read(name, maxText)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(strings.ToValidUTF8(strings.TrimRight(string(b), "\x00"), "\uFFFD"))
}

// number gives a file's number, nil if there is none.
func (m machine) number(name string) *uint64 {
	return parseNumber(m.text(name))
}

// parseNumber gives nil for what is no whole number.
func parseNumber(s string) *uint64 {
	n, err := strconv.ParseUint(s, 0, 64)
	if err != nil {
		return nil
	}
	return &n
}

// names lists a folder in order, nil if there is none.
func (m machine) names(dir string) []string {
	f, err := os.Open(m.path(dir))
	if err != nil {
		return nil
	}
	defer f.Close()
	list, _ := f.Readdirnames(maxNames) // what came before a fault is as good as all
	slices.Sort(list)
	return list
}

// link gives the last element of a link's target, "" if it is none.
func (m machine) link(name string) string {
	target, err := os.Readlink(m.path(name))
	if err != nil {
		return ""
	}
	return filepath.Base(target)
}

func (m machine) has(name string) bool {
	_, err := os.Stat(m.path(name))
	return err == nil
}

// modified is when a file was last written, nil if there is none.
func (m machine) modified(name string) *time.Time {
	info, err := os.Stat(m.path(name))
	if err != nil {
		return nil
	}
	t := info.ModTime().Truncate(time.Second)
	return &t
}

// denied says whether a file is there and may not be read.
func (m machine) denied(name string) bool {
	f, err := openAtOnce(m.path(name))
	if err == nil {
		f.Close()
	}
	return errors.Is(err, fs.ErrPermission)
}

// resolved is where a path leads through all links, with slashes; "" if nowhere.
func (m machine) resolved(name string) string {
	path, err := filepath.EvalSymlinks(m.path(name))
	if err != nil {
		return ""
	}
	return filepath.ToSlash(strings.TrimPrefix(path, m.root))
}
