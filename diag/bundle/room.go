package bundle

import (
	"errors"
	"io"
)

// disk is the file under a bundle being written.
type disk interface {
	io.WriterAt
	io.Closer
	Truncate(size int64) error
	Sync() error
}

// packedContent is one file's packed content on its way into the archive.
type packedContent interface {
	// put writes it at an offset. What it holds may be gone afterwards, also after an error.
	put(w io.WriterAt, at int64) error
}

// room is the file's space. Behind the entries it always holds written space
// for manifest and directory, so that a disk that fills up meanwhile, by us
// or by others, cannot keep the bundle from being finished. If it is live,
// a tail stands behind that, so that the file is an archive at every moment.
//
//	0        next             held
//	| entries | kept in reserve | tail, if live |
type room struct {
	disk disk
	max  int64 // bytes that the file may grow to
	next int64 // where the next entry goes
	held int64 // everything below has been written, and so is ours
	tail *standing
}

var errMax = errors.New("the bundle has reached its largest size")

// put writes header and content of size bytes together at next and keeps
// reserve bytes behind them. If that does not fit, next stays where it was
// and the space stays ours.
func (r *room) put(header []byte, content packedContent, size, reserve int64) error {
	end := r.next + size
	if end+reserve+r.tail.len() > r.max {
		return errMax
	}
	if r.tail != nil && end+reserve > r.tail.at {
		if err := r.moveTail(end + reserve); err != nil {
			return err
		}
	}
	if err := content.put(r.disk, r.next+int64(len(header))); err != nil {
		return err
	}
	if _, err := r.disk.WriteAt(header, r.next); err != nil {
		return err
	}
	r.held = max(r.held, end)
	if err := r.hold(end + reserve); err != nil {
		return err
	}
	r.next = end
	return nil
}

// hold makes everything below end ours.
func (r *room) hold(end int64) error {
	filler := make([]byte, 32<<10)
	for r.held < end {
		n, err := r.disk.WriteAt(filler[:min(end-r.held, int64(len(filler)))], r.held)
		r.held += int64(n)
		if err != nil {
			return err
		}
	}
	return nil
}

// finish ends the file with t, whose length may exceed the reserve.
func (r *room) finish(t tail) error {
	end := r.next + t.len()
	if end > r.max {
		return errMax
	}
	if r.tail != nil && end > r.tail.at {
		if err := r.moveTail(end); err != nil {
			return err
		}
	}
	if _, err := r.disk.WriteAt(t.bytes(r.next), r.next); err != nil {
		return err
	}
	if err := r.disk.Truncate(end); err != nil {
		return err
	}
	r.held, r.tail = end, nil
	return r.disk.Sync()
}
