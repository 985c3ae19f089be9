package collect

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"
)

func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func collectLog(t *testing.T, l Log) (*memSink, error) {
	t.Helper()
	s := &memSink{}
	return s, newLogFile(1, l, window{}).Collect(t.Context(), s)
}

func TestTail(t *testing.T) {
	le := func(s string) string {
		b := []byte{0xff, 0xfe}
		for _, u := range utf16.Encode([]rune(s)) {
			b = append(b, byte(u), byte(u>>8))
		}
		return string(b)
	}
	long := strings.Repeat("ä", maxLine)
	cases := map[string]struct {
		content   string
		keep      int64
		want, cut string
	}{
		"whole":               {"one\ntwo\n", 8, "one\ntwo\n", ""},
		"empty":               {"", 8, "", ""},
		"last line":           {"one\ntwo\n", 5, "two\n", "the first 4 bytes are left out"},
		"edge of a line":      {"one\ntwo\n", 4, "two\n", "the first 4 bytes are left out"},
		"no last line break":  {"one\ntwo", 4, "two", "the first 4 bytes are left out"},
		"not UTF-8":           {"a\xffb\xe2\x82", 100, "a\uFFFDb\uFFFD", ""},
		"one line":            {long, 8, "ääää", "the first 128 kB are left out, and it begins in the middle of a line"},
		"UTF-16":              {le("größe\n€ 𝄞\n"), 100, "größe\n€ 𝄞\n", ""},
		"UTF-16's last line":  {le("größe\n€ 𝄞\n"), 12, "€ 𝄞\n", "the first 14 bytes are left out"},
		"UTF-16 and half one": {le("a\n") + "\x00\xd8b", 100, "a\n\uFFFD", ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			path := write(t, "a.txt", c.content)
			s, err := collectLog(t, Log{Path: path, MaxBytes: c.keep})
			if err != nil {
				t.Fatal(err)
			}
			f := s.only(t)
			if got := f.String(); got != c.want {
				t.Errorf("%.100q, want %.100q", got, c.want)
			}
			if f.Cut != c.cut {
				t.Errorf("cut %q, want %q", f.Cut, c.cut)
			}
			if f.Source != path || s.paths()[0] != "logs/1-a.txt.log" {
				t.Errorf("%v: %+v", s.paths(), f.FileInfo)
			}
		})
	}
}

// TestLargeLog reads the end of 2 GB without reading the rest.
func TestLargeLog(t *testing.T) {
	path := write(t, "large.log", "")
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	line := strings.Repeat("x", 99) + "\n"
	text := strings.Repeat(line, int(2*DefaultLogBytes)/len(line))
	if _, err := f.WriteAt([]byte(text), 2<<30-int64(len(text))); err != nil {
		t.Fatal(err)
	}
	before := readBytes(t)
	s, err := collectLog(t, Log{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	if n := readBytes(t) - before; n > DefaultLogBytes+1<<20 {
		t.Errorf("%d bytes were read", n)
	}
	got := s.only(t)
	if got.Len() > int(DefaultLogBytes) || got.Len() < int(DefaultLogBytes)-len(line) || !strings.HasPrefix(got.String(), line) {
		t.Errorf("%d bytes, beginning with %.20q", got.Len(), got.String())
	}
	if got.Cut != "the first 2.0 GB are left out" {
		t.Errorf("cut: %q", got.Cut)
	}
}

// readBytes is how much this program has read so far, as the kernel counts.
func readBytes(t *testing.T) int64 {
	t.Helper()
	text, err := os.ReadFile("/proc/self/io")
	if err != nil {
		t.Fatal(err)
	}
	var n int64
	if _, err := fmt.Sscanf(string(text), "rchar: %d", &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestGrowingLog writes to the log for as long as it is read.
func TestGrowingLog(t *testing.T) {
	path := write(t, "a.log", "one\ntwo\n")
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s := &growSink{f: f}
	if err := newLogFile(1, Log{Path: path}, window{}).Collect(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	if got := s.only(t).String(); got != "one\ntwo\n" {
		t.Errorf("%.100q", got)
	}
}

// growSink makes the log grow before anything of it has been stored.
type growSink struct {
	memSink
	f *os.File
}

func (s *growSink) Create(path string, i FileInfo) (io.WriteCloser, error) {
	s.f.WriteString(strings.Repeat("three\n", 100_000))
	return s.memSink.Create(path, i)
}

func TestNoFile(t *testing.T) {
	dir := t.TempDir()
	pipe := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	socket := filepath.Join(dir, "socket")
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	link := filepath.Join(dir, "link")
	os.Symlink(pipe, link)
	for path, want := range map[string]string{
		pipe: "is no file but a named pipe", link: "is no file but a named pipe", socket: "is no file but a socket",
		dir: "is no file but a folder", "/dev/zero": "is no file but a device", dir + "/none": "there is no file",
		dir + "/none*": "there is no file", dir + "/[": "is not well formed",
	} {
		s, err := collectLog(t, Log{Path: path})
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) || len(s.files) > 0 {
			t.Errorf("%s: %v, %v", path, err, s.paths())
		}
		if gone := strings.HasPrefix(want, "there is no"); gone != errors.Is(err, ErrAbsent) {
			t.Errorf("%s: absent is %v", path, !gone)
		}
	}
}

func TestNewestLogs(t *testing.T) {
	dir := t.TempDir()
	for i, name := range []string{"a1.log", "a2.log", "a3.log", "b.log"} {
		path := filepath.Join(dir, name)
		os.WriteFile(path, []byte(name), 0o600)
		at := time.Unix(int64(1_700_000_000+i), 0)
		os.Chtimes(path, at, at)
	}
	os.Mkdir(filepath.Join(dir, "a4.log"), 0o700)
	s, err := collectLog(t, Log{Path: filepath.Join(dir, "a?.log"), Newest: 2})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(s.paths(), " "); got != "logs/1-2-a2.log logs/1-a3.log" {
		t.Error(got)
	}
	literal := filepath.Join(dir, "a?.log")
	os.WriteFile(literal, []byte("itself"), 0o600)
	if s, err = collectLog(t, Log{Path: literal, Newest: 2}); err != nil || s.only(t).String() != "itself" {
		t.Errorf("%v, %v", s.paths(), err)
	}
}

// fullSink is a bundle on a full disk.
type fullSink struct{ discard }

func (s fullSink) Create(string, FileInfo) (io.WriteCloser, error) { return s, nil }
func (fullSink) Write([]byte) (int, error)                         { return 0, errFull }

var errFull = &fs.PathError{Op: "write", Path: "case.zip", Err: syscall.ENOSPC}

// TestErrorOfSink holds that a full disk does not pass for a log that cannot be read.
func TestErrorOfSink(t *testing.T) {
	err := newLogFile(1, Log{Path: write(t, "a.log", "text")}, window{}).Collect(t.Context(), fullSink{})
	if !errors.Is(err, errFull) || strings.Contains(err.Error(), "a.log") {
		t.Error(err)
	}
	err = newLogFile(1, Log{Path: "/proc/self/mem"}, window{}).Collect(t.Context(), &memSink{})
	if err != nil && !strings.Contains(err.Error(), `log file "/proc/self/mem"`) {
		t.Error(err)
	}
}

func TestCancelledTail(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := newLogFile(1, Log{Path: write(t, "a.log", "text")}, window{}).Collect(ctx, &memSink{})
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// FuzzText holds that text stays as it is if it is UTF-8 and becomes so if not,
// however it is cut into writes.
func FuzzText(f *testing.F) {
	f.Add([]byte("größe € 𝄞"), 1)
	f.Add([]byte("a\xe2\x82\xff\xf0\x9d\x84"), 2)
	f.Fuzz(func(t *testing.T, in []byte, step int) {
		out := &memFile{}
		w := &textWriter{w: out}
		for rest := in; len(rest) > 0; {
			n := min(max(1, step), len(rest))
			if wrote, err := w.Write(rest[:n]); wrote != n || err != nil {
				t.Fatal(wrote, err)
			}
			rest = rest[n:]
		}
		if err := finishText(w, out, nil); err != nil {
			t.Fatal(err)
		}
		switch {
		case !utf8.Valid(out.Bytes()):
			t.Errorf("%q", out.Bytes())
		case utf8.Valid(in) && bytes.IndexByte(in, 0) < 0 && !bytes.Equal(in, out.Bytes()):
			t.Errorf("%q became %q", in, out.Bytes())
		}
	})
}

func TestSafeName(t *testing.T) {
	for in, want := range map[string]string{
		"app.log": "app.log", "../../etc": "_.._etc", "a b\\c:d": "a_b_c_d", "": "unnamed", "...": "unnamed", "größe-1_2": "größe-1_2",
		"\xff\u202e": "__", strings.Repeat("ä", 100) + ".log": strings.Repeat("ä", 38) + ".log",
	} {
		if got := SafeName(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// BenchmarkTail prints the tail's speed and, as its limit, that of a plain copy of the same bytes.
func BenchmarkTail(b *testing.B) {
	path := filepath.Join(b.TempDir(), "a.log")
	line := "2026-03-04T05:06:07 host program[123]: something happened that is worth a line\n"
	os.WriteFile(path, []byte(strings.Repeat(line, int(3*DefaultLogBytes)/len(line))), 0o600)
	b.Run("tail", func(b *testing.B) {
		b.SetBytes(DefaultLogBytes)
		for b.Loop() {
			if err := newLogFile(1, Log{Path: path}, window{}).Collect(b.Context(), discard{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("plain copy", func(b *testing.B) {
		b.SetBytes(DefaultLogBytes)
		for b.Loop() {
			f, err := os.Open(path)
			if err != nil {
				b.Fatal(err)
			}
			f.Seek(-DefaultLogBytes, io.SeekEnd)
			io.Copy(discard{}, f)
			f.Close()
		}
	})
}

// discard takes everything and keeps nothing.
type discard struct{}

func (discard) Create(string, FileInfo) (io.WriteCloser, error) { return discard{}, nil }
func (discard) Write(p []byte) (int, error)                     { return len(p), nil }
func (discard) Close() error                                    { return nil }
