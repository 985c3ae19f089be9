package files

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"

	"github.com/minio/minio-go/v7"
)

// bucketPiece gathers a part in a file of this machine, so that a part is as
// long as what came, needs no memory, and can be sent again.
type bucketPiece struct {
	bucket *Bucket
	id     string
	path   string
	file   File
	start  int64 // of the next part
	at     int64 // bytes gathered
}

// Begin is part of Files.
func (b *Bucket) Begin(_ context.Context, id string, parts []Part) (Piece, error) {
	if err := checkUpload(id, parts); err != nil {
		return nil, err
	}
	return &bucketPiece{bucket: b, id: id, path: b.spool.part(random(16), ""), start: end(parts)}, nil
}

func (p *bucketPiece) Write(b []byte) (int, error) {
	if p.file == nil {
		f, err := p.bucket.spool.disk.OpenFile(p.path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return 0, fmt.Errorf("open part: %w", err)
		}
		p.file = f
	}
	n, err := p.file.WriteAt(b, p.at)
	p.at += int64(n)
	return n, err
}

func (p *bucketPiece) Commit(ctx context.Context, _ bool) (Part, error) {
	part := Part{At: p.start, Name: random(8), Size: p.at}
	if p.at == 0 {
		return part, nil
	}
	from, err := os.Open(p.path)
	if err != nil {
		return Part{}, fmt.Errorf("send part: %w", err)
	}
	defer from.Close()
	// With a length the client reads so much and no more; a reader that can seek lets it try again.
	if err := p.bucket.send(ctx, p.bucket.part(p.id, part.Name), io.NewSectionReader(from, 0, p.at), p.at); err != nil {
		return Part{}, err
	}
	if err := p.file.Truncate(0); err != nil {
		return Part{}, fmt.Errorf("send part: %w", err)
	}
	p.start, p.at = p.start+p.at, 0
	return part, nil
}

func (p *bucketPiece) Close() error {
	if p.file == nil {
		return nil
	}
	return errors.Join(p.file.Close(), remove(p.path))
}

func (b *Bucket) send(ctx context.Context, key string, r io.Reader, size int64) error {
	_, err := b.client.PutObject(ctx, b.bucket, key, r, size, minio.PutObjectOptions{
		ContentType: "application/octet-stream", PartSize: partSize, NumThreads: 1, SendContentMd5: true,
		DisableContentSha256: size == 0, // there is nothing to sign, and its frame has no length
	})
	if err != nil {
		return fmt.Errorf("send %q to bucket %q: %w", key, b.bucket, named(err))
	}
	return nil
}

// partSize is how long the pieces are that one long object is sent in, in bytes;
// one is held in memory when it cannot be read again.
const partSize = 16 << 20

// Assemble is part of Files. One part is copied within the bucket; several go
// through here.
func (b *Bucket) Assemble(ctx context.Context, id string, parts []Part, key Key) error {
	if err := errors.Join(checkUpload(id, parts), key.check()); err != nil {
		return err
	}
	if len(parts) == 1 {
		_, err := b.client.CopyObject(ctx, minio.CopyDestOptions{Bucket: b.bucket, Object: b.object(key)},
			minio.CopySrcOptions{Bucket: b.bucket, Object: b.part(id, parts[0].Name)})
		if err != nil {
			return fmt.Errorf("place object %s: %w", key, named(err))
		}
		return nil
	}
	r, err := b.Read(ctx, id, parts)
	if err != nil {
		return err
	}
	defer r.Close()
	return b.put(ctx, key, r, end(parts))
}

// Read is part of Files.
func (b *Bucket) Read(ctx context.Context, id string, parts []Part) (io.ReadCloser, error) {
	if err := checkUpload(id, parts); err != nil {
		return nil, err
	}
	var all chain
	for _, p := range parts {
		c := &bucketContent{ctx: ctx, bucket: b, key: b.part(id, p.Name), size: p.Size}
		all.add(c, c)
	}
	return &all, nil
}

// Put is part of Files. The content goes through a file, so that nothing of
// another hash is ever in the bucket under the key.
func (b *Bucket) Put(ctx context.Context, key Key, r io.Reader) error {
	if err := key.check(); err != nil {
		return err
	}
	return b.put(ctx, key, r, -1)
}

func (b *Bucket) put(ctx context.Context, key Key, r io.Reader, size int64) error {
	path := b.spool.part(random(16), "")
	f, err := b.spool.disk.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("place object %s: %w", key, err)
	}
	sum := sha256.New()
	n, err := io.CopyBuffer(io.MultiWriter(&offset{file: f}, sum), live{ctx, r}, make([]byte, copyBuffer))
	if err == nil && (!is(sum, key) || size >= 0 && n != size) {
		err = ErrAltered
	}
	if err == nil {
		var from *os.File
		if from, err = os.Open(path); err == nil {
			err = errors.Join(b.send(ctx, b.object(key), io.NewSectionReader(from, 0, n), n), from.Close())
		}
	}
	if err = errors.Join(err, f.Close(), remove(path)); err != nil {
		return fmt.Errorf("place object %s: %w", key, err)
	}
	return nil
}

// is says whether what was summed up is the key's content.
func is(sum hash.Hash, key Key) bool {
	want, err := hex.DecodeString(key.Hash())
	return err == nil && bytes.Equal(sum.Sum(nil), want)
}

// Take is part of Files.
func (b *Bucket) Take(ctx context.Context, path string, key Key) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("take file: %w", err)
	}
	if err := errors.Join(b.Put(ctx, key, f), f.Close()); err != nil {
		return err
	}
	return remove(path)
}
