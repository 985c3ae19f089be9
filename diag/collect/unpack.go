package collect

import (
	"bytes"
	"compress/bzip2"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// packing is how a rotated log is packed; its name may say otherwise, so the
// first bytes decide.
type packing string

const (
	unpacked packing = ""
	gzipped  packing = "gzip"
	bzipped  packing = "bzip2"
	zstded   packing = "zstd"
)

func packingOf(head []byte) packing {
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b, 8}):
		return gzipped
	case bytes.HasPrefix(head, []byte("BZh")) && len(head) > 9 && bytes.HasPrefix(head[4:], []byte{0x31, 0x41, 0x59, 0x26, 0x53, 0x59}):
		return bzipped
	case bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		return zstded
	}
	return unpacked
}

// zstdMemory is what unpacking may take; logs packed with more are refused.
const zstdMemory = 16 << 20

// open unpacks r. Close frees what unpacking holds, and leaves r alone.
func (p packing) open(r io.Reader) (io.ReadCloser, error) {
	switch p {
	case gzipped:
		return gzip.NewReader(r)
	case bzipped:
		return io.NopCloser(bzip2.NewReader(r)), nil
	case zstded:
		d, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(zstdMemory), zstd.WithDecoderLowmem(true))
		if err != nil {
			return nil, err
		}
		return d.IOReadCloser(), nil
	}
	return io.NopCloser(r), nil
}
