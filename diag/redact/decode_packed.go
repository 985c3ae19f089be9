package redact

import (
	"compress/bzip2"
	"errors"
	"fmt"
	"io"
	"sync/atomic"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"

	"github.com/beistand/beistand/diag/unxz"
)

const (
	// maxDepth is how many packings may be inside each other.
	maxDepth = 2
	// packMemory is what a window or a dictionary may take, in bytes; what
	// takes more is refused. xz takes half of it by itself.
	packMemory = 16 << 20
	// maxUnpacked bounds what one file may unpack to, in bytes.
	maxUnpacked = int64(16) << 30
	// Text above bombSize that is more than bombRatio times what was read is
	// an attack; deflate itself ends at 1032.
	bombSize  = 64 << 20
	bombRatio = 500
)

// sizes counts what one file has and what it unpacks to.
type sizes struct {
	in    atomic.Int64
	text  atomic.Int64
	limit int64
	bomb  int64
}

func newSizes(limit, bomb int64) *sizes {
	if limit <= 0 {
		limit = maxUnpacked
	}
	if bomb <= 0 {
		bomb = bombSize
	}
	return &sizes{limit: limit, bomb: bomb}
}

var (
	errLarge = errors.New("it is larger than can be redacted")
	errBomb  = errors.New("its content is so uniform that it looks like an attack when unpacked")
)

// out counts bytes of text.
func (s *sizes) out(n int) error {
	text := s.text.Add(int64(n))
	switch {
	case text > s.limit:
		return errLarge
	case text > s.bomb && text/bombRatio > s.in.Load():
		return errBomb
	}
	return nil
}

// unpacker unpacks, redacts and packs what is written to it, on a goroutine of
// its own that ends with Close.
type unpacker struct {
	pipe *io.PipeWriter
	done chan error // has one error, which may be nil
}

func newUnpacker(d *Decoder) *unpacker {
	r, w := io.Pipe()
	u := &unpacker{pipe: w, done: make(chan error, 1)}
	go func() {
		if d.o.Begin != nil {
			d.o.Begin()
		}
		err := d.repack(r)
		r.CloseWithError(errors.Join(err, io.ErrClosedPipe)) // whoever writes more is told why nobody reads
		u.done <- err
	}()
	return u
}

func (u *unpacker) Write(p []byte) (int, error) { return u.pipe.Write(p) }

func (u *unpacker) Close() error {
	u.pipe.Close()
	return <-u.done
}

// repack writes what r unpacks to, redacted and packed again.
func (d *Decoder) repack(r io.Reader) error {
	refuse := func(err error) error {
		reason := fmt.Sprintf("it cannot be unpacked: %v", err)
		return &Refused{Inside: d.o.inside, Reason: reason}
	}
	plain, err := d.packed.open(r)
	if err != nil {
		return refuse(err)
	}
	defer plain.Close()
	out, err := d.packed.create(d.dst)
	if err != nil {
		return err
	}
	o := d.o
	o.depth++
	inner := Decode(out, d.rules, d.names, o)
	buf := make([]byte, 32<<10)
	for {
		n, err := plain.Read(buf)
		if _, werr := inner.Write(buf[:n]); werr != nil {
			return errors.Join(inner.Close(), out.Close())
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			_ = inner.Close()
			_ = out.Close()
			return refuse(err)
		}
	}
	if err := inner.Close(); err != nil {
		_ = out.Close()
		return err
	}
	return out.Close()
}

// open unpacks r.
func (p packing) open(r io.Reader) (io.ReadCloser, error) {
	switch p {
	case gzipped:
		return gzip.NewReader(r)
	case zstded:
		z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(packMemory), zstd.WithDecoderLowmem(true))
		if err != nil {
			return nil, err
		}
		return z.IOReadCloser(), nil
	case xzed:
		return unxz.NewReader(r, packMemory)
	}
	return io.NopCloser(bzip2.NewReader(r)), nil
}

// create packs into w; the compressors take a few MiB each.
func (p packing) create(w io.Writer) (io.WriteCloser, error) {
	switch p {
	case zstded:
		return zstd.NewWriter(w, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20), zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithLowerEncoderMem(true))
	case xzed:
		return xz.WriterConfig{DictCap: 1 << 20}.NewWriter(w)
	}
	return gzip.NewWriterLevel(w, 4)
}
