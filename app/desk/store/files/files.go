// Package files keeps attachments by their content's hash: a seam, with a folder and an S3 bucket as its drivers.
package files

import (
	"context"
	"errors"
	"fmt"
	"io"
)

// Files is where attachments are. Drivers pass the tests of filestest. Its
// methods may be called from any goroutine, of any desk that has the same place;
// only one Piece of an upload may be open in one process at a time.
//
// What is not there is fs.ErrNotExist, a place that is full is syscall.ENOSPC.
type Files interface {
	// Begin opens the next piece of the unfinished file id, behind parts, which
	// are what its Pieces gave before, in their order.
	Begin(ctx context.Context, id string, parts []Part) (Piece, error)
	// Assemble makes of parts, which are all of the file, the object key, on disk
	// when it returns nil. More parts than one are checked against the key's hash
	// on the way: another is ErrAltered. The parts may be gone afterwards.
	Assemble(ctx context.Context, id string, parts []Part, key Key) error
	// Read gives the bytes of parts, from the first; the caller closes it.
	Read(ctx context.Context, id string, parts []Part) (io.ReadCloser, error)
	// Drop deletes what is left of the unfinished file.
	Drop(ctx context.Context, id string, parts []Part) error
	// Tidy drops unfinished files that known does not know.
	Tidy(ctx context.Context, known func(id string) bool) error

	// Put makes an object of all that r gives. Content of another hash than the
	// key's is ErrAltered and leaves nothing.
	Put(ctx context.Context, key Key, r io.Reader) error
	// Open reads an object; the caller closes it.
	Open(ctx context.Context, key Key) (Content, error)
	// Size of an object in bytes.
	Size(ctx context.Context, key Key) (int64, error)
	// Remove deletes an object; one that is gone already is no error.
	Remove(ctx context.Context, key Key) error
	// Take makes a file that lies on this machine an object without looking at
	// it, and deletes it: desks of older versions named bundles by their IDs.
	Take(ctx context.Context, path string, key Key) error
	// Room says with an error that n more bytes do not fit beside the reserve.
	Room(n int64) error
}

// Piece is what comes of an unfinished file in one go.
type Piece interface {
	io.Writer
	// Commit puts what was written since the last one where a crash does not
	// reach it, and says in which part it is: a new one, or one that has grown.
	// After the last one, Assemble comes next: the part may go with a crash until then.
	Commit(ctx context.Context, last bool) (Part, error)
	// Close throws away what was not committed.
	Close() error
}

// Part is a piece of an unfinished file that is kept.
type Part struct {
	At   int64  // its first byte's place in the file
	Name string // the driver's own
	Size int64  // bytes
}

// Content is an object's bytes.
type Content interface {
	io.ReadSeekCloser
}

// ErrAltered is content that has another hash than its key says.
var ErrAltered = errors.New("content has another hash")

// Key names an object: its content's SHA-256 in hex, a point, and eight hex
// digits of the upload that brought it. An object that is being deleted and one
// of the same content that just comes have different keys, so that neither
// touches the other.
type Key string

// NewKey is the object of an upload: both are lower-case hex.
func NewKey(sha256, upload string) (Key, error) {
	if len(upload) < 8 {
		return "", fmt.Errorf("object of upload %q: no such name", upload)
	}
	k := Key(sha256 + "." + upload[:8])
	return k, k.check()
}

// Hash is the content's SHA-256 in hex.
func (k Key) Hash() string { return string(k[:64]) }

// path is relative, with slashes: two digits are a folder each.
func (k Key) path() string { return string(k[:2]) + "/" + string(k) }

// check refuses what NewKey does not make; nothing else is ever joined to a path.
func (k Key) check() error {
	if len(k) != 64+1+8 || k[64] != '.' || !isHex(string(k[:64])) || !isHex(string(k[65:])) {
		return fmt.Errorf("object %q: no such name", string(k))
	}
	return nil
}

// checkUpload holds an unfinished file's name and its parts' to what is safe in a path.
func checkUpload(id string, parts []Part) error {
	if len(id) != 32 || !isHex(id) {
		return fmt.Errorf("upload %q: no such name", id)
	}
	at := int64(0)
	for _, p := range parts {
		if len(p.Name) > 64 || !isHex(p.Name) || p.At != at || p.Size <= 0 {
			return fmt.Errorf("upload %s: part %q at %d is none", id, p.Name, p.At)
		}
		at += p.Size
	}
	return nil
}

func isHex(s string) bool {
	for _, c := range []byte(s) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// end is where the next part begins.
func end(parts []Part) int64 {
	if len(parts) == 0 {
		return 0
	}
	last := parts[len(parts)-1]
	return last.At + last.Size
}
