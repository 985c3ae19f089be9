package bundle

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// torn is a disk whose every write happens page by page, and that looks at
// itself after each.
type torn struct {
	*faulty
	look  func()
	pages map[int64]bool // what is not a hole; may be nil
}

func (d torn) WriteAt(p []byte, at int64) (int, error) {
	done := 0
	for len(p) > 0 {
		n := min(len(p), page-int(at%page))
		n, err := d.faulty.WriteAt(p[:n], at)
		done += n
		if d.pages != nil {
			d.pages[at/page] = true
		}
		if n > 0 {
			d.look()
		}
		if err != nil {
			return done, err
		}
		p, at = p[n:], at+int64(n)
	}
	return done, nil
}

func (d torn) Truncate(size int64) error {
	err := d.faulty.Truncate(size)
	maps.DeleteFunc(d.pages, func(p int64, _ bool) bool { return p*page >= size })
	d.look()
	return err
}

// TestEveryMoment kills the writer after each page of each write, on disks
// of which some become full: what is there is always an archive, for us and
// for another reader, and it has what had been in it before.
func TestEveryMoment(t *testing.T) {
	key, to := newKey(t)
	for name, c := range map[string]struct {
		size  int64
		count int
		to    []Recipient
	}{
		"roomy":      {1 << 30, 20, nil},
		"many":       {1 << 30, 80, nil}, // their directory is larger than a page
		"encrypted":  {1 << 30, 12, []Recipient{to}},
		"full":       {46 * page, 40, nil},
		"nearly out": {37 * page, 60, nil},
	} {
		t.Run(name, func(t *testing.T) {
			d := roomy()
			d.size = c.size
			live, moments, had, gaps := false, 0, 0, 0
			look := func() {
				if !live {
					return
				}
				moments++
				r, err := NewReader(d, int64(len(d.b)), key)
				if err != nil {
					t.Fatalf("moment %d: %v", moments, err)
				}
				if n := len(r.Manifest().Files); n < had {
					t.Fatalf("moment %d: %d files, and there were %d before", moments, n, had)
				} else if n > had || moments%50 == 0 {
					had = n
					if err := r.Verify(t.Context()); err != nil {
						t.Fatalf("moment %d: %v", moments, err)
					}
				}
				if r.gaps {
					gaps++
				}
				if moments%3 > 0 {
					return
				}
				otherReader(t, d, len(r.Manifest().Files)+1)
			}
			w, err := newWriter(torn{d, look, nil}, head, c.to)
			if err != nil {
				t.Fatal(err)
			}
			w.spoolMemory = 8 << 10
			w.scratch = func() (scratch, error) { return roomy(), nil }
			if err := w.beginLive(); err != nil {
				t.Fatal(err)
			}
			live = true
			rng := rand.NewChaCha8([32]byte{2})
			for i := range c.count {
				e, err := w.Add(File{Path: fmt.Sprintf("logs/a-log-with-a-name-%04d.log", i), Title: "Log", MediaType: "text/plain"})
				if err != nil {
					t.Fatal(err)
				}
				noise := make([]byte, 300+rng.Uint64()%900+rng.Uint64()%2*(uint64(i)%7)*4_000)
				rng.Read(noise)
				e.Write(noise)
				if err := e.Close(); err != nil && !errors.Is(err, syscall.ENOSPC) {
					t.Fatal(err)
				}
			}
			w.SetOutcomes([]Outcome{{Name: "logs", Title: "Logs", State: OK}})
			had = 0 // what was closed last may have to go
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			r, err := NewReader(d, int64(len(d.b)), key)
			if err != nil {
				t.Fatal(err)
			}
			m := r.Manifest()
			if m.Unfinished != "" || r.gaps || len(m.Files)+len(m.LeftOut) != c.count || gaps == 0 || moments < 100 {
				t.Errorf("%q, gaps %v, %d files, %d left out, %d of %d moments with gaps", m.Unfinished, r.gaps, len(m.Files), len(m.LeftOut), gaps, moments)
			}
		})
	}
}

// otherReader has the standard library count the entries.
func otherReader(t *testing.T, d *faulty, want int) {
	t.Helper()
	z, err := zip.NewReader(d, int64(len(d.b)))
	if err != nil {
		t.Fatal(err)
	}
	if len(z.File) != want {
		t.Fatalf("%d entries, want %d", len(z.File), want)
	}
	for _, f := range z.File[len(z.File)-1:] {
		c, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, c); err != nil {
			t.Fatal(err)
		}
	}
}

// TestInterrupted looks at a bundle while it is written.
func TestInterrupted(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.zip")
	w, err := Create(path, head)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Discard()
	now := func() Manifest {
		t.Helper()
		r, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		if err := r.Verify(t.Context()); err != nil {
			t.Fatal(err)
		}
		return r.Manifest()
	}
	if m := now(); len(m.Files) != 0 || m.Unfinished == "" {
		t.Errorf("%+v", m)
	}
	addAll(t, w, evidence())
	e, err := w.Add(File{Path: "logs/open.log", Title: "Log"})
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(e, "not closed")
	w.SetOutcomes([]Outcome{{Name: "logs", Title: "Logs", State: Skipped, Error: "collecting was interrupted"}})
	if err := w.Checkpoint(); err != nil {
		t.Fatal(err)
	}
	m := now()
	if len(m.Files) != len(evidence()) || m.Unfinished != unfinished || len(m.LeftOut) != 1 || m.LeftOut[0].Path != "logs/open.log" || len(m.Collectors) != 1 {
		t.Errorf("%+v", m)
	}
	// What was unfinished can be sent like any other.
	src, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	less := filepath.Join(t.TempDir(), "less.zip")
	if err := Select(less, src, func(f File) bool { return strings.HasPrefix(f.Path, "logs/") }); err != nil {
		t.Fatal(err)
	}
	sent, err := Open(less)
	if err != nil {
		t.Fatal(err)
	}
	defer sent.Close()
	if m := sent.Manifest(); m.Unfinished != unfinished || sent.gaps || sent.Verify(t.Context()) != nil {
		t.Errorf("%+v", m)
	}
}

// TestSpace has the disk never hold more than the bundle, its reserve and a
// block, although everything is spooled first.
func TestSpace(t *testing.T) {
	d, most, pages := roomy(), int64(0), map[int64]bool{}
	var spills []*faulty
	look := func() {
		sum := int64(len(pages)) * page
		for _, s := range spills {
			sum += int64(len(s.b))
		}
		most = max(most, sum)
	}
	w, err := newWriter(torn{d, look, pages}, head, nil)
	if err != nil {
		t.Fatal(err)
	}
	w.spoolMemory = 4 << 10
	w.scratch = func() (scratch, error) {
		s := roomy()
		spills = append(spills, s)
		return s, nil
	}
	if err := w.beginLive(); err != nil {
		t.Fatal(err)
	}
	noise := make([]byte, 6<<20)
	rng := rand.NewChaCha8([32]byte{3})
	rng.Read(noise)
	for i := range 3 {
		e, err := w.Add(File{Path: fmt.Sprintf("logs/%d.gz", i), MediaType: "application/gzip"})
		if err != nil {
			t.Fatal(err)
		}
		e.Write(noise)
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	const beside = 2*baseReserve + slack + 256<<10 + 4*page
	if size := int64(len(d.b)); most > size+beside {
		t.Errorf("%d bytes of disk for a bundle of %d", most, size)
	}
}

// TestQuick has a file that is packed in two ways.
func TestQuick(t *testing.T) {
	text := bytes.Repeat([]byte("2026-11-20 09:14:03 a line of a log\n"), (quickFrom+1<<20)/36)
	copy(text[quickFrom:], "here it begins")
	path := filepath.Join(t.TempDir(), "x.zip")
	w, err := Create(path, head)
	if err != nil {
		t.Fatal(err)
	}
	e, err := w.Add(File{Path: "logs/a.log", MediaType: "text/plain"})
	if err != nil {
		t.Fatal(err)
	}
	for rest := text; len(rest) > 0; rest = rest[min(len(rest), 50_000):] {
		if _, err := e.Write(rest[:min(len(rest), 50_000)]); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(e.Close(), w.Close()); err != nil {
		t.Fatal(err)
	}
	r, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if got := readAll(t, r); !bytes.Equal(got["logs/a.log"], text) {
		t.Error("the content has changed")
	}
}

// TestPlaceTaken replaces what is at the path, and leaves nothing else there.
func TestPlaceTaken(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.zip")
	if err := os.WriteFile(path, []byte("older"), 0o644); err != nil {
		t.Fatal(err)
	}
	w, err := Create(path, head)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Error(info, err)
	}
	w.Discard()
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 0 {
		t.Error(left)
	}
}
