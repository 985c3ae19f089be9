// Package unxz unpacks .xz streams in bounded memory.
package unxz

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"hash/crc64"
	"io"
)

// The container is that of the .xz file format 1.2.1, sections 2 to 4. It is
// read here, and only what is in its blocks by a library, since the library
// would take as much memory as any block asks for.
const (
	magic  = "\xfd7zXZ\x00"
	footer = 12
	lzma2  = 0x21 // the one filter that text is packed with
)

var errDamaged = errors.New("it is damaged")

// reader reads streams that follow each other.
type reader struct {
	r      *bufio.Reader
	memory int64 // that a dictionary may take, in bytes
	read   int64 // bytes
	check  func() hash.Hash
	block  io.Reader // nil between blocks
	sum    hash.Hash
	begin  int64 // of the block's content
	err    error // sticky
}

// MemoryError refuses what would take too much memory.
type MemoryError struct{ Need, Most int64 } // bytes

func (e *MemoryError) Error() string {
	return fmt.Sprintf("it takes %.1f MB of memory, and no more than %.1f MB may be taken", float64(e.Need)/(1<<20), float64(e.Most)/(1<<20))
}

// NewReader unpacks the streams that r has, one after the other. A dictionary
// of more than memory bytes is refused with a *MemoryError.
func NewReader(r io.Reader, memory int64) (io.ReadCloser, error) {
	x := &reader{r: bufio.NewReaderSize(r, 64<<10), memory: memory}
	if err := x.stream(); err != nil {
		return nil, whole(err)
	}
	if err := x.next(); err != nil && !errors.Is(err, io.EOF) {
		return nil, whole(err)
	} else if err != nil {
		x.err = io.EOF
	}
	return x, nil
}

// whole says of an end at the wrong place that it is one.
func whole(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

func (x *reader) Close() error {
	x.block, x.err = nil, errors.New("it is closed")
	return nil
}

func (x *reader) Read(p []byte) (int, error) {
	for x.err == nil && len(p) > 0 {
		n, err := x.block.Read(p)
		x.sum.Write(p[:n])
		if errors.Is(err, io.EOF) {
			if err = x.blockEnd(); err == nil {
				err = x.next()
			}
		} else {
			err = whole(err)
		}
		x.err = err
		if n > 0 {
			return n, nil
		}
	}
	return 0, x.err
}

// take reads n bytes.
func (x *reader) take(n int) ([]byte, error) {
	b := make([]byte, n)
	m, err := io.ReadFull(x.r, b)
	x.read += int64(m)
	return b, err
}

// stream reads a stream's header.
func (x *reader) stream() error {
	b, err := x.take(12)
	switch {
	case err != nil:
		return err
	case string(b[:6]) != magic || binary.LittleEndian.Uint32(b[8:]) != crc32.ChecksumIEEE(b[6:8]) || b[6] != 0:
		return errDamaged
	}
	switch b[7] {
	case 0:
		x.check = func() hash.Hash { return noCheck{} }
	case 1:
		x.check = func() hash.Hash { return crc32.NewIEEE() }
	case 4:
		x.check = func() hash.Hash { return crc64.New(crc64.MakeTable(crc64.ECMA)) }
	case 10:
		x.check = sha256.New
	default:
		return fmt.Errorf("its check is of an unknown kind, %d", b[7])
	}
	return nil
}

// next comes to the next block, maybe in a further stream, or to io.EOF.
func (x *reader) next() error {
	for x.block = nil; ; {
		size, err := x.take(1)
		if err != nil {
			return whole(err)
		}
		if size[0] != 0 {
			return whole(x.blockBegin(size[0]))
		}
		if err := x.index(); err != nil {
			return whole(err)
		}
		if err := x.padding(); err != nil { // also io.EOF, where it belongs
			return err
		}
		if err := x.stream(); err != nil {
			return whole(err)
		}
	}
}

// padding reads zeros in fours between streams, up to the end or the next one.
func (x *reader) padding() error {
	for {
		b, err := x.r.Peek(4)
		switch {
		case len(b) == 0 && errors.Is(err, io.EOF):
			return io.EOF
		case err != nil:
			return whole(err)
		case !bytes.Equal(b, make([]byte, 4)):
			return nil
		}
		if _, err := x.take(4); err != nil {
			return whole(err)
		}
	}
}
