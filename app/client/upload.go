package client

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/beistand/beistand/app/api"
)

// Upload sends the file at path to a ticket (tus.io 1.0 with creation and
// checksum) and gives the bundle it became. After a break it goes on where the
// desk stopped, with growing waits, until maxTries in a row moved nothing; a
// later call, in another process too, goes on as well: the upload's name is
// kept in path + ".upload", without any secret, until the upload is complete.
//
// progress (nil: none) is called from one goroutine at a time; after a break its figure may step back.
// holds are the collectors whose evidence a bundle has, for the ticket's completeness.
// The errors are *Error, *Unreachable, ctx's, or the file's own.
func (c *Client) Upload(ctx context.Context, number int64, path string, progress func(sent, total int64), holds ...string) (api.Bundle, error) {
	f, err := os.Open(path)
	if err != nil {
		return api.Bundle{}, fmt.Errorf("upload: %w", err)
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return api.Bundle{}, fmt.Errorf("upload: %w", err)
	}
	if !st.Mode().IsRegular() {
		return api.Bundle{}, fmt.Errorf("upload %q: not a file", path)
	}
	u := &upload{c: c, file: f, note: noteFor(c, number, path, st), chunk: firstChunk, progress: progress, holds: fitting(holds)}
	if u.progress == nil {
		u.progress = func(int64, int64) {}
	}
	if u.note.SHA256 == "" {
		if u.note.SHA256, err = hashFile(ctx, f, st.Size()); err != nil {
			return api.Bundle{}, fmt.Errorf("upload %q: %w", path, err)
		}
	}
	if err := c.again(ctx, func() (moved bool, err error) {
		before := u.offset
		err = u.run(ctx)
		return u.offset > before, err
	}); err != nil {
		return api.Bundle{}, fmt.Errorf("upload %q: %w", filepath.Base(path), err)
	}
	u.note.remove()
	var b api.Bundle
	err = c.again(ctx, func() (bool, error) {
		t, err := c.Ticket(ctx, number)
		if err != nil {
			return false, err
		}
		for _, b = range t.Bundles {
			if b.ID == u.note.ID {
				return true, nil
			}
		}
		return false, fmt.Errorf("ticket %d does not show the upload", number)
	})
	return b, err
}

// again repeats do while what it meets may pass; moved starts the count anew.
func (c *Client) again(ctx context.Context, do func() (moved bool, err error)) error {
	for try := 1; ; try++ {
		moved, err := do()
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if moved {
			try = 1
		}
		if !passing(err) || try > maxTries {
			return err
		}
		if err := c.pause(ctx, try, err); err != nil {
			return err
		}
	}
}

// passing says whether the same request may do better later.
func passing(err error) bool {
	if never := (*lastingError)(nil); errors.As(err, &never) {
		return false
	}
	if away := (*Unreachable)(nil); errors.As(err, &away) {
		return true
	}
	switch KindOf(err) {
	case api.KindConflict, api.KindLocked, api.KindTooMany, api.KindUnavailable, api.KindInternal, api.KindChecksum:
		return true
	}
	return false
}

// lastingError is a refusal that repeating does not help, although its kind says so.
type lastingError struct{ error }

func (e *lastingError) Unwrap() error { return e.error }

// upload is one Upload at work.
type upload struct {
	c        *Client
	file     *os.File
	note     note
	offset   int64 // what the desk has said it holds
	chunk    int
	mismatch *Error // the last 460
	progress func(sent, total int64)
	holds    string // collectors' names with spaces between; "" says nothing
}

// maxHolds bounds the collectors' names, so that an upload's metadata fits.
const maxHolds = 2000

// fitting are names with spaces between, as far as they fit.
func fitting(names []string) string {
	text := ""
	for _, n := range names {
		if len(text)+1+len(n) > maxHolds {
			break
		}
		text += " " + n
	}
	return strings.TrimSpace(text)
}

// run brings the upload to its end, or to its next break.
func (u *upload) run(ctx context.Context) error {
	if err := u.find(ctx); err != nil {
		return err
	}
	for u.offset < u.note.Size {
		if err := u.patch(ctx); err != nil {
			if e := (*Error)(nil); errors.As(err, &e) && e.Kind == api.KindChecksum {
				u.mismatch = e
			}
			return err
		}
	}
	return nil
}

// find learns the offset, or begins anew when the desk has no such upload.
func (u *upload) find(ctx context.Context) error {
	if u.note.ID == "" {
		return u.create(ctx)
	}
	resp, err := u.send(ctx, http.MethodHead, api.UploadPath(u.note.ID), nil, nil)
	if k := KindOf(err); k == api.KindNotFound || k == api.KindGone {
		u.note.remove()
		if u.note.ID = ""; u.mismatch != nil {
			return &lastingError{u.mismatch} // the whole file was refused, and would be again
		}
		return u.create(ctx)
	}
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if size, err := strconv.ParseInt(resp.Header.Get("Upload-Length"), 10, 64); err != nil || size != u.note.Size {
		u.note.remove()
		u.note.ID = ""
		return u.create(ctx)
	}
	return u.setOffset(resp)
}

func (u *upload) create(ctx context.Context) error {
	b64 := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	metadata := "ticket " + b64(strconv.FormatInt(u.note.Ticket, 10)) + ",filename " + b64(fileName(u.file.Name())) + ",sha256 " + b64(u.note.SHA256)
	if u.holds != "" {
		metadata += "," + api.MetadataCollectors + " " + b64(u.holds)
	}
	resp, err := u.send(ctx, http.MethodPost, api.PathUploads, nil, http.Header{
		"Upload-Length":   {strconv.FormatInt(u.note.Size, 10)},
		"Upload-Metadata": {metadata},
	})
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if u.note.ID, err = idOf(resp.Header.Get("Location")); err != nil {
		return err
	}
	u.offset = 0
	u.note.save()
	u.progress(0, u.note.Size)
	return nil
}

// setOffset reads Upload-Offset, which may be anything.
func (u *upload) setOffset(resp *http.Response) error {
	n, err := strconv.ParseInt(resp.Header.Get("Upload-Offset"), 10, 64)
	if err != nil || n < 0 || n > u.note.Size {
		return fmt.Errorf("desk: Upload-Offset %q of %d bytes", resp.Header.Get("Upload-Offset"), u.note.Size)
	}
	u.offset = n
	u.progress(n, u.note.Size)
	return nil
}

// hashFile is SHA-256 in hex over the first size bytes.
func hashFile(ctx context.Context, f *os.File, size int64) (string, error) {
	h := sha256.New()
	for at := int64(0); at < size; {
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		n, err := io.Copy(h, io.NewSectionReader(f, at, min(size-at, 8<<20)))
		if err != nil {
			return "", err
		}
		if n == 0 {
			return "", io.ErrUnexpectedEOF
		}
		at += n
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// nextChunk keeps one PATCH near two seconds: a broken one is sent again as a
// whole, and a short one costs a round trip and a sync of the desk's disk.
func nextChunk(size int, took time.Duration) int {
	switch {
	case took < time.Second:
		return min(size*2, maxChunk)
	case took > 4*time.Second:
		return max(size/2, minChunk)
	}
	return size
}
