package collect

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"

	"github.com/klauspost/compress/flate"
)

// The records are those of PKWARE's APPNOTE 6.3.9, sections 4.3.7 and 4.3.16.
const (
	zipLocal      = "PK\x03\x04"
	zipEnd        = "PK\x05\x06"
	zipLocalLen   = 30
	zipEndLen     = 22
	zipMaxComment = 1<<16 - 1
)

var errZip = errors.New("it is damaged")

// zipReader reads an archive's only file, from its beginning on: a program
// that rotates its log packs one. The archive's directory says how many there
// are and what it should be; a file that breaks off has none.
type zipReader struct {
	io.ReadCloser
	sum  uint32
	n    int64
	dir  bool // sum and size are known:
	want uint32
	size int64
	err  error
}

func newZipReader(r *io.SectionReader) (io.ReadCloser, error) {
	z := &zipReader{}
	if err := z.directory(r); err != nil {
		return nil, err
	}
	head := make([]byte, zipLocalLen)
	if _, err := r.ReadAt(head, 0); err != nil {
		return nil, whole(err)
	}
	le := binary.LittleEndian
	flags, method := le.Uint16(head[6:]), le.Uint16(head[8:])
	data := zipLocalLen + int64(le.Uint16(head[26:])) + int64(le.Uint16(head[28:]))
	switch {
	case flags&1 != 0:
		return nil, errors.New("a password protects it")
	case method == 8:
		z.ReadCloser = flate.NewReader(io.NewSectionReader(r, data, r.Size()-data))
	case method == 0 && flags&8 == 0:
		z.ReadCloser = io.NopCloser(io.NewSectionReader(r, data, int64(le.Uint32(head[18:]))))
	default:
		return nil, fmt.Errorf("its kind of packing is not known here, %d", method)
	}
	return z, nil
}

// whole says of an end at the wrong place that it is one.
func whole(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// directory looks for the archive's end, and refuses more than one file.
func (z *zipReader) directory(r *io.SectionReader) error {
	tail := make([]byte, min(r.Size(), zipEndLen+zipMaxComment))
	if _, err := r.ReadAt(tail, r.Size()-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	at := bytes.LastIndex(tail, []byte(zipEnd))
	if at < 0 || at+zipEndLen > len(tail) {
		return nil
	}
	le := binary.LittleEndian
	if n := le.Uint16(tail[at+10:]); n != 1 {
		return fmt.Errorf("it is an archive of %d files", n)
	}
	entry := make([]byte, 46)
	if _, err := r.ReadAt(entry, int64(le.Uint32(tail[at+16:]))); err != nil || string(entry[:4]) != "PK\x01\x02" {
		return errZip
	}
	z.dir, z.want, z.size = true, le.Uint32(entry[16:]), int64(le.Uint32(entry[24:]))
	return nil
}

func (z *zipReader) Read(p []byte) (int, error) {
	if z.err != nil {
		return 0, z.err
	}
	n, err := z.ReadCloser.Read(p)
	z.sum = crc32.Update(z.sum, crc32.IEEETable, p[:n])
	z.n += int64(n)
	if errors.Is(err, io.EOF) && z.dir && (z.sum != z.want || int64(uint32(z.n)) != z.size) {
		err = errZip
	}
	z.err = err
	return n, err
}
