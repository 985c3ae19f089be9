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

// room is the file's space. Behind the entries it always holds written space
// for manifest and directory, so that a disk that fills up meanwhile, by us
// or by others, cannot keep the bundle from being finished.
//
//	0        next             held
//	| entries | kept in reserve |
type room struct {
	disk disk
	max  int64 // bytes that the file may grow to
	next int64 // where the next entry goes
	held int64 // everything below has been written, and so is ours
}

var errMax = errors.New("the bundle has reached its largest size")

// put writes src's size bytes at next and keeps reserve bytes behind them.
// If that does not fit, next stays where it was and the space stays ours.
func (r *room) put(src io.Reader, size, reserve int64) error {
	if r.next+size+reserve > r.max {
		return errMax
	}
	w := &holding{r, r.next}
	n, err := io.Copy(w, io.LimitReader(src, size))
	if err != nil {
		return err
	}
	if n != size {
		return io.ErrUnexpectedEOF
	}
	if err := r.hold(r.next + size + reserve); err != nil {
		return err
	}
	r.next += size
	return nil
}

// hold makes everything below end ours.
func (r *room) hold(end int64) error {
	w := &holding{r, r.held}
	filler := make([]byte, 32<<10)
	for w.at < end {
		if _, err := w.Write(filler[:min(end-w.at, int64(len(filler)))]); err != nil {
			return err
		}
	}
	return nil
}

// finish ends the file with tail, whose length may exceed the reserve.
func (r *room) finish(tail []byte) error {
	end := r.next + int64(len(tail))
	if end > r.max {
		return errMax
	}
	if _, err := (&holding{r, r.next}).Write(tail); err != nil {
		return err
	}
	if err := r.disk.Truncate(end); err != nil {
		return err
	}
	r.held = end
	return r.disk.Sync()
}

// holding writes from at on and notes what has become ours.
type holding struct {
	room *room
	at   int64
}

func (h *holding) Write(p []byte) (int, error) {
	n, err := h.room.disk.WriteAt(p, h.at)
	h.at += int64(n)
	h.room.held = max(h.room.held, h.at)
	return n, err
}
