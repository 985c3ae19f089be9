package collect

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
)

// noon is when the logs of these tests were last written.
func noon() time.Time { return time.Date(2026, 11, 20, 12, 0, 0, 0, time.Local) }

// put writes a file that was last changed at a time.
func put(t *testing.T, dir, name, content string, at time.Time) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, at, at); err != nil {
		t.Fatal(err)
	}
	return path
}

func gz(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write([]byte(text))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func zst(t *testing.T, text string) string {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(w.EncodeAll([]byte(text), nil))
}

// hours writes a line for every minute of some hours of that day.
func hours(from, to int) string {
	var b strings.Builder
	for m := from * 60; m < to*60; m++ {
		fmt.Fprintf(&b, "%s a line of that minute\n", time.Date(2026, 11, 20, m/60, m%60, 0, 0, time.Local).Format(time.DateTime))
	}
	return b.String()
}

func takeLog(t *testing.T, l Log, w window) (*memSink, error) {
	t.Helper()
	s := &memSink{}
	return s, newLogFile(1, l, w).Collect(t.Context(), s)
}

// TestRotation takes a log with its older files, newest first, as far as size and window reach.
func TestRotation(t *testing.T) {
	dir := t.TempDir()
	hour := func(h int) time.Time { return time.Date(2026, 11, 20, h, 0, 0, 0, time.Local) }
	path := put(t, dir, "app.log", hours(10, 12), noon())
	put(t, dir, "app.log.1", hours(8, 10), hour(10))
	put(t, dir, "app.log.2.gz", gz(t, hours(6, 8)), hour(8))
	put(t, dir, "app-20261120.log.zst", zst(t, hours(4, 6)), hour(6))
	put(t, dir, "app.2026-11-19.log", hours(2, 4), hour(4))
	put(t, dir, "app.log.xz", "\xfd7zXZ\x00rest", hour(2))
	for _, other := range []string{"other.log.1", "apps.log", "app.log.swp", "app.logger.1", "app.log.txt", "my-app.log"} {
		put(t, dir, other, "other\n", noon())
	}
	s, err := takeLog(t, Log{Path: path}, window{})
	if err == nil || !strings.Contains(err.Error(), "packed with xz") {
		t.Errorf("the log that cannot be unpacked is not named: %v", err)
	}
	want := map[string]string{
		"logs/1-app.log": hours(10, 12), "logs/1-2-app.log.1.log": hours(8, 10), "logs/1-3-app.log.2.log": hours(6, 8),
		"logs/1-4-app-20261120.log": hours(4, 6), "logs/1-5-app.2026-11-19.log": hours(2, 4),
	}
	for name, text := range want {
		if f := s.files[name]; f == nil || f.String() != text || f.Cut != "" {
			t.Errorf("%s is not as it should be; there are %v", name, s.paths())
		}
	}
	if len(s.files) != len(want) {
		t.Error(s.paths())
	}

	os.Remove(filepath.Join(dir, "app.log.xz"))
	s, err = takeLog(t, Log{Path: path, MaxBytes: int64(len(hours(10, 12)) + len(hours(9, 10)))}, window{})
	if err != nil {
		t.Fatal(err)
	}
	if f := s.files["logs/1-2-app.log.1.log"]; len(s.files) != 2 || f.String() != hours(9, 10) ||
		!strings.Contains(f.Cut, "are left out; 3 older files of this log are left out") {
		t.Errorf("%v, cut %q", s.paths(), f.Cut)
	}

	at := func(h, m int) time.Time { return time.Date(2026, 11, 20, h, m, 0, 0, time.Local) }
	s, err = takeLog(t, Log{Path: path}, window{at(7, 30), at(10, 29)})
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(hours(6, 12), "\n")
	for name, want := range map[string][2]string{
		"logs/1-app.log":         {strings.Join(lines[240:270], ""), "what was written after 2026-11-20 10:29:00 is left out"},
		"logs/1-2-app.log.1.log": {strings.Join(lines[120:240], ""), ""},
		"logs/1-3-app.log.2.log": {strings.Join(lines[90:120], ""), "what was written before 2026-11-20 07:30:00 is left out"},
	} {
		f := s.files[name]
		if f == nil || f.String() != want[0] || !strings.HasPrefix(f.Cut, want[1]) || want[1] == "" && f.Cut != "" {
			t.Errorf("%s: there are %v; %+v", name, s.paths(), f)
		}
	}
	if len(s.files) != 3 {
		t.Error(s.paths())
	}
	if _, err = takeLog(t, Log{Path: path}, window{since: noon().Add(time.Hour)}); !errors.Is(err, ErrAbsent) || !strings.Contains(err.Error(), "nothing of that time") {
		t.Error(err)
	}
}

// TestRotationNames tells older files of a log from others.
func TestRotationNames(t *testing.T) {
	for base, names := range map[string]string{
		"app.log": "app.log.1 app.log.10 app.log.1.gz app.log-20261120 app.log-20261120.gz app.log.2026-11-20 app.log.2026-11-20.1 app.1.log " +
			"app-2026-11-20.log app_20261120.log app.2026-11-20.log.gz app.log.old app.old.log app.log.gz app.log.bak app.log-1795162441 app.log.2026-11-20-09",
		"syslog":      "syslog.1 syslog.2.gz syslog-20261120.xz syslog.old",
		"log [1].txt": "log [1].txt.1 log [1].2.txt",
	} {
		split := strings.Fields
		if base == "log [1].txt" {
			split = func(s string) []string { return []string{s[:13], s[14:]} }
		}
		for _, n := range split(names) {
			if !isOlder(base, n) {
				t.Errorf("%q is not known as an older file of %q", n, base)
			}
		}
		for _, n := range []string{base, base + "x", "x" + base + ".1", base + ".1234", base + ".1.txt", base + ".swp", base + "~"} {
			if isOlder(base, n) {
				t.Errorf("%q passes for an older file of %q", n, base)
			}
		}
	}
}

func isOlder(base, name string) bool {
	_, ok := olderOf(base, name)
	return ok
}

func TestEncodings(t *testing.T) {
	const text = "2026-11-20 09:14:01 Größe der Datei überschreitet 5 €: Straße\r\n2026-11-20 09:14:02 Zugriff verweigert für Jürgen\r\n"
	page := func(r ...string) string { return strings.NewReplacer(r...).Replace(text) }
	wide := func(s, mark string, big bool) string {
		b := utf16le(mark + s)
		for i := 0; big && i < len(b); i += 2 {
			b[i], b[i+1] = b[i+1], b[i]
		}
		return string(b)
	}
	plain := strings.ReplaceAll(text, "€", "EUR")
	for name, c := range map[string]struct{ content, want string }{
		"UTF-8":                  {text, text},
		"UTF-8 with mark":        {"\ufeff" + text, text},
		"UTF-16 LE":              {wide(text, "\ufeff", false), text},
		"UTF-16 BE":              {wide(text, "\ufeff", true), text},
		"UTF-16 LE without mark": {wide(text, "", false), text},
		"UTF-16 BE without mark": {wide(text, "", true), text},
		"Windows-1252":           {page("ö", "\xf6", "ß", "\xdf", "ü", "\xfc", "€", "\x80"), text},
		"CP850":                  {strings.NewReplacer("ö", "\x94", "ß", "\xe1", "ü", "\x81").Replace(plain), plain},
		"two writers":            {text + page("ö", "\xf6", "ß", "\xdf", "ü", "\xfc", "€", "\x80"), text + text},
		"no page makes sense":    {"abc \xff\xfe\xfd def\n", "abc \uFFFD def\n"},
		"after a power cut":      {text + strings.Repeat("\x00", 5000) + text, text + "[5000 zero bytes]" + text},
	} {
		for _, packed := range []bool{false, true} {
			content := c.content
			if packed {
				content = gz(t, content)
			}
			path := put(t, t.TempDir(), "a.log", content, noon())
			s, err := takeLog(t, Log{Path: path}, window{})
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if got := s.only(t).String(); got != c.want {
				t.Errorf("%s, packed %v: %q", name, packed, got)
			}
			if strings.HasPrefix(name, "after") || strings.HasPrefix(name, "no") || strings.HasPrefix(name, "two") {
				continue
			}
			s, err = takeLog(t, Log{Path: path}, window{since: time.Date(2026, 11, 20, 9, 14, 4, 0, time.Local)})
			if err != nil {
				t.Errorf("%s: %v", name, err)
			} else if got := s.only(t).String(); !strings.HasPrefix(got, "2026-11-20 09:14:02") {
				t.Errorf("%s, packed %v, window: %q", name, packed, got)
			}
		}
	}
}

func TestBinaryLogs(t *testing.T) {
	for name, c := range map[string][2]string{
		"event log": {"ElfFile\x00" + strings.Repeat("\x00\x01\x02", 3000), "a Windows event log file"},
		"journal":   {"LPKSHHRH" + strings.Repeat("\x00\x01", 3000), "a journal file"},
		"program":   {"\x7fELF\x02\x01\x01" + strings.Repeat("\x00\x90", 3000), "a program"},
		"picture":   {"\x89PNG\r\n\x1a\n" + strings.Repeat("\x00\x90", 300), "a picture"},
		"numbers":   {strings.Repeat("\x01\x00\x02\x00\x90\xff\x03\x00", 1000), "binary data"},
		"noise":     {strings.Repeat("\x81\x8d\xc0\xff\xfe\x90\x9d\x05", 1000), "binary data"},
		"late":      {strings.Repeat("text\n", 30_000) + strings.Repeat("\x01\x02\x03\x04", 20_000), "binary data"},
		"packed":    {gz(t, "\x7fELF"+strings.Repeat("\x00\x90", 3000)), "a program"},
	} {
		path := put(t, t.TempDir(), "a.log", c[0], noon())
		s, err := takeLog(t, Log{Path: path}, window{})
		if err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), c[1]) || len(s.files) > 0 {
			t.Errorf("%s: %v, %v", name, err, s.paths())
		}
	}
}

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
