package collect

import (
	"bytes"
	"io"
	"maps"
	"slices"
	"testing"
)

// memSink keeps what a collector stores.
type memSink struct {
	files map[string]*memFile
}

type memFile struct {
	FileInfo
	bytes.Buffer
	closed bool
}

func (f *memFile) Close() error {
	f.closed = true
	return nil
}

func (s *memSink) Create(path string, f FileInfo) (io.WriteCloser, error) {
	if s.files == nil {
		s.files = map[string]*memFile{}
	}
	file := &memFile{FileInfo: f}
	s.files[path] = file
	return file, nil
}

func (s *memSink) paths() []string { return slices.Sorted(maps.Keys(s.files)) }

// only gives the one file that a collector stored.
func (s *memSink) only(t *testing.T) *memFile {
	t.Helper()
	if len(s.files) != 1 {
		t.Fatalf("files: %v", s.paths())
	}
	f := s.files[s.paths()[0]]
	if !f.closed {
		t.Error("the file was not closed")
	}
	return f
}
