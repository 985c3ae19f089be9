package bundle

import (
	"bytes"
	"io"
)

// spoolMemory is how many packed bytes an open file keeps in memory before it
// goes to disk. Most evidence stays below.
const spoolMemory = 1 << 20

// scratch is a file that holds what memory should not, gone once closed.
type scratch interface {
	io.Writer
	io.ReaderAt
	io.Closer
}

// spool holds one file's packed content until its size is known, so that it
// enters the archive whole or not at all.
type spool struct {
	open func() (scratch, error)
	keep int // bytes that mem may hold
	mem  bytes.Buffer
	disk scratch // nil until mem is full
	size int64
}

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
		s.disk = d
	}
	n, err := s.disk.Write(p)
	s.size += int64(n)
	return n, err
}

// reader gives everything written so far.
func (s *spool) reader() io.Reader {
	if s.disk == nil {
		return bytes.NewReader(s.mem.Bytes())
	}
	rest := io.NewSectionReader(s.disk, 0, s.size-int64(s.mem.Len()))
	return io.MultiReader(bytes.NewReader(s.mem.Bytes()), rest)
}

func (s *spool) close() {
	s.mem = bytes.Buffer{}
	if s.disk != nil {
		s.disk.Close()
		s.disk = nil
	}
}
