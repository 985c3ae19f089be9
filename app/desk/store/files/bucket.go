package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"syscall"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// Bucket keeps objects at PREFIX/files/ab/… of an S3-compatible store, and the
// parts of unfinished files at PREFIX/uploads/ID/…, where any desk goes on
// with them. No part is ever changed.
type Bucket struct {
	client *minio.Client
	bucket string
	prefix string
	spool  *Folder // what is on its way; its disk bounds what is taken
}

// NewBucket connects to w, whose bucket has to be there already. What is on its
// way to it goes through files in the folder dir.
func NewBucket(ctx context.Context, w Where, dir string, disk Disk) (*Bucket, error) {
	spool, err := NewFolder(dir, disk)
	if err != nil {
		return nil, err
	}
	o := &minio.Options{
		Creds: credentials.NewStaticV4(w.AccessKey, w.SecretKey, ""), Secure: w.Secure, Region: w.Region, MaxRetries: 5,
	}
	if w.PathOnly {
		o.BucketLookup = minio.BucketLookupPath
	}
	client, err := minio.New(w.Endpoint, o)
	if err != nil {
		return nil, fmt.Errorf("open bucket %q: %w", w.Bucket, err)
	}
	is, err := client.BucketExists(ctx, w.Bucket)
	if err != nil {
		return nil, fmt.Errorf("open bucket %q: %w", w.Bucket, named(err))
	}
	if !is {
		return nil, fmt.Errorf("open bucket %q: %w", w.Bucket, fs.ErrNotExist)
	}
	return &Bucket{client: client, bucket: w.Bucket, prefix: w.Prefix, spool: spool}, nil
}

// named gives what a store says of nothing there and of no room the disk's names.
func named(err error) error {
	if err == nil {
		return nil
	}
	r := minio.ToErrorResponse(err)
	switch {
	case r.Code == minio.NoSuchKey || r.Code == "NotFound" && r.StatusCode == http.StatusNotFound:
		return fmt.Errorf("%w: %w", fs.ErrNotExist, err)
	case r.Code == "XMinioStorageFull" || r.Code == "QuotaExceeded" || r.Code == "EntityTooLarge" && r.StatusCode == http.StatusInsufficientStorage || r.StatusCode == http.StatusInsufficientStorage:
		return fmt.Errorf("%w: %w", syscall.ENOSPC, err)
	}
	return err
}

func (b *Bucket) object(k Key) string { return b.prefix + "files/" + k.path() }

func (b *Bucket) part(id string, name string) string { return b.prefix + "uploads/" + id + "/" + name }

// Room is part of Files. A bucket says by itself when it is full; what is on
// its way needs room here.
func (b *Bucket) Room(n int64) error { return b.spool.Room(n) }

// Drop is part of Files.
func (b *Bucket) Drop(ctx context.Context, id string, parts []Part) error {
	if err := checkUpload(id, parts); err != nil {
		return err
	}
	return b.clear(ctx, b.part(id, ""), func(string) bool { return true })
}

// Tidy is part of Files.
func (b *Bucket) Tidy(ctx context.Context, known func(string) bool) error {
	if err := b.spool.Tidy(ctx, func(string) bool { return false }); err != nil {
		return err
	}
	return b.clear(ctx, b.prefix+"uploads/", func(key string) bool {
		id := path.Base(path.Dir(key))
		return len(id) == 32 && isHex(id) && !known(id)
	})
}

// clear deletes what is below a prefix.
func (b *Bucket) clear(ctx context.Context, prefix string, which func(string) bool) error {
	ctx, stop := context.WithCancel(ctx) // ends the listing when this returns early
	defer stop()
	for o := range b.client.ListObjects(ctx, b.bucket, minio.ListObjectsOptions{Prefix: prefix, Recursive: true}) {
		if o.Err != nil {
			return fmt.Errorf("list %q in bucket %q: %w", prefix, b.bucket, named(o.Err))
		}
		if !strings.HasPrefix(o.Key, prefix) || !which(o.Key) {
			continue
		}
		if err := b.remove(ctx, o.Key); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (b *Bucket) remove(ctx context.Context, key string) error {
	err := named(b.client.RemoveObject(ctx, b.bucket, key, minio.RemoveObjectOptions{}))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove %q from bucket %q: %w", key, b.bucket, err)
	}
	return nil
}

// Open is part of Files.
func (b *Bucket) Open(ctx context.Context, key Key) (Content, error) {
	size, err := b.Size(ctx, key)
	if err != nil {
		return nil, err
	}
	return &bucketContent{ctx: ctx, bucket: b, key: b.object(key), size: size}, nil
}

// Size is part of Files.
func (b *Bucket) Size(ctx context.Context, key Key) (int64, error) {
	if err := key.check(); err != nil {
		return 0, err
	}
	st, err := b.client.StatObject(ctx, b.bucket, b.object(key), minio.StatObjectOptions{})
	if err != nil {
		return 0, fmt.Errorf("look at object %s: %w", key, named(err))
	}
	return st.Size, nil
}

// Remove is part of Files.
func (b *Bucket) Remove(ctx context.Context, key Key) error {
	if err := key.check(); err != nil {
		return err
	}
	return b.remove(ctx, b.object(key))
}

// bucketContent reads an object from wherever it is, one request a run of reads.
type bucketContent struct {
	ctx    context.Context // of the request that reads; an io.Reader has no other way
	bucket *Bucket
	key    string
	size   int64
	at     int64
	body   io.ReadCloser // at at; nil: none
}

func (c *bucketContent) Read(p []byte) (int, error) {
	if c.at >= c.size {
		return 0, io.EOF
	}
	if c.body == nil {
		o := minio.GetObjectOptions{}
		if err := o.SetRange(c.at, c.size-1); err != nil {
			return 0, err
		}
		core := minio.Core{Client: c.bucket.client}
		body, _, _, err := core.GetObject(c.ctx, c.bucket.bucket, c.key, o)
		if err != nil {
			return 0, named(err)
		}
		c.body = body
	}
	n, err := c.body.Read(p)
	c.at += int64(n)
	if errors.Is(err, io.EOF) && c.at < c.size {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

func (c *bucketContent) Seek(to int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		to += c.at
	case io.SeekEnd:
		to += c.size
	}
	if to < 0 {
		return 0, fs.ErrInvalid
	}
	if to != c.at && c.body != nil {
		_ = c.body.Close() // what is read next comes from elsewhere
		c.body = nil
	}
	c.at = to
	return to, nil
}

func (c *bucketContent) Close() error {
	if c.body == nil {
		return nil
	}
	return c.body.Close()
}
