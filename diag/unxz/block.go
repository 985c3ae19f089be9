package unxz

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"

	"github.com/ulikunitz/xz/lzma"
)

// blockBegin reads a block's header, refuses what takes too much memory, and
// opens the block.
func (x *reader) blockBegin(size byte) error {
	rest, err := x.take(int(size)*4 + 3)
	if err != nil {
		return err
	}
	head := append([]byte{size}, rest...)
	body := head[:len(head)-4]
	if binary.LittleEndian.Uint32(head[len(body):]) != crc32.ChecksumIEEE(body) {
		return errDamaged
	}
	flags, fields := body[1], bytes.NewReader(body[2:])
	if flags&0x3f != 0 {
		return errors.New("it is packed in a way that is not known here, with more than LZMA2")
	}
	most := int64(lzma.MaxDictCap)
	for i, bit := range []byte{0x40, 0x80} { // packed and plain size, if they are there
		if flags&bit == 0 {
			continue
		}
		n, err := varint(fields)
		if err != nil {
			return err
		}
		if i == 1 {
			most = max(n, lzma.MinDictCap) // a dictionary never holds more than there is
		}
	}
	var filter [3]byte
	if _, err := io.ReadFull(fields, filter[:]); err != nil || filter[0] != lzma2 || filter[1] != 1 {
		return errors.New("it is packed in a way that is not known here, without LZMA2")
	}
	need, err := lzma.DecodeDictCap(filter[2])
	if err != nil {
		return errDamaged
	}
	if need = min(need, most); need > x.memory {
		return &MemoryError{need, x.memory}
	}
	x.sum, x.begin = x.check(), x.read
	block, err := lzma.Reader2Config{DictCap: int(max(need, lzma.MinDictCap))}.NewReader2(content{x})
	x.block = block
	return err
}

// blockEnd reads a block's padding and compares its check.
func (x *reader) blockEnd() error {
	if pad := int(-(x.read - x.begin) & 3); pad > 0 {
		if _, err := x.take(pad); err != nil {
			return whole(err)
		}
	}
	got := x.sum.Sum(nil)
	want, err := x.take(len(got))
	if err != nil {
		return whole(err)
	}
	if x.sum.BlockSize() == 1 { // of Go's CRCs, which give the highest byte first, as .xz does not
		for i, j := 0, len(got)-1; i < j; i, j = i+1, j-1 {
			got[i], got[j] = got[j], got[i]
		}
	}
	if !bytes.Equal(got, want) {
		return errDamaged
	}
	return nil
}

// index reads the list of blocks, whose 0 has been read, and the footer.
func (x *reader) index() error {
	begin := x.read - 1
	n, err := varint(content{x})
	if err != nil {
		return err
	}
	for range n {
		for range 2 {
			if _, err := varint(content{x}); err != nil {
				return err
			}
		}
	}
	rest, err := x.take(int(-(x.read-begin)&3) + 4 + footer)
	if err == nil && string(rest[len(rest)-2:]) != "YZ" {
		err = errDamaged
	}
	return err
}

// varint reads a number of up to nine bytes, seven bits each (section 1.2).
func varint(r io.ByteReader) (n int64, err error) {
	for shift := 0; shift < 63; shift += 7 {
		b, err := r.ReadByte()
		if err != nil {
			return 0, err
		}
		n |= int64(b&0x7f) << shift
		if b < 0x80 {
			return n, nil
		}
	}
	return 0, errDamaged
}

// content counts what a block takes, to the byte.
type content struct{ x *reader }

func (c content) Read(p []byte) (int, error) {
	n, err := c.x.r.Read(p)
	c.x.read += int64(n)
	return n, err
}

func (c content) ReadByte() (byte, error) {
	b, err := c.x.r.ReadByte()
	if err == nil {
		c.x.read++
	}
	return b, err
}

// noCheck is of streams without any.
type noCheck struct{}

func (noCheck) Write(p []byte) (int, error) { return len(p), nil }
func (noCheck) Sum(b []byte) []byte         { return b }
func (noCheck) Reset()                      {}
func (noCheck) Size() int                   { return 0 }
func (noCheck) BlockSize() int              { return 1 }
