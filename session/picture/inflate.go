package picture

import (
	"fmt"
	"io"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zstd"
)

// feed is the compressed bytes that have come.
type feed struct{ left []byte }

func (f *feed) Read(p []byte) (int, error) {
	if len(f.left) == 0 {
		return 0, io.EOF
	}
	n := copy(p, f.left)
	f.left = f.left[n:]
	return n, nil
}

func (f *feed) ReadByte() (byte, error) {
	if len(f.left) == 0 {
		return 0, io.EOF
	}
	b := f.left[0]
	f.left = f.left[1:]
	return b, nil
}

// inflater is the stream over all updates since the last fresh one.
type inflater struct {
	feed    feed
	method  Method    // 0 before the first fresh update
	out     io.Reader // of the method
	zstd    *zstd.Decoder
	deflate io.ReadCloser
}

// restart begins a new stream.
func (i *inflater) restart(m Method) error {
	i.method, i.feed.left = m, nil
	switch m {
	case Zstd:
		if i.zstd == nil {
			z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(window), zstd.WithDecoderLowmem(true))
			if err != nil {
				return fmt.Errorf("make the decompressor: %w", err)
			}
			i.zstd = z
		}
		i.out = i.zstd
		return i.zstd.Reset(&i.feed)
	case Deflate:
		if i.deflate == nil {
			i.deflate = flate.NewReader(&i.feed)
		}
		i.out = i.deflate
		return i.deflate.(flate.Resetter).Reset(&i.feed, nil)
	}
	return ErrUpdate
}

func (i *inflater) close() {
	if i.zstd != nil {
		i.zstd.Close()
	}
	i.method = 0
}

// raw is the operations of one update, read as they are inflated. The first
// thing that is wrong stays in err; what is read afterwards is zero.
type raw struct {
	from io.Reader
	left int    // bytes that are not inflated yet
	buf  []byte // inflated and not read: buf[at:]
	at   int
	err  error
}

const rawBuffer = 64 << 10

func (r *raw) reset(from io.Reader, length int) {
	r.from, r.left, r.buf, r.at, r.err = from, length, r.buf[:0], 0, nil
	if cap(r.buf) < rawBuffer {
		r.buf = make([]byte, 0, rawBuffer)
	}
}

func (r *raw) done() bool { return r.err != nil || r.left == 0 && r.at == len(r.buf) }

func (r *raw) bad() {
	if r.err == nil {
		r.err = ErrUpdate
	}
}

// take is the next n bytes, which are the caller's until the next call; nil if
// there are not so many.
func (r *raw) take(n int) []byte {
	if have := len(r.buf) - r.at; have < n {
		if r.err != nil || n-have > r.left {
			r.bad()
			return nil
		}
		r.more(n)
		if r.err != nil {
			return nil
		}
	}
	b := r.buf[r.at : r.at+n : r.at+n]
	r.at += n
	return b
}

// more inflates so that n bytes can be read, which are left.
func (r *raw) more(n int) {
	have := len(r.buf) - r.at
	whole := r.buf[:cap(r.buf)]
	if n > len(whole) {
		whole = make([]byte, n)
	}
	copy(whole, r.buf[r.at:])
	r.at = 0
	end := min(len(whole), have+r.left)
	if _, err := io.ReadFull(r.from, whole[have:end]); err != nil {
		r.err, r.buf = err, r.buf[:0]
		return
	}
	r.left -= end - have
	r.buf = whole[:end]
}

func (r *raw) byte() byte {
	if r.at < len(r.buf) {
		r.at++
		return r.buf[r.at-1]
	}
	if b := r.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (r *raw) varint() int {
	v := 0
	for shift := 0; shift < 35; shift += 7 {
		b := r.byte()
		v |= int(b&0x7f) << shift
		if b < 0x80 {
			if v >= 1<<31 {
				break
			}
			return v
		}
	}
	r.bad()
	return 0
}

func (r *raw) signed() int {
	v := r.varint()
	return v>>1 ^ -(v & 1)
}
