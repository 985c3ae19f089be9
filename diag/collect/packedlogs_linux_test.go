package collect

import (
	"archive/zip"
	"bytes"
	"io"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// packedBy gives what a program makes of a text.
func packedBy(t testing.TB, text string, program string, args ...string) string {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Stdin = strings.NewReader(text)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %v: %v", program, args, err)
	}
	return string(out)
}

// zipOf makes an archive of files with that text, method 8 being deflate.
func zipOf(t testing.TB, method uint16, text string, names ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range names {
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestPackedLogs takes logs as each program packs them, whole and by a window.
func TestPackedLogs(t *testing.T) {
	text := hours(0, 12)
	for name, packed := range map[string]string{
		"a.log.1.gz":      packedBy(t, text, "gzip", "-9"),
		"b.log.1.bz2":     packedBy(t, text, "bzip2"),
		"c.log.1.zst":     packedBy(t, text, "zstd", "-q", "-19"),
		"d.log.1.xz":      packedBy(t, text, "xz"),
		"e.log.1.xz":      packedBy(t, text, "xz", "-9", "-T2"), // says how much there is, so that 64 MB are not needed
		"f.log.1.xz":      packedBy(t, text, "xz", "-C", "sha256"),
		"g.log.1.xz":      packedBy(t, text, "xz", "-C", "none", "--block-size=5000"),
		"h.log.1.xz":      packedBy(t, text[:1000], "xz") + packedBy(t, text[1000:], "xz", "-C", "crc32") + "\x00\x00\x00\x00",
		"i.log.1.zip":     zipOf(t, zip.Deflate, text, "whatever.log"),
		"j.log.1.gz":      packedBy(t, text, "xz"), // the name is wrong
		"k.log.1.zip":     packedBy(t, text, "zip", "-q", "-", "-"),
		"l.log.1.zst":     packedBy(t, text, "zstd", "-q", "--ultra", "-22", "--long=24"),
		"empty.log.1.xz":  packedBy(t, "", "xz"),
		"empty.log.1.zst": packedBy(t, "", "zstd", "-q"),
	} {
		t.Run(name, func(t *testing.T) {
			want := text
			if strings.HasPrefix(name, "empty") {
				want = ""
			}
			path := put(t, t.TempDir(), name, packed, noon())
			s, err := takeLog(t, Log{Path: path}, window{})
			if err != nil {
				t.Fatal(err)
			}
			if f := s.only(t); f.String() != want || f.Cut != "" {
				t.Errorf("%d bytes of %d, cut %q", f.Len(), len(want), f.Cut)
			}
			if want == "" {
				return
			}
			at := func(h int) time.Time { return time.Date(2026, 11, 20, h, 0, 0, 0, time.Local) }
			s, err = takeLog(t, Log{Path: path}, window{at(3), at(4).Add(-time.Minute)})
			if err != nil {
				t.Fatal(err)
			}
			if f := s.only(t); f.String() != hours(3, 4) || f.Cut != "" || !strings.Contains(f.Outside, "what was written before") || !strings.Contains(f.Outside, "what was written after") {
				t.Errorf("window: %d bytes of %d, cut %q, outside %q", f.Len(), len(hours(3, 4)), f.Cut, f.Outside)
			}
			s, err = takeLog(t, Log{Path: path, MaxBytes: int64(len(hours(11, 12)))}, window{})
			if err != nil {
				t.Fatal(err)
			}
			if f := s.only(t); f.String() != hours(11, 12) || !strings.Contains(f.Cut, "are left out") {
				t.Errorf("size: %d bytes of %d, cut %q", f.Len(), len(hours(11, 12)), f.Cut)
			}
		})
	}
}

// TestRefusedPacking names what is not unpacked, and why.
func TestRefusedPacking(t *testing.T) {
	text := hours(0, 12)
	for name, c := range map[string]struct{ packed, says string }{
		"a.log.1.xz":  {packedBy(t, text, "xz", "-9", "-T1"), "64.0 MB of memory"},
		"b.log.1.zst": {packedBy(t, strings.Repeat(text, 50), "zstd", "-q", "--ultra", "-22", "--long=27"), "memory"},
		"c.log.1.zip": {zipOf(t, zip.Deflate, text, "a.log", "b.log"), "an archive of 2 files"},
		"d.log.1.zip": {packedBy(t, text, "zip", "-q", "-P", "secret", "-", "-"), "a password protects it"},
		"e.log.1.xz":  {packedBy(t, text, "xz", "--x86", "--lzma2"), "not known here"},
		"f.log.1.Z":   {"\x1f\x9d\x90" + strings.Repeat("\x01\x82\x00\xf3", 500), "packed with compress"},
		"g.log.1.xz":  {xzMagic, "unexpected EOF"},
		"h.log.1.zip": {zipLocal, "unexpected EOF"},
		"i.log.1.xz":  {packedBy(t, string(make([]byte, 100))+"\x7fELF\x01\x02", "xz"), "binary data"},
	} {
		t.Run(name, func(t *testing.T) {
			path := put(t, t.TempDir(), name, c.packed, noon())
			s, err := takeLog(t, Log{Path: path}, window{})
			if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), path) || len(s.files) > 0 {
				t.Errorf("%v; %v", err, s.paths())
			}
		})
	}
}

// TestDamagedPacking takes what there is of archives that break off, and tells
// of each that something is wrong.
func TestDamagedPacking(t *testing.T) {
	text := hours(0, 20)
	for name, packed := range map[string]string{
		"a.log.1.xz": packedBy(t, text, "xz", "--block-size=20000"), "b.log.1.zip": zipOf(t, zip.Deflate, text, "a.log"),
		"c.log.1.bz2": packedBy(t, strings.Repeat(text, 20), "bzip2", "-1"), "d.log.1.zst": packedBy(t, text, "zstd", "-q"),
	} {
		t.Run(name, func(t *testing.T) {
			path := put(t, t.TempDir(), name, packed[:len(packed)*2/3], noon())
			s, err := takeLog(t, Log{Path: path}, window{})
			if err == nil {
				f := s.only(t)
				if !strings.Contains(f.Cut, "the rest cannot be unpacked") || !strings.HasPrefix(strings.Repeat(text, 20), f.String()) || f.Len() == 0 {
					t.Errorf("%d bytes, cut %q", f.Len(), f.Cut)
				}
			} else if name != "d.log.1.zst" || !strings.Contains(err.Error(), "cannot be unpacked") { // one block, which is there whole or not at all
				t.Error(err)
			}
			changed := []byte(packed)
			changed[len(packed)/2] ^= 4
			path = put(t, t.TempDir(), name, string(changed), noon())
			s, err = takeLog(t, Log{Path: path}, window{})
			for _, f := range s.files {
				if f.Cut == "" && err == nil {
					t.Errorf("%d bytes of a changed archive pass for whole", f.Len())
				}
			}
			if err == nil && len(s.files) == 0 {
				t.Error("nothing is said")
			}
		})
	}
}
