package bundle

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"hash/crc32"
	"io"
	"strings"
	"sync"

	"github.com/klauspost/compress/flate"
)

// errClosed is what writing to a file of the bundle gives once it is closed.
var errClosed = errors.New("the file in the bundle is closed already")

// Entry is one file on its way into a bundle. It may be closed while another
// goroutine writes to it, whose writes then fail.
type Entry struct {
	w *Writer

	mu     sync.Mutex // guards what follows
	file   File
	spool  spool
	packer *flate.Writer  // nil if the content is stored as it is
	quick  bool           // packer is for speed
	sealer io.WriteCloser // encrypts what is packed; nil if the bundle is not encrypted
	behind *behind        // packs meanwhile, and has packer, spool, crc and sum then; nil if not
	block  []byte         // on its way to behind
	crc    hash.Hash32    // of the plain content, or of what encryption made of it
	sum    hash.Hash
	err    error // the first thing that went wrong; sticky
	closed bool
}

func newEntry(w *Writer, f File) (*Entry, error) {
	f.Size, f.SHA256, f.Entry = 0, "", ""
	e := &Entry{w: w, file: f, crc: crc32.NewIEEE(), sum: sha256.New()}
	e.spool.open, e.spool.keep = w.scratch, w.spoolMemory
	to := io.Writer(bounded{e})
	if len(w.to) > 0 {
		sealer, err := seal(to, w.to)
		if err != nil {
			return nil, err
		}
		e.sealer, to = sealer, sealer
	}
	e.quick = packedAlready(f.MediaType)
	if e.sealer != nil || !e.quick {
		e.packer = w.packer(to, e.quick)
	}
	return e, nil
}

// bounded takes what goes into the archive as long as there is room for it.
type bounded struct{ e *Entry }

func (b bounded) Write(p []byte) (int, error) {
	w := b.e.w
	if w.spooled.Add(int64(len(p))) > w.free.Load() {
		w.spooled.Add(int64(-len(p)))
		return 0, errMax
	}
	n, err := b.e.spool.Write(p)
	w.spooled.Add(int64(n - len(p)))
	if b.e.sealer != nil {
		b.e.crc.Write(p[:n])
	}
	return n, err
}

// packedAlready says whether deflate would only cost time.
func packedAlready(mediaType string) bool {
	switch mediaType {
	case "image/png", "image/jpeg", "image/webp", "application/zip", "application/gzip":
		return true
	}
	return strings.HasPrefix(mediaType, "video/")
}

// Write adds to the file's content.
func (e *Entry) Write(p []byte) (int, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	switch {
	case e.closed:
		return 0, errClosed
	case e.err != nil:
		return 0, e.err
	case e.file.Size+int64(len(p)) > MaxFile:
		e.err = &NoRoomError{Path: e.file.Path, Why: "it is larger than a bundle can hold"}
		return 0, e.err
	}
	if e.behind == nil && e.packer != nil && !e.quick && e.file.Size >= quickFrom {
		if err := e.hurry(); err != nil {
			e.err = noRoom(e.file.Path, err)
			return 0, e.err
		}
	}
	n, err := len(p), error(nil)
	if e.behind != nil {
		n, err = e.hand(p)
	} else {
		err = e.pack(p)
	}
	e.file.Size += int64(n)
	if err != nil {
		e.err = noRoom(e.file.Path, err)
	}
	return n, e.err
}

// SetCut notes in words what is missing. It counts until Close.
func (e *Entry) SetCut(words string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.file.Cut = words
}

// LeaveOut closes the file and leaves it out by name, for a reason in words.
func (e *Entry) LeaveOut(why string) error {
	e.mu.Lock()
	if e.err == nil && !e.closed {
		e.err = &NoRoomError{Path: e.file.Path, Why: why}
	}
	e.mu.Unlock()
	return e.Close()
}

// Close puts the file into the bundle, whole. If it does not fit, the bundle
// names it as left out and Close returns a *NoRoomError.
func (e *Entry) Close() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return e.err
	}
	e.closed = true
	defer e.forget()
	if e.behind != nil {
		if err := e.behind.finish(e.block); err != nil && e.err == nil {
			e.err = noRoom(e.file.Path, err)
		}
	}
	if e.err == nil {
		if err := e.flush(); err != nil {
			e.err = noRoom(e.file.Path, err)
		}
	}
	e.file.SHA256 = hex.EncodeToString(e.sum.Sum(nil))
	e.err = e.w.add(e.file, e.header(), &e.spool, e.err)
	return e.err
}

// flush ends packing.
func (e *Entry) flush() error {
	if e.packer != nil {
		if err := e.packer.Close(); err != nil {
			return err
		}
	}
	if e.sealer != nil {
		return e.sealer.Close()
	}
	return nil
}

// forget gives back what the file took while it was open.
func (e *Entry) forget() {
	if e.packer != nil {
		e.w.giveBack(e.packer, e.quick)
		e.packer = nil
	}
	if e.behind != nil {
		e.w.unfollow(e.behind)
		e.behind, e.block = nil, nil
	}
	e.w.spooled.Add(-e.spool.size)
	e.spool.close()
}

func (e *Entry) header() entry {
	h := entry{name: e.file.Path, method: deflated, crc: e.crc.Sum32()}
	h.packed, h.plain = uint32(min(e.spool.size, MaxArchive)), uint32(e.file.Size)
	switch {
	case e.sealer != nil:
		h.method, h.plain = stored, h.packed
	case e.packer == nil:
		h.method = stored
	}
	return h
}
