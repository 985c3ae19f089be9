package bundle

import (
	"bytes"
	"errors"
	"io"
)

// spoolMemory is how many packed bytes an open file keeps in memory before it
// goes to disk. Most evidence stays below.
const spoolMemory = 256 << 10

// scratch is a file that holds what memory should not, gone once closed.
type scratch interface {
	io.Writer
	io.ReaderAt
	io.Closer
	Truncate(size int64) error
}

// spool holds one file's packed content until its size is known, so that it
// enters the archive whole or not at all.
type spool struct {
	open func() (scratch, error)
	keep int // bytes that mem may hold
	mem  bytes.Buffer
	disk scratch // nil until mem is full
	wait []byte  // what is not on disk yet
	size int64
}

// spoolBlock is how much goes to disk at once: deflate writes 250 bytes at a
// time, and asking the system for each took a tenth of a run's time.
const spoolBlock = 64 << 10

func (s *spool) Write(p []byte) (int, error) {
	if s.disk == nil {
		if s.mem.Len()+len(p) <= s.keep {
			n, err := s.mem.Write(p)
			s.size += int64(n)
			return n, err
		}
		d, err := s.open()
		if err != nil {
			return 0, err
		}
		s.disk, s.wait = d, make([]byte, 0, spoolBlock)
	}
	if len(s.wait)+len(p) > cap(s.wait) {
		if err := s.flush(); err != nil {
			return 0, err
		}
	}
	if len(p) >= cap(s.wait) {
		n, err := s.disk.Write(p)
		s.size += int64(n)
		return n, err
	}
	s.wait = append(s.wait, p...)
	s.size += int64(len(p))
	return len(p), nil
}

// flush puts on disk what waits for that.
func (s *spool) flush() error {
	if len(s.wait) == 0 {
		return nil
	}
	_, err := s.disk.Write(s.wait)
	s.wait = s.wait[:0]
	return err
}

// put writes everything at an offset. What is on disk goes last block first,
// and each block is given back once it is written: the content never needs
// its space twice.
func (s *spool) put(w io.WriterAt, at int64) error {
	if err := s.flush(); err != nil {
		return err
	}
	mem := s.mem.Bytes()
	if left := s.size - int64(len(mem)); left > 0 {
		block := make([]byte, min(left, 256<<10))
		for left > 0 {
			n := (left-1)%int64(len(block)) + 1
			if _, err := s.disk.ReadAt(block[:n], left-n); err != nil && !errors.Is(err, io.EOF) {
				return err
			}
			left -= n
			if _, err := w.WriteAt(block[:n], at+int64(len(mem))+left); err != nil {
				return err
			}
			if err := s.disk.Truncate(left); err != nil {
				return err
			}
		}
	}
	_, err := w.WriteAt(mem, at)
	return err
}

func (s *spool) close() {
	s.mem, s.wait = bytes.Buffer{}, nil
	if s.disk != nil {
		s.disk.Close()
		s.disk = nil
	}
}

// section is packed content of another archive.
type section struct{ *io.SectionReader }

func (s section) put(w io.WriterAt, at int64) error {
	n, err := io.Copy(io.NewOffsetWriter(w, at), s.SectionReader)
	if err == nil && n != s.Size() {
		err = io.ErrUnexpectedEOF
	}
	return err
}
