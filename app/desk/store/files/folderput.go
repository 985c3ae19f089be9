package files

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

const copyBuffer = 256 << 10 // bytes

// Assemble is part of Files. One part of this desk's own becomes the object by
// its name alone; others are copied, since somebody may still write to them.
func (f *Folder) Assemble(ctx context.Context, id string, parts []Part, key Key) error {
	if err := errors.Join(checkUpload(id, parts), key.check()); err != nil {
		return err
	}
	if len(parts) == 1 && f.own(parts[0]) {
		return f.place(f.part(id, parts[0].Name), key)
	}
	r, err := f.Read(ctx, id, parts)
	if err != nil {
		return err
	}
	defer r.Close()
	return f.put(ctx, f.part(id, random(8)), key, r)
}

// Read is part of Files.
func (f *Folder) Read(_ context.Context, id string, parts []Part) (io.ReadCloser, error) {
	if err := checkUpload(id, parts); err != nil {
		return nil, err
	}
	var all chain
	for _, p := range parts {
		file, err := os.Open(f.part(id, p.Name))
		if err != nil {
			return nil, errors.Join(fmt.Errorf("read upload: %w", err), all.Close())
		}
		all.add(&exactly{r: file, left: p.Size}, file)
	}
	return &all, nil
}

// chain reads one after the other and closes all.
type chain struct {
	readers []io.Reader
	close   []io.Closer
}

func (c *chain) add(r io.Reader, closer io.Closer) {
	c.readers, c.close = append(c.readers, r), append(c.close, closer)
}

func (c *chain) Read(p []byte) (int, error) {
	for len(c.readers) > 0 {
		n, err := c.readers[0].Read(p)
		if errors.Is(err, io.EOF) { // the end of this one alone
			c.readers, err = c.readers[1:], nil
		}
		if n > 0 || err != nil {
			return n, err
		}
	}
	return 0, io.EOF
}

func (c *chain) Close() error {
	var errs []error
	for _, one := range c.close {
		errs = append(errs, one.Close())
	}
	return errors.Join(errs...)
}

// exactly gives so many bytes, or says that there are fewer.
type exactly struct {
	r    io.Reader
	left int64
}

func (e *exactly) Read(p []byte) (int, error) {
	if e.left == 0 {
		return 0, io.EOF
	}
	n, err := e.r.Read(p[:min(int64(len(p)), e.left)])
	e.left -= int64(n)
	if errors.Is(err, io.EOF) && e.left > 0 {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// Put is part of Files.
func (f *Folder) Put(ctx context.Context, key Key, r io.Reader) error {
	if err := key.check(); err != nil {
		return err
	}
	return f.put(ctx, f.part(random(16), ""), key, r)
}

// put writes r into a file at path, checks it and makes it the object.
func (f *Folder) put(ctx context.Context, path string, key Key, r io.Reader) (err error) {
	file, err := f.disk.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("write object: %w", err)
	}
	placed := false
	defer func() {
		if !placed {
			err = errors.Join(err, file.Close(), remove(path))
		}
	}()
	sum := sha256.New()
	if _, err := io.CopyBuffer(io.MultiWriter(&offset{file: file}, sum), live{ctx, r}, make([]byte, copyBuffer)); err != nil {
		return fmt.Errorf("write object: %w", err)
	}
	if !is(sum, key) {
		return fmt.Errorf("write object %s: %w", key, ErrAltered)
	}
	if err := file.Sync(); err != nil {
		return fmt.Errorf("write object: %w", err)
	}
	if err := file.Close(); err != nil {
		return fmt.Errorf("write object: %w", err)
	}
	placed = true
	if err := f.place(path, key); err != nil {
		return errors.Join(err, remove(path))
	}
	return nil
}

// place gives a synced file its object's name, which is on disk afterwards.
func (f *Folder) place(path string, key Key) error {
	to := f.object(key)
	dir := filepath.Dir(to)
	if _, is := f.made.Load(dir); !is {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return fmt.Errorf("place object: %w", err)
		}
		if err := syncDir(f.objects()); err != nil {
			return fmt.Errorf("place object: %w", err)
		}
		f.made.Store(dir, true)
	}
	if err := os.Rename(path, to); err != nil {
		return fmt.Errorf("place object: %w", err)
	}
	if err := syncDir(dir); err != nil {
		return fmt.Errorf("place object: %w", err)
	}
	return nil
}

// Take is part of Files; the file is on the same disk.
func (f *Folder) Take(_ context.Context, path string, key Key) error {
	if err := key.check(); err != nil {
		return err
	}
	return f.place(path, key)
}

// offset writes one after the other.
type offset struct {
	file File
	at   int64
}

func (o *offset) Write(b []byte) (int, error) {
	n, err := o.file.WriteAt(b, o.at)
	o.at += int64(n)
	return n, err
}

// live ends with its context. It hides what else r can, so that the buffer is used.
type live struct {
	ctx context.Context
	r   io.Reader
}

func (l live) Read(p []byte) (int, error) {
	if err := l.ctx.Err(); err != nil {
		return 0, err
	}
	return l.r.Read(p)
}
