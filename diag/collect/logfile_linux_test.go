package collect

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
)

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
	put(t, dir, "app.log.xz", "\xfd7zXZ\x00rest", hour(2)) // an archive that breaks off
	for _, other := range []string{"other.log.1", "apps.log", "app.log.swp", "app.logger.1", "app.log.txt", "my-app.log"} {
		put(t, dir, other, "other\n", noon())
	}
	s, err := takeLog(t, Log{Path: path}, window{})
	if err == nil || !strings.Contains(err.Error(), "app.log.xz\" cannot be unpacked") {
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
		"logs/1-app.log":         {strings.Join(lines[240:270], ""), "what was written after 2026-11-20 10:29:00, "},
		"logs/1-2-app.log.1.log": {strings.Join(lines[120:240], ""), ""},
		"logs/1-3-app.log.2.log": {strings.Join(lines[90:120], ""), "what was written before 2026-11-20 07:30:00, "},
	} {
		f := s.files[name]
		if f == nil || f.String() != want[0] || f.Cut != "" || !strings.HasPrefix(f.Outside, want[1]) || want[1] == "" && f.Outside != "" {
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
