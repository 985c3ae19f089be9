package picture

import (
	"bytes"
	"fmt"
	"io"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zstd"
)

// encodeWindow is how far back a stream refers, in bytes of operations. These
// are few: one page of text has about 50 kB, and 4 MiB save less than a
// hundredth more. The level saves a tenth against the fastest, the next one
// four hundredths more at twice the time.
const encodeWindow = 1 << 20

// deflater is the stream over all updates since the last fresh one.
type deflater struct {
	method Method
	out    bytes.Buffer
	to     interface {
		io.Writer
		Flush() error
		Reset(io.Writer)
	}
}

func newDeflater(m Method) (*deflater, error) {
	d := &deflater{method: m}
	switch m {
	case Zstd:
		z, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithEncoderConcurrency(1),
			zstd.WithWindowSize(encodeWindow), zstd.WithLowerEncoderMem(true), zstd.WithEncoderCRC(false))
		if err != nil {
			return nil, fmt.Errorf("make the compressor: %w", err)
		}
		d.to = z
	case Deflate:
		f, err := flate.NewWriter(nil, 3)
		if err != nil {
			return nil, fmt.Errorf("make the compressor: %w", err)
		}
		d.to = f
	default:
		return nil, fmt.Errorf("make the compressor: no method %d", m)
	}
	return d, nil
}

// update makes an update of operations; it is valid until the next call.
func (d *deflater) update(h header, ops []byte) ([]byte, error) {
	d.out.Reset()
	h.method, h.raw = d.method, len(ops)
	d.out.Write(h.append(d.out.AvailableBuffer()))
	if h.fresh {
		d.to.Reset(&d.out)
	}
	if _, err := d.to.Write(ops); err != nil {
		return nil, fmt.Errorf("compress a picture: %w", err)
	}
	if err := d.to.Flush(); err != nil {
		return nil, fmt.Errorf("compress a picture: %w", err)
	}
	return d.out.Bytes(), nil
}
