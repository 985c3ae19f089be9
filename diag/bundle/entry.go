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
	packer io.Writer // the spool, or deflate before it
	crc    hash.Hash32
	sum    hash.Hash
	err    error // the first thing that went wrong; sticky
	closed bool
}

// level is deflate's. Measured on 8 MiB of log lines: level 2 packs 157 MB/s
// to 25.4 %, 5 82 MB/s to 23.7 %, 7 61 MB/s to 21.8 %, 9 14 MB/s to 20.0 %.
// Collecting goes on while a person writes; for the upload they wait.
const level = 7

func newEntry(w *Writer, f File) *Entry {
	f.Size, f.SHA256 = 0, ""
	e := &Entry{w: w, file: f, crc: crc32.NewIEEE(), sum: sha256.New()}
	e.spool.open, e.spool.keep = w.scratch, w.spoolMemory
	e.packer = &e.spool
	if !packedAlready(f.MediaType) {
		e.packer = w.packer(&e.spool)
	}
	return e
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
	n, err := e.packer.Write(p)
	e.file.Size += int64(n)
	e.crc.Write(p[:n])
	e.sum.Write(p[:n])
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
	defer e.spool.close()
	if p, ok := e.packer.(*flate.Writer); ok {
		if err := p.Close(); err != nil && e.err == nil {
			e.err = noRoom(e.file.Path, err)
		}
		e.w.giveBack(p)
		e.packer = nil
	}
	e.file.SHA256 = hex.EncodeToString(e.sum.Sum(nil))
	e.err = e.w.add(e.file, e.header(), e.spool.reader(), e.err)
	return e.err
}

func (e *Entry) header() entry {
	h := entry{name: e.file.Path, method: deflated, crc: e.crc.Sum32()}
	if packedAlready(e.file.MediaType) {
		h.method = stored
	}
	h.packed, h.plain = uint32(min(e.spool.size, MaxArchive)), uint32(e.file.Size)
	return h
}
