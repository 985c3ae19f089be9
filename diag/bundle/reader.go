package bundle

import (
	"fmt"
	"io"
	"os"
)

// Reader reads one bundle. Its methods may be called from several goroutines.
type Reader struct {
	r          io.ReaderAt
	closer     io.Closer // nil if the caller closes
	manifest   Manifest
	entries    map[string]*entry // by name in the archive, without the manifest
	gaps       bool              // there are unused bytes around the manifest
	encrypted  bool
	identities []Identity
}

// Open opens the bundle at path. What is wrong with it is a *FormatError. An
// encrypted one takes one of the private keys that it was made for.
func Open(path string, with ...Identity) (*Reader, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	r, err := openFile(f, with)
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("open bundle %q: %w", path, err)
	}
	r.closer = f
	return r, nil
}

func openFile(f *os.File, with []Identity) (*Reader, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, refuse(ErrNotBundle, "", "it is not a regular file")
	}
	return NewReader(f, info.Size(), with...)
}

// NewReader reads the bundle that r has in its first size bytes. It reads and
// checks the directory, every file's header and the manifest, and admits
// nothing beside what the manifest names: no other entries, no bytes between
// them (but around the manifest of a run that was killed), no links. The
// contents are checked by OpenFile and Verify.
func NewReader(r io.ReaderAt, size int64, with ...Identity) (*Reader, error) {
	all, gaps, err := readDirectory(r, size)
	if err != nil {
		return nil, err
	}
	if err := checkEntries(r, all); err != nil {
		return nil, err
	}
	b := &Reader{r: r, entries: make(map[string]*entry, len(all)), gaps: gaps, identities: with}
	last := len(all) - 1
	if err := b.readManifest(&all[last]); err != nil {
		return nil, err
	}
	for i := range all[:last] {
		b.entries[all[i].name] = &all[i]
	}
	return b, b.checkFiles()
}

// entry is where a file's content is; nil if the archive has no such entry.
func (b *Reader) entry(f *File) *entry {
	if b.encrypted {
		return b.entries[f.Entry]
	}
	return b.entries[f.Path]
}

// Encrypted says whether the bundle is encrypted.
func (b *Reader) Encrypted() bool { return b.encrypted }

// Manifest gives what the bundle says of itself. The caller must not change its lists.
func (b *Reader) Manifest() Manifest { return b.manifest }

// Close closes the file that Open opened.
func (b *Reader) Close() error {
	if b.closer == nil {
		return nil
	}
	return b.closer.Close()
}
