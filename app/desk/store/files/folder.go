package files

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
)

const windows = runtime.GOOS == "windows"

// Reserve is what an upload leaves free on the disk, in bytes: the database
// and everything that only reads go on when uploads are refused.
const Reserve = 64 << 20

// File is what an upload is written to; *os.File is one.
type File interface {
	io.WriterAt
	Truncate(size int64) error
	Sync() error
	Close() error
}

// Disk is the seam to the disk; nil fields are the real one.
type Disk struct {
	OpenFile func(name string, flag int, perm fs.FileMode) (File, error)
	Free     func(dir string) (uint64, error) // bytes that this process may still write
}

// Folder keeps objects in files/ab/… and unfinished files in uploads/, both
// below one folder, which several desks may share.
//
// A desk writes on only in parts that it began itself, and only while it runs:
// what another one, or one that is thought to be dead, still writes, goes
// into a part of its own that nobody reads.
type Folder struct {
	dir  string
	disk Disk
	self string   // begins the names of the parts of this Folder
	made sync.Map // folders below files/ that are there for certain
}

// ErrNoRoom is less room than asked for, beside the reserve.
var ErrNoRoom = errors.New("too little room is left")

// NewFolder makes the folders below dir, mode 0700, when they are not there.
func NewFolder(dir string, disk Disk) (*Folder, error) {
	f := &Folder{dir: dir, disk: disk, self: random(4)}
	if disk.OpenFile == nil {
		f.disk.OpenFile = func(name string, flag int, perm fs.FileMode) (File, error) { return os.OpenFile(name, flag, perm) }
	}
	if disk.Free == nil {
		f.disk.Free = free
	}
	for _, d := range []string{f.uploads(), f.objects()} {
		if err := os.MkdirAll(d, 0o700); err != nil {
			return nil, fmt.Errorf("open folder of files: %w", err)
		}
	}
	return f, nil
}

func (f *Folder) uploads() string { return filepath.Join(f.dir, "uploads") }
func (f *Folder) objects() string { return filepath.Join(f.dir, "files") }

func (f *Folder) object(k Key) string {
	return filepath.Join(f.objects(), filepath.FromSlash(k.path()))
}

// part is where a part is; an unfinished file of older desks is one without a name.
func (f *Folder) part(id, name string) string {
	if name != "" {
		id += "." + name
	}
	return filepath.Join(f.uploads(), id)
}

// Room is part of Files.
func (f *Folder) Room(n int64) error {
	have, err := f.disk.Free(f.dir)
	if err != nil {
		return fmt.Errorf("free space of %q: %w", f.dir, err)
	}
	if have < uint64(n)+Reserve {
		return fmt.Errorf("%w: %d bytes wanted, %d free, %d in reserve", ErrNoRoom, n, have, int64(Reserve))
	}
	return nil
}

// Drop is part of Files.
func (f *Folder) Drop(_ context.Context, id string, parts []Part) error {
	if err := checkUpload(id, parts); err != nil {
		return err
	}
	var errs []error
	for _, p := range parts {
		errs = append(errs, remove(f.part(id, p.Name)))
	}
	return errors.Join(errs...)
}

// Tidy is part of Files.
func (f *Folder) Tidy(ctx context.Context, known func(string) bool) error {
	dir, err := os.Open(f.uploads())
	if err != nil {
		return fmt.Errorf("tidy uploads: %w", err)
	}
	defer dir.Close()
	for ctx.Err() == nil {
		names, err := dir.Readdirnames(1000)
		for _, name := range names {
			if len(name) >= 32 && isHex(name[:32]) && !known(name[:32]) {
				if err := remove(filepath.Join(f.uploads(), name)); err != nil {
					return fmt.Errorf("tidy uploads: %w", err)
				}
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("tidy uploads: %w", err)
		}
	}
	return ctx.Err()
}

// Open is part of Files.
func (f *Folder) Open(_ context.Context, key Key) (Content, error) {
	if err := key.check(); err != nil {
		return nil, err
	}
	return os.Open(f.object(key))
}

// Size is part of Files.
func (f *Folder) Size(_ context.Context, key Key) (int64, error) {
	if err := key.check(); err != nil {
		return 0, err
	}
	st, err := os.Stat(f.object(key))
	if err != nil {
		return 0, err
	}
	return st.Size(), nil
}

// Remove is part of Files.
func (f *Folder) Remove(_ context.Context, key Key) error {
	if err := key.check(); err != nil {
		return err
	}
	return remove(f.object(key))
}

// remove deletes a file; one that is gone already is no error.
func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// syncDir makes names in dir survive a crash. Windows has no such call: NTFS journals names.
func syncDir(dir string) error {
	if windows {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func random(n int) string {
	b := make([]byte, n)
	rand.Read(b) // never fails (crypto/rand)
	return hex.EncodeToString(b)
}
