package bundle

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/klauspost/compress/flate"
)

// Writer writes one bundle. Its files may be written at the same time; each
// enters the archive when it is closed, whole or not at all. Nothing is at
// the bundle's path before Close.
type Writer struct {
	path    string
	part    string    // where it is until Close; "" in tests
	whole   bool      // Close rather gives an error than leaves out what was added
	packers sync.Pool // of *flate.Writer

	scratch     func() (scratch, error)
	spoolMemory int // bytes of packed content that an open file keeps in memory

	mu       sync.Mutex // guards what follows
	room     room
	manifest Manifest
	entries  []entry
	taken    names
	open     map[string]File // by path
	plain    int64           // bytes of all files' plain content
	reserve  int64           // bytes that manifest and directory may need
	unnamed  int             // files left out beyond those that the manifest has room to name
	closed   bool
}

// baseReserve is for the manifest's head, the collectors' outcomes and some
// files that did not fit; the files' own part is added with each.
const baseReserve = 64 << 10

// Create begins a bundle that will be at path, readable by its owner alone
// (mode 0600), in place of what is there. m gives what is known already; its
// lists are filled by the Writer.
func Create(path string, m Manifest) (*Writer, error) {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, ".beistand-*.part")
	if err != nil {
		return nil, createError(path, err)
	}
	w, err := newWriter(f, m)
	if err != nil {
		f.Close()
		os.Remove(f.Name())
		return nil, createError(path, err)
	}
	w.path, w.part = path, f.Name()
	w.scratch = func() (scratch, error) { return openScratch(dir) }
	return w, nil
}

// createError leaves out the name of the part, which tells nobody anything.
func createError(path string, err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return fmt.Errorf("create bundle %q: %w", path, err)
}

func newWriter(d disk, m Manifest) (*Writer, error) {
	m.Schema, m.Created = Schema, m.Created.UTC()
	m.Collectors, m.Files, m.LeftOut = []Outcome{}, []File{}, []LeftOut{}
	m.Tool, m.Host, m.OS, m.Arch, m.Profile = oneLine(m.Tool), oneLine(m.Host), oneLine(m.OS), oneLine(m.Arch), oneLine(m.Profile)
	w := &Writer{
		room:     room{disk: d, max: MaxArchive},
		manifest: m,
		taken:    names{},
		open:     map[string]File{},
		reserve:  baseReserve,

		spoolMemory: spoolMemory,
	}
	w.taken.take(ManifestName)
	return w, w.room.hold(w.reserve)
}

// SetMaxSize bounds the bundle's size on disk; what would exceed it is left
// out by name. It counts for files that are not closed yet. Less than 128 KiB
// counts as that much.
func (w *Writer) SetMaxSize(size int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.room.max = min(max(size, 2*baseReserve), MaxArchive)
}

// Add begins a file; f.Size and f.SHA256 are counted, not given.
func (w *Writer) Add(f File) (*Entry, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	f.Title, f.Collector, f.Source, f.MediaType = oneLine(f.Title), oneLine(f.Collector), oneLine(f.Source), oneLine(f.MediaType)
	if w.closed {
		return nil, errClosed
	}
	if len(w.taken) >= MaxFiles || w.reserve > MaxManifest/2 {
		return nil, w.leaveOut(f, &NoRoomError{Path: f.Path, Why: "the bundle has as many files as it can hold"})
	}
	why := checkPath(f.Path)
	if why == "" {
		why = w.taken.take(f.Path)
	}
	if why != "" {
		return nil, fmt.Errorf("add %q to the bundle: it %s", f.Path, why)
	}
	e := newEntry(w, f)
	w.open[f.Path] = f
	return e, nil
}

// add puts a closed file into the archive; failed is what went wrong with it before.
func (w *Writer) add(f File, h entry, content io.Reader, failed error) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return errClosed // Close has named it as left out
	}
	delete(w.open, f.Path)
	f.Cut = oneLine(f.Cut)
	if failed != nil {
		return w.leaveOut(f, failed)
	}
	if looksLikeBomb(f.Size, int64(h.packed)) {
		return w.leaveOut(f, &NoRoomError{Path: f.Path, Why: "its content is so uniform that it looks like an attack when unpacked"})
	}
	if w.plain+f.Size > MaxPlain {
		return w.leaveOut(f, &NoRoomError{Path: f.Path, Why: "the bundle holds as much as it can"})
	}
	h.time, h.attrs, h.offset = dosTime(w.manifest.Created), fileMode, uint32(w.room.next)
	reserve := w.reserve + cost(f) + centralLen + int64(len(f.Path))
	src := io.MultiReader(bytes.NewReader(h.local()), content)
	if err := w.room.put(src, h.span(), reserve); err != nil {
		return w.leaveOut(f, noRoom(f.Path, err))
	}
	w.reserve = reserve
	w.plain += f.Size
	w.entries = append(w.entries, h)
	w.manifest.Files = append(w.manifest.Files, f)
	return nil
}

// packer gives a deflate writer to w, used ones first: each holds more than 1 MB.
func (w *Writer) packer(to io.Writer) *flate.Writer {
	if p, ok := w.packers.Get().(*flate.Writer); ok {
		p.Reset(to)
		return p
	}
	p, err := flate.NewWriter(to, level)
	if err != nil {
		panic(err) // only an unknown level does this
	}
	return p
}

func (w *Writer) giveBack(p *flate.Writer) {
	p.Reset(io.Discard)
	w.packers.Put(p)
}
