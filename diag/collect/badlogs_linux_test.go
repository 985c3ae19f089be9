package collect

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestBrokenPacking takes what can be unpacked, and says that there was more.
func TestBrokenPacking(t *testing.T) {
	whole := gz(t, hours(0, 12))
	path := put(t, t.TempDir(), "a.log.1.gz", whole[:len(whole)/2], noon())
	s, err := takeLog(t, Log{Path: path}, window{})
	if err != nil {
		t.Fatal(err)
	}
	f := s.only(t)
	if f.Len() == 0 || !strings.HasPrefix(hours(0, 12), f.String()) || !strings.Contains(f.Cut, "the rest cannot be unpacked") {
		t.Errorf("%d bytes, cut %q", f.Len(), f.Cut)
	}
}

// TestSparseLog takes what is written in a file of 20 GB that hardly has any.
func TestSparseLog(t *testing.T) {
	const size = 20 << 30
	for name, at := range map[string]int64{"at the beginning": 0, "in the middle": size / 2, "at the end": size - int64(len(hours(8, 9)))} {
		path := write(t, "sparse.log", "")
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Truncate(size); err != nil {
			t.Fatal(err)
		}
		f.WriteAt([]byte(hours(8, 9)), at)
		f.Close()
		for _, w := range []window{{}, {since: time.Date(2026, 11, 20, 8, 30, 0, 0, time.Local)}} {
			before := readBytes(t)
			s, err := takeLog(t, Log{Path: path}, w)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if n := readBytes(t) - before; n > 32<<20 {
				t.Errorf("%s: %d bytes were read", name, n)
			}
			got := s.only(t)
			if !strings.HasSuffix(got.String(), hours(8, 9)[len(hours(8, 9))/2:]) {
				t.Errorf("%s: %d bytes, ending with %q", name, got.Len(), got.String()[max(0, got.Len()-100):])
			}
			if at < size/2+1 && !strings.Contains(got.Cut, "of zero bytes at its end are left out") {
				t.Errorf("%s: cut %q", name, got.Cut)
			}
		}
	}
}

// shrinkSink cuts the log short before anything of it has been stored.
type shrinkSink struct {
	memSink
	path string
}

func (s *shrinkSink) Create(path string, i FileInfo) (io.WriteCloser, error) {
	os.Truncate(s.path, 100_000)
	return s.memSink.Create(path, i)
}

// TestShrinkingLog has a log emptied while it is read: what is gone is said,
// and the file is left open, so that whoever takes it can say so too.
func TestShrinkingLog(t *testing.T) {
	path := write(t, "a.log", strings.Repeat("one line\n", 100_000))
	s := &shrinkSink{path: path}
	err := newLogFile(1, Log{Path: path}, window{}).Collect(t.Context(), s)
	if err == nil || !strings.Contains(err.Error(), "became shorter") {
		t.Error(err)
	}
	for _, f := range s.files {
		if f.closed || f.Len() == 0 {
			t.Errorf("closed %v, %d bytes", f.closed, f.Len())
		}
	}
}

// TestRotationMeanwhile takes no file twice when its name changes or is another's too.
func TestRotationMeanwhile(t *testing.T) {
	dir := t.TempDir()
	path := put(t, dir, "app.log", hours(10, 12), noon())
	if err := os.Link(path, filepath.Join(dir, "app.log.1")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("app.log", filepath.Join(dir, "app.log.2")); err != nil {
		t.Fatal(err)
	}
	s, err := takeLog(t, Log{Path: path}, window{})
	if err != nil || s.only(t).String() != hours(10, 12) {
		t.Errorf("%v, %v", s.paths(), err)
	}
	os.Remove(path)
	s, err = takeLog(t, Log{Path: path}, window{})
	if err != nil || s.only(t).String() != hours(10, 12) {
		t.Errorf("just rotated: %v, %v", s.paths(), err)
	}
}

// TestNoPermission names a log that may not be read.
func TestNoPermission(t *testing.T) {
	dir := t.TempDir()
	os.Chmod(filepath.Dir(dir), 0o755)
	os.Chmod(dir, 0o755)
	path := put(t, dir, "a.log", "text\n", noon())
	put(t, dir, "a.log.1", "older\n", noon().Add(-time.Hour))
	os.Chmod(path, 0)
	os.Chmod(path+".1", 0o644)
	asNobody(t, func() {
		s, err := takeLog(t, Log{Path: path}, window{})
		if !errors.Is(err, os.ErrPermission) || !strings.Contains(err.Error(), path) {
			t.Error(err)
		}
		if got := s.only(t).String(); got != "older\n" {
			t.Errorf("what may be read is not there: %q", got)
		}
	})
}

// asNobody runs f without an administrator's right to read everything.
func asNobody(t *testing.T, f func()) {
	t.Helper()
	if os.Geteuid() == 0 {
		if err := syscall.Seteuid(65534); err != nil {
			t.Fatal(err)
		}
		defer syscall.Seteuid(0)
	}
	f()
}

// TestHostileNames gives names that end up nowhere but where they belong.
func TestHostileNames(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"..log", "a\nb.log", "\u202egol.exe", "con.log", "-rf.log", "a b*.log", strings.Repeat("x", 240) + ".log", "\xff\xfe.log", "'; rm -rf ~;.log"} {
		path := put(t, dir, name, "text\n", noon())
		s, err := takeLog(t, Log{Path: path}, window{})
		if err != nil {
			t.Errorf("%q: %v", name, err)
			continue
		}
		stored := s.paths()[0]
		if len(s.files) != 1 || !strings.HasPrefix(stored, "logs/1-") || strings.Count(stored, "/") != 1 || len(stored) > 120 || strings.ContainsAny(stored, "\n\\:*?\"<>|'; ") || s.only(t).String() != "text\n" {
			t.Errorf("%q became %q", name, stored)
		}
	}
}
