package collect

import (
	"bytes"
	"compress/bzip2"
	"context"
	"errors"
	"io"
	"runtime"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/beistand/beistand/diag/facts"
	"github.com/beistand/beistand/diag/unxz"
)

// packing is how a rotated log is packed; its name may say otherwise, so the
// first bytes decide.
type packing string

const (
	unpacked packing = ""
	gzipped  packing = "gzip"
	bzipped  packing = "bzip2"
	zstded   packing = "zstd"
	xzed     packing = "xz"
	zipped   packing = "zip"
)

// xzMagic is how .xz files begin.
const xzMagic = "\xfd7zXZ\x00"

func packingOf(head []byte) packing {
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b, 8}):
		return gzipped
	case bytes.HasPrefix(head, []byte("BZh")) && len(head) > 9 && bytes.HasPrefix(head[4:], []byte{0x31, 0x41, 0x59, 0x26, 0x53, 0x59}):
		return bzipped
	case bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		return zstded
	case bytes.HasPrefix(head, []byte(xzMagic)):
		return xzed
	case bytes.HasPrefix(head, []byte(zipLocal)):
		return zipped
	}
	return unpacked
}

// unpackMemory is what a window or a dictionary may take; logs packed with
// more are refused. xz takes as much with -7, and half of it by itself.
const unpackMemory = 16 << 20

// errMemory refuses what would take too much memory.
var errMemory = errors.New("it takes more memory than the " + facts.Size(unpackMemory) + " that may be taken")

// large says whether unpacking takes memory that only one log at a time may have.
func (p packing) large() bool { return p == zstded || p == xzed }

// open unpacks r. Close frees what unpacking holds, and leaves r alone.
func (p packing) open(r *io.SectionReader) (io.ReadCloser, error) {
	switch p {
	case gzipped:
		return gzip.NewReader(r)
	case bzipped:
		return io.NopCloser(bzip2.NewReader(r)), nil
	case zstded:
		d, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(unpackMemory), zstd.WithDecoderMaxWindow(unpackMemory), zstd.WithDecoderLowmem(true))
		if err != nil {
			return nil, err
		}
		return zstdReader{d}, nil
	case xzed:
		return unxz.NewReader(r, unpackMemory)
	case zipped:
		return newZipReader(r)
	}
	return io.NopCloser(r), nil
}

// zstdReader says in words what this program's bound refuses.
type zstdReader struct{ d *zstd.Decoder }

func (z zstdReader) Read(p []byte) (int, error) {
	n, err := z.d.Read(p)
	if errors.Is(err, zstd.ErrWindowSizeExceeded) || errors.Is(err, zstd.ErrDecoderSizeExceeded) {
		err = errMemory
	}
	return n, err
}

func (z zstdReader) Close() error {
	z.d.Close()
	return nil
}

// turns lets one log at a time take the memory for unpacking, of all that are
// collected in one run.
type turns chan struct{}

func newTurns() turns { return make(turns, 1) }

func (t turns) take(ctx context.Context) error {
	select {
	case t <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// turn is a reader that gives its turn back when it is closed.
type turn struct {
	io.ReadCloser
	of turns
}

func (t *turn) Close() error {
	err := t.ReadCloser.Close()
	t.ReadCloser = nil
	runtime.GC() // the next one's memory must not come on top of this one's
	<-t.of
	return err
}

// unpack gives the unpacked content from its beginning on.
func (p *piece) unpack(ctx context.Context) (io.ReadCloser, error) {
	large := p.packing.large()
	if large {
		if err := p.turns.take(ctx); err != nil {
			return nil, err
		}
	}
	info, err := p.f.Stat()
	if err != nil {
		return nil, err
	}
	r, err := p.packing.open(io.NewSectionReader(p.f, 0, info.Size()))
	switch {
	case large && err != nil:
		<-p.turns
	case large:
		r = &turn{r, p.turns}
	}
	return r, err
}
