package bundle

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"
	"testing"
)

// faulty is a disk in memory that fills up.
type faulty struct {
	b      []byte
	size   int64 // bytes it can hold
	writes int   // how many writes succeed before one fails; negative: all
	syncs  int   // how many syncs succeed before one fails; negative: all
}

func (f *faulty) full() error {
	return &fs.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}
}

func (f *faulty) WriteAt(p []byte, at int64) (int, error) {
	if f.writes == 0 && at+int64(len(p)) > int64(len(f.b)) {
		return 0, f.full() // overwriting what is ours goes on working
	}
	if f.writes > 0 {
		f.writes--
	}
	n := int(min(int64(len(p)), max(0, f.size-at)))
	if grow := at + int64(n) - int64(len(f.b)); grow > 0 {
		f.b = append(f.b, make([]byte, grow)...)
	}
	copy(f.b[at:], p[:n])
	if n < len(p) {
		return n, f.full()
	}
	return n, nil
}

func (f *faulty) ReadAt(p []byte, at int64) (int, error) {
	if at >= int64(len(f.b)) {
		return 0, io.EOF
	}
	n := copy(p, f.b[at:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func (f *faulty) Truncate(size int64) error {
	if size > int64(len(f.b)) {
		return f.full()
	}
	f.b = f.b[:size]
	return nil
}

func (f *faulty) Sync() error {
	if f.syncs == 0 {
		f.syncs = -1
		return f.full()
	}
	f.syncs--
	return nil
}

func (f *faulty) Write(p []byte) (int, error) { return f.WriteAt(p, int64(len(f.b))) }
func (f *faulty) Close() error                { return nil }

// writeTo makes a bundle on d and gives what it says, or nil if there is none.
func writeTo(t *testing.T, d, spill *faulty, live bool) *Manifest {
	t.Helper()
	w, err := newWriter(d, head, nil)
	if err == nil && live {
		err = w.beginLive()
	}
	if err != nil {
		if !errors.Is(err, syscall.ENOSPC) {
			t.Fatal(err)
		}
		return nil
	}
	w.spoolMemory = 16 << 10
	w.scratch = func() (scratch, error) {
		each := *spill
		return &each, nil
	}
	files := evidence()
	for _, path := range []string{"system/host.json", "logs/größe.log", "logs/large.log", "screens/1.png", "logs/empty.log", "logs/repeated.log"} {
		e, err := w.Add(File{Path: path, Title: "Log", MediaType: mediaType(path)})
		if err != nil {
			t.Fatal(err)
		}
		e.Write(files[path])
		if err := e.Close(); err != nil {
			var n *NoRoomError
			if !errors.As(err, &n) || n.Why != "there was no space left on the disk" {
				t.Fatalf("%s: %v", path, err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatalf("the bundle was not finished: %v", err)
	}
	r, err := NewReader(d, int64(len(d.b)))
	if err != nil {
		t.Fatalf("the bundle is no good: %v", err)
	}
	if err := r.Verify(t.Context()); err != nil {
		t.Fatalf("the bundle is no good: %v", err)
	}
	m := r.Manifest()
	named := map[string]bool{}
	for _, f := range m.Files {
		named[f.Path] = true
	}
	for _, l := range m.LeftOut {
		if named[l.Path] {
			t.Errorf("%s is both in the bundle and left out", l.Path)
		}
		named[l.Path] = true
	}
	if len(named) != len(files) {
		t.Errorf("%d of %d files are named: %+v", len(named), len(files), m)
	}
	return &m
}

func roomy() *faulty { return &faulty{size: 1 << 30, writes: -1, syncs: -1} }

// TestFullDisk fills the disk at every write, and at sizes between.
func TestFullDisk(t *testing.T) {
	t.Run("at the end", func(t *testing.T) { fillDisk(t, false) })
	t.Run("live", func(t *testing.T) { fillDisk(t, true) })
}

func fillDisk(t *testing.T, live bool) {
	whole := roomy()
	writeTo(t, whole, roomy(), live)
	total := int64(len(whole.b))
	for size := int64(0); size < total+baseReserve+4096; size += 3_511 {
		d := roomy()
		d.size = size
		m := writeTo(t, d, roomy(), live)
		if m == nil && size >= baseReserve+page {
			t.Errorf("no bundle at all on a disk of %d bytes", size)
		}
		if m != nil && size > 200_000 && len(m.Files) < 4 {
			t.Errorf("on a disk of %d bytes only %d files fit", size, len(m.Files))
		}
	}
	for n := range 60 {
		d := roomy()
		d.writes = n
		if m := writeTo(t, d, roomy(), live); m == nil && n > 3 {
			t.Errorf("no bundle at all when write %d fails", n)
		}
	}
	for n := range 20 {
		spill := roomy()
		spill.writes = n
		if m := writeTo(t, roomy(), spill, live); len(m.Files) < 4 {
			t.Errorf("a full spool took others with it: %+v", m.LeftOut)
		}
	}
	d := roomy()
	d.syncs = 0
	if m := writeTo(t, d, roomy(), live); len(m.LeftOut) != 1 {
		t.Errorf("after a sync that failed: %+v", m.LeftOut)
	}
}

// TestTakenSpace has somebody else fill the disk between the last file and the end.
func TestTakenSpace(t *testing.T) {
	d := roomy()
	w, err := newWriter(d, head, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 500 {
		e, err := w.Add(File{Path: fmt.Sprintf("logs/%d.log", i), Title: "Log", Source: fmt.Sprintf("/var/log/a-long-name-%d-%x", i, i*7919)})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(e, "line %d", i)
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
	}
	d.size = int64(len(d.b))
	d.writes = 0
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := NewReader(d, int64(len(d.b)))
	if err != nil {
		t.Fatal(err)
	}
	if got := len(r.Manifest().Files); got != 500 {
		t.Errorf("%d of 500 files are left", got)
	}
}

// TestDevFull writes where the system itself says that the disk is full.
func TestDevFull(t *testing.T) {
	f, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err = f.WriteAt([]byte("x"), 0); err == nil || !diskFull(err) {
		t.Errorf("%v is not understood as a full disk", err)
	}
}
