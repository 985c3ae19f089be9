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
	"os"
	"path/filepath"
	"time"

	"github.com/beistand/beistand/app/desk/store/db"
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
// Only one Append of an upload may run at a time; ctx's end does not stop it, body's does.
func (s *Store) Append(ctx context.Context, u Upload, body io.Reader, sum *Sum, expires time.Time) (_ Upload, err error) {
	ctx = context.WithoutCancel(ctx)
	if !validID(u.ID) || u.Done {
		return u, fmt.Errorf("append to upload: %w", ErrNotFound)
	}
	if err := s.room(0); err != nil {
		return u, fmt.Errorf("append to upload: %w", err)
	}
	path := filepath.Join(s.uploads(), u.ID)
	digest, err := s.digest(u)
	if err != nil {
		return u, fmt.Errorf("append to upload: %w", err)
	}
	f, err := s.files.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return u, fmt.Errorf("append to upload: %w", db.Named(err))
	}
	defer func() {
		if cerr := f.Close(); err == nil && cerr != nil {
			err = fmt.Errorf("append to upload: %w", db.Named(cerr))
		}
	}()
	if err := f.Truncate(u.Offset); err != nil { // a crash left bytes that nothing vouches for
		return u, fmt.Errorf("append to upload: %w", db.Named(err))
	}
	a := &appending{store: s, upload: u, file: f, digest: digest, expires: expires}
	if err := a.copy(ctx, body, sum); err != nil {
		// What lies behind the offset counts for nothing, but takes up room.
		terr := f.Truncate(a.upload.Offset)
		return a.upload, fmt.Errorf("append to upload: %w", errors.Join(db.Named(err), terr))
	}
	return a.upload, nil
}

// appending is one Append at work.
type appending struct {
	store   *Store
	upload  Upload // Offset is what is committed
	file    File
	digest  hash.Hash // over everything written
	at      int64     // bytes written behind the offset
	expires time.Time
}

func (a *appending) copy(ctx context.Context, body io.Reader, sum *Sum) error {
	buf := make([]byte, copyBuffer)
	for {
		n, rerr := fill(body, buf)
		if a.upload.Offset+a.at+int64(n) > a.upload.Size {
			return ErrTooLong
		}
		if n > 0 {
			if _, err := a.file.WriteAt(buf[:n], a.upload.Offset+a.at); err != nil {
				return err
			}
			a.digest.Write(buf[:n])
			if sum != nil {
				sum.Hash.Write(buf[:n])
			}
			a.at += int64(n)
		}
		switch {
		case rerr == io.EOF: // net/http says io.ErrUnexpectedEOF for a body that is cut
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
	if err := a.file.Sync(); err != nil {
		return err
	}
	state, err := a.digest.(encoding.BinaryMarshaler).MarshalBinary()
	if err != nil {
		state = nil // read the file again next time
	}
	next := a.upload.Offset + a.at
	err = a.store.tx(ctx, func(tx *db.Tx) error {
		r, err := tx.ExecContext(ctx, "UPDATE uploads SET position = ?, digest = ?, expires = ? WHERE id = ? AND position = ?",
			next, append([]byte{}, state...), db.Micros(a.expires), a.upload.ID, a.upload.Offset)
		if err != nil {
			return err
		}
		if n, err := r.RowsAffected(); err != nil || n != 1 {
			return errors.Join(err, ErrNotFound)
		}
		return nil
	})
	if err != nil {
		return err
	}
	a.upload.Offset, a.upload.digest, a.upload.Expires, a.at = next, state, a.expires, 0
	return nil
}

// digest is SHA-256 over the committed bytes: from its kept state, or from the
// file when another version of the program wrote a state that this one cannot read.
func (s *Store) digest(u Upload) (hash.Hash, error) {
	h := sha256.New()
	if u.Offset == 0 {
		return h, nil
	}
	if len(u.digest) > 0 && h.(encoding.BinaryUnmarshaler).UnmarshalBinary(u.digest) == nil {
		return h, nil
	}
	h.Reset()
	f, err := os.Open(filepath.Join(s.uploads(), u.ID))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if n, err := io.CopyN(h, f, u.Offset); err != nil {
		return nil, fmt.Errorf("read %d of %d bytes: %w", n, u.Offset, err)
	}
	return h, nil
}
