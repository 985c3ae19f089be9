package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding"
	"errors"
	"fmt"
	"hash"
	"io"
	"sync"
	"time"

	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/files"
)

const (
	copyBuffer = 256 << 10 // bytes read and written at once
	commitStep = 8 << 20   // bytes without a checksum of their own that a crash may cost
)

// Sum is the checksum that one piece of an upload must have.
type Sum struct {
	Hash hash.Hash
	Want []byte
}

// Append writes what body gives behind u.Offset and moves the offset once the
// bytes are on disk. With a sum it is all or nothing: a piece that is cut or
// altered leaves no byte behind. Without one, what came before a break is kept.
// The upload comes back with its new offset also beside an error, which is a
// *BodyError, ErrChecksum, ErrTooLong, ErrNoSpace or the disk's.
//
// The last piece is not written down by itself: FinishUpload does both in one.
// Until then a crash costs that piece.
//
// Only one Append of an upload may run at a time in one desk; of two desks, one
// gets ErrConflict. ctx's end does not stop it, body's does.
func (s *Store) Append(ctx context.Context, u Upload, body io.Reader, sum *Sum, expires time.Time) (_ Upload, err error) {
	ctx = context.WithoutCancel(ctx)
	if !validID(u.ID) || u.Done {
		return u, fmt.Errorf("append to upload: %w", ErrNotFound)
	}
	if err := s.room(0); err != nil {
		return u, fmt.Errorf("append to upload: %w", err)
	}
	digest, err := s.digest(ctx, u)
	if err != nil {
		return u, fmt.Errorf("append to upload: %w", err)
	}
	piece, err := s.files.Begin(ctx, u.ID, u.parts)
	if err != nil {
		return u, fmt.Errorf("append to upload: %w", named(err))
	}
	a := &appending{store: s, upload: u, piece: piece, digest: digest, expires: expires}
	err = a.copy(ctx, body, sum)
	if err = errors.Join(named(err), named(piece.Close())); err != nil {
		return a.upload, fmt.Errorf("append to upload: %w", err)
	}
	return a.upload, nil
}

// appending is one Append at work.
type appending struct {
	store   *Store
	upload  Upload // Offset is what is committed
	piece   files.Piece
	digest  hash.Hash // over everything written
	at      int64     // bytes written behind the offset
	expires time.Time
}

// buffers are used again: many uploads come at once.
var buffers = sync.Pool{New: func() any { return new([copyBuffer]byte) }}

func (a *appending) copy(ctx context.Context, body io.Reader, sum *Sum) error {
	array := buffers.Get().(*[copyBuffer]byte)
	defer buffers.Put(array)
	buf := array[:]
	whole := sum != nil && a.upload.Offset == 0 && sum.Hash.Size() == sha256.Size // the digest is the piece's own sum
	for {
		n, rerr := fill(body, buf)
		if a.upload.Offset+a.at+int64(n) > a.upload.Size {
			return ErrTooLong
		}
		if n > 0 {
			if _, err := a.piece.Write(buf[:n]); err != nil {
				return err
			}
			a.digest.Write(buf[:n])
			if sum != nil && !whole {
				sum.Hash.Write(buf[:n])
			}
			a.at += int64(n)
		}
		switch {
		case rerr == io.EOF: // net/http says io.ErrUnexpectedEOF for a body that is cut
			if whole {
				sum.Hash = a.digest
			}
			if sum != nil && !bytes.Equal(sum.Hash.Sum(nil), sum.Want) {
				return ErrChecksum
			}
			return a.commit(ctx)
		case rerr != nil && sum != nil:
			return &BodyError{rerr}
		case rerr != nil:
			return errors.Join(&BodyError{rerr}, a.commit(ctx))
		case sum == nil && a.at >= commitStep:
			if err := a.commit(ctx); err != nil {
				return err
			}
		}
	}
}

// fill reads until buf is full or r says why not; unlike io.ReadFull it keeps
// the end of a body and a body that was cut apart.
func fill(r io.Reader, buf []byte) (n int, err error) {
	for n < len(buf) && err == nil {
		var m int
		m, err = r.Read(buf[n:])
		n += m
	}
	return n, err
}

// commit puts what was written on disk and then says so in the database.
func (a *appending) commit(ctx context.Context) error {
	if a.at == 0 {
		return nil
	}
	next := a.upload.Offset + a.at
	last := next == a.upload.Size
	part, err := a.piece.Commit(ctx, last)
	if err != nil {
		return err
	}
	state, err := a.digest.(encoding.BinaryMarshaler).MarshalBinary()
	if err != nil {
		state = nil // read the parts again next time
	}
	if !last {
		if err := a.store.tx(ctx, func(tx *db.Tx) error { return a.note(ctx, tx, part, state) }); err != nil {
			return err
		}
	}
	if n := len(a.upload.parts); n > 0 && a.upload.parts[n-1].At == part.At {
		a.upload.parts = a.upload.parts[: n-1 : n-1] // it has grown
	}
	a.upload.parts = append(a.upload.parts, part)
	a.upload.Offset, a.upload.digest, a.upload.Expires, a.at = next, state, a.expires, 0
	return nil
}

// note writes down where the upload stands. That another desk moved on meanwhile is ErrConflict.
func (a *appending) note(ctx context.Context, tx *db.Tx, part files.Part, state []byte) error {
	err := db.One(tx.ExecContext(ctx, "UPDATE uploads SET position = ?, digest = ?, expires = ? WHERE id = ? AND position = ?",
		a.upload.Offset+a.at, append([]byte{}, state...), db.Micros(a.expires), a.upload.ID, a.upload.Offset))
	if errors.Is(err, ErrNotFound) {
		return ErrConflict
	}
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO upload_parts (upload, position, name, size) VALUES (?, ?, ?, ?)
		ON CONFLICT (upload, position) DO UPDATE SET name = excluded.name, size = excluded.size`, a.upload.ID, part.At, part.Name, part.Size)
	return err
}

// digest is SHA-256 over the committed bytes: from its kept state, or from the
// parts when another version of the program wrote a state that this one cannot read.
func (s *Store) digest(ctx context.Context, u Upload) (hash.Hash, error) {
	h := sha256.New()
	if u.Offset == 0 {
		return h, nil
	}
	if len(u.digest) > 0 && h.(encoding.BinaryUnmarshaler).UnmarshalBinary(u.digest) == nil {
		return h, nil
	}
	h.Reset()
	r, err := s.files.Read(ctx, u.ID, u.parts)
	if err != nil {
		return nil, named(err)
	}
	n, err := io.Copy(h, r)
	if err = errors.Join(err, r.Close()); err != nil || n != u.Offset {
		return nil, fmt.Errorf("read %d of %d bytes: %w", n, u.Offset, named(err))
	}
	return h, nil
}
