package bundle

import (
	"context"
	"errors"
	"io"
)

var errNotYet = errors.New("not built yet")

// Writer writes one bundle.
type Writer struct{}

// Create begins a bundle.
func Create(path string, m Manifest) (*Writer, error) { return nil, errNotYet }

// Reader reads one bundle.
type Reader struct{}

// Open opens a bundle.
func Open(path string) (*Reader, error) { return nil, errNotYet }

// NewReader reads a bundle from r.
func NewReader(r io.ReaderAt, size int64) (*Reader, error) { return nil, errNotYet }

// Manifest returns the manifest.
func (*Reader) Manifest() Manifest { return Manifest{} }

// OpenFile opens one file; its SHA-256 is checked at EOF.
func (*Reader) OpenFile(path string) (io.ReadCloser, error) { return nil, errNotYet }

// Verify reads everything.
func (*Reader) Verify(ctx context.Context) error { return errNotYet }

// Close closes the bundle.
func (*Reader) Close() error { return nil }

// Select copies src to dst without what keep refuses.
func Select(dst string, src *Reader, keep func(File) bool) error { return errNotYet }
