package bundle

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"io/fs"

	"github.com/klauspost/compress/flate"
)

// OpenFile opens a file of the bundle. It gives no more bytes than the
// manifest says, and at the end ErrDamaged in place of io.EOF if they were
// not those of the manifest's SHA-256. An unknown path is fs.ErrNotExist.
func (b *Reader) OpenFile(path string) (io.ReadCloser, error) {
	for i := range b.manifest.Files {
		if f := &b.manifest.Files[i]; f.Path == path {
			c, err := b.content(b.entry(f), f)
			if err != nil {
				return nil, err
			}
			return c, nil
		}
	}
	return nil, fmt.Errorf("open %q in the bundle: %w", path, fs.ErrNotExist)
}

// Verify reads every file and checks it. It ends early with ctx.
func (b *Reader) Verify(ctx context.Context) error {
	buf := make([]byte, 64<<10)
	for i := range b.manifest.Files {
		f := &b.manifest.Files[i]
		c, err := b.content(b.entry(f), f)
		if err != nil {
			return err
		}
		for {
			if err := ctx.Err(); err != nil {
				c.Close()
				return err
			}
			_, err := c.Read(buf)
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				c.Close()
				return err
			}
		}
		c.Close()
	}
	return nil
}

// content is one file's plain content, checked as it is read.
type content struct {
	path   string
	packed *bufio.Reader // what deflate has not taken yet
	plain  io.Reader
	left   int64       // bytes that may still come
	crc    hash.Hash32 // nil if encryption has checked it
	want   uint32
	sum    hash.Hash
	sha    string // "" is not checked
	err    error  // sticky, also io.EOF
}

// content opens an entry; f is nil for the manifest of a plain bundle.
func (b *Reader) content(e *entry, f *File) (*content, error) {
	c := &content{path: e.name, left: int64(e.plain), crc: crc32.NewIEEE(), want: e.crc, sum: sha256.New()}
	var src io.Reader = b.section(e)
	if f != nil {
		c.path, c.left, c.sha = f.Path, f.Size, f.SHA256
	}
	if b.encrypted {
		plain, err := unseal(c.path, b.section(e), b.identities)
		if err != nil {
			return nil, err
		}
		src, c.crc = plain, nil
	}
	// A bufio.Reader is an io.ByteReader, from which deflate takes no more than it needs.
	c.packed = bufio.NewReaderSize(src, 32<<10)
	c.plain = c.packed
	if e.method == deflated || b.encrypted {
		c.plain = flate.NewReader(c.packed)
	}
	return c, nil
}

// section is an entry as the archive has it.
func (b *Reader) section(e *entry) *io.SectionReader {
	return io.NewSectionReader(b.r, e.data(), int64(e.packed))
}

func (c *content) Read(p []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	if len(p) == 0 {
		return 0, nil
	}
	if c.left == 0 {
		c.err = c.end()
		return 0, c.err
	}
	n, err := c.plain.Read(p[:min(int64(len(p)), c.left)])
	c.left -= int64(n)
	if c.crc != nil {
		c.crc.Write(p[:n])
	}
	c.sum.Write(p[:n])
	switch {
	case errors.Is(err, io.EOF) && c.left > 0:
		c.err = c.damaged("is shorter than it says")
	case err != nil && !errors.Is(err, io.EOF):
		c.err = c.broken(err)
	}
	if n > 0 {
		return n, nil
	}
	return 0, c.err
}

// end checks what can only be checked once everything has been read.
func (c *content) end() error {
	var more [1]byte
	n, err := io.ReadFull(c.plain, more[:])
	if n > 0 {
		return c.damaged("is longer than it says")
	}
	if !errors.Is(err, io.EOF) {
		return c.broken(err)
	}
	if _, err := c.packed.ReadByte(); !errors.Is(err, io.EOF) {
		return c.damaged("has something behind its content")
	}
	if c.crc != nil && c.crc.Sum32() != c.want || c.sha != "" && hex.EncodeToString(c.sum.Sum(nil)) != c.sha {
		return c.damaged("is not what was collected: its checksum differs")
	}
	return io.EOF
}

// broken tells content that does not unpack from a disk that does not read.
func (c *content) broken(err error) error {
	var corrupt flate.CorruptInputError
	if errors.As(err, &corrupt) || errors.Is(err, errSealed) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return c.damaged("does not unpack")
	}
	return fmt.Errorf("read %q in the bundle: %w", c.path, err)
}

func (c *content) damaged(words string) error { return refuse(ErrDamaged, c.path, "%s", words) }

// Close ends reading.
func (c *content) Close() error {
	if c.err == nil {
		c.err = fs.ErrClosed
	}
	if z, ok := c.plain.(io.Closer); ok {
		return z.Close()
	}
	return nil
}
