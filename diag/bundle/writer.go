package bundle

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// Writer writes one bundle. Its files may be written at the same time; each
// enters the archive when it is closed, whole or not at all.
type Writer struct {
	path  string
	part  string      // where it is until Close; "" if it is at path
	whole bool        // Close rather gives an error than leaves out what was added
	to    []Recipient // whom it is encrypted to; none: it is not

	packers, quickPackers sync.Pool // of *flate.Writer

	atOnce bool   // large files are packed on goroutines of their own
	lower  func() // what such a goroutine does first; nil is nothing

	scratch     func() (scratch, error)
	spoolMemory int          // bytes of packed content that an open file keeps in memory
	spooled     atomic.Int64 // bytes of packed content of all open files
	free        atomic.Int64 // bytes of packed content that open files may have

	mu       sync.Mutex // guards what follows
	room     room
	manifest Manifest
	entries  []entry
	taken    names
	open     map[string]File // by path
	behinds  map[*behind]bool
	plain    int64 // bytes of all files' plain content
	reserve  int64 // bytes that manifest and directory may need
	unnamed  int   // files left out beyond those that the manifest has room to name
	pending  int64 // bytes of entries that the live tail does not name yet
	stale    bool  // the live tail does not say what is so
	closed   bool
}

// baseReserve is for the manifest's head, the collectors' outcomes and some
// files that did not fit; the files' own part is added with each.
const baseReserve = 64 << 10

// Create begins a bundle at path, readable by its owner alone (mode 0600), in
// place of what is there. From then on a valid bundle is at path, whatever
// ends the process: first an empty one, and with each Checkpoint one of what
// has been closed until then. m gives what is known already; its lists are
// filled by the Writer. What is in it is encrypted to the recipients, if
// there are any.
func Create(path string, m Manifest, to ...Recipient) (*Writer, error) {
	w, err := createPart(path, m, to)
	if err != nil {
		return nil, err
	}
	if err := w.goLive(); err != nil {
		w.Discard()
		return nil, createError(path, err)
	}
	return w, nil
}

// createPart begins a bundle that will be at path once it is closed.
func createPart(path string, m Manifest, to []Recipient) (*Writer, error) {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, ".beistand-*.part")
	if err != nil {
		return nil, createError(path, err)
	}
	w, err := newWriter(f, m, to)
	if err != nil {
		f.Close()
		os.Remove(f.Name())
		return nil, createError(path, err)
	}
	w.path, w.part = path, f.Name()
	w.scratch = func() (scratch, error) { return openScratch(dir) }
	return w, nil
}

// goLive puts a valid archive into the part and the part at the path. An open
// file cannot be renamed on every system.
func (w *Writer) goLive() error {
	if err := w.beginLive(); err != nil {
		return err
	}
	if err := w.room.disk.Close(); err != nil {
		return err
	}
	if err := os.Rename(w.part, w.path); err != nil {
		return err
	}
	w.part = ""
	f, err := os.OpenFile(w.path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	w.room.disk = f
	return nil
}

func newWriter(d disk, m Manifest, to []Recipient) (*Writer, error) {
	m.Schema, m.Created = Schema, m.Created.UTC()
	if y := m.Created.Year(); y < 1 || y > 9999 {
		m.Created = time.Unix(0, 0).UTC() // RFC 3339 has no other years
	}
	m.Collectors, m.Files, m.LeftOut = []Outcome{}, []File{}, []LeftOut{}
	if m.Redaction != nil {
		m.Redaction = &Redaction{Risks: []Risk{}}
	}
	m.Tool, m.Host, m.OS, m.Arch, m.Profile = oneLine(m.Tool), oneLine(m.Host), oneLine(m.OS), oneLine(m.Arch), oneLine(m.Profile)
	w := &Writer{
		to:       to,
		room:     room{disk: d, max: MaxArchive},
		manifest: m,
		taken:    names{},
		open:     map[string]File{},
		behinds:  map[*behind]bool{},
		atOnce:   runtime.GOMAXPROCS(0) > 1,
		reserve:  baseReserve,

		spoolMemory: spoolMemory,
	}
	w.setFree()
	w.taken.take(ManifestName)
	return w, w.room.hold(w.reserve)
}

// SetMaxSize bounds the bundle's size on disk, with what is not closed yet;
// what would exceed it is left out by name. Less than 128 KiB counts as that
// much.
func (w *Writer) SetMaxSize(size int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.room.max = min(max(size, 2*baseReserve), MaxArchive)
	w.setFree()
}

// setFree is for when the room has changed; w.mu is held.
func (w *Writer) setFree() { w.free.Store(w.room.max - w.room.next - w.reserve) }

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
	e, err := newEntry(w, f)
	if err != nil {
		return nil, fmt.Errorf("add %q to the bundle: %w", f.Path, err)
	}
	w.open[f.Path] = f
	w.stale = true
	return e, nil
}

// add puts a closed file into the archive; failed is what went wrong with it before.
func (w *Writer) add(f File, h entry, content packedContent, failed error) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return errClosed // Close has named it as left out
	}
	delete(w.open, f.Path)
	f.Cut, f.Outside, f.Unredacted = oneLine(f.Cut), oneLine(f.Outside), oneLine(f.Unredacted)
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
	if len(w.to) > 0 {
		h.name = hiddenName(len(w.entries))
		f.Entry = h.name
	}
	reserve := w.reserve + cost(f) + centralLen + int64(len(h.name))
	if err := w.room.put(h.local(), content, h.span(), reserve); err != nil {
		return w.leaveOut(f, noRoom(f.Path, err))
	}
	w.reserve = reserve
	w.plain += f.Size
	w.entries = append(w.entries, h)
	w.manifest.Files = append(w.manifest.Files, f)
	w.pending += h.span()
	w.setFree()
	w.changed()
	return nil
}
