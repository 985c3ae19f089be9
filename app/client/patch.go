package client

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/beistand/beistand/app/api"
)

// A PATCH's size in bytes; one is held in memory while it is sent.
const (
	minChunk   = 256 << 10
	firstChunk = 4 << 20
	maxChunk   = 16 << 20
)

// patch sends the next piece.
func (u *upload) patch(ctx context.Context) error {
	piece := make([]byte, min(int64(u.chunk), u.note.Size-u.offset))
	if _, err := u.file.ReadAt(piece, u.offset); err != nil {
		if errors.Is(err, io.EOF) {
			err = fmt.Errorf("the file has become shorter while it was sent: %w", io.ErrUnexpectedEOF)
		}
		return err
	}
	sum := sha256.Sum256(piece)
	start := time.Now()
	resp, err := u.send(ctx, http.MethodPatch, api.UploadPath(u.note.ID), piece, http.Header{
		"Content-Type":    {"application/offset+octet-stream"},
		"Upload-Offset":   {strconv.FormatInt(u.offset, 10)},
		"Upload-Checksum": {"sha256 " + base64.StdEncoding.EncodeToString(sum[:])},
	})
	if err != nil {
		u.chunk = max(u.chunk/2, minChunk)
		return err
	}
	defer resp.Body.Close()
	before := u.offset
	if err := u.setOffset(resp); err != nil {
		return err
	}
	if u.offset <= before {
		return fmt.Errorf("desk: a piece of %d bytes left Upload-Offset at %d", len(piece), u.offset)
	}
	if len(piece) == u.chunk {
		u.chunk = nextChunk(u.chunk, time.Since(start))
	}
	return nil
}

// send does one tus request. body is sent with progress and may be nil.
func (u *upload) send(ctx context.Context, method, to string, body []byte, header http.Header) (*http.Response, error) {
	ctx, touch, stop := withStall(ctx, stallTimeout)
	defer stop()
	var r io.Reader
	if body != nil {
		r = &counted{r: bytes.NewReader(body), moved: func(n int64) {
			touch()
			u.progress(u.offset+n, u.note.Size)
		}}
	}
	req, err := u.c.request(ctx, method, to, r)
	if err != nil {
		return nil, err
	}
	req.ContentLength = int64(len(body))
	req.Header.Set("Tus-Resumable", "1.0.0")
	for k, v := range header {
		req.Header[k] = v
	}
	resp, err := u.c.do(req)
	if err != nil {
		return nil, err
	}
	// No answer of tus has a body that is read here: it may end with ctx.
	return resp, nil
}

// counted tells how far a body has been read.
type counted struct {
	r     io.Reader
	n     int64
	moved func(n int64)
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p[:min(len(p), 64<<10)])
	if n > 0 {
		c.n += int64(n)
		c.moved(c.n)
	}
	return n, err
}

// idOf takes an upload's name from Location; host and path are the client's own, never the answer's.
func idOf(location string) (string, error) {
	u, err := url.Parse(location)
	if err != nil {
		return "", fmt.Errorf("desk: Location %q: %w", location, err)
	}
	id := path.Base(u.Path)
	if !validID(id) || !strings.HasSuffix(u.Path, api.UploadPath(id)) {
		return "", fmt.Errorf("desk: Location %q names no upload", location)
	}
	return id, nil
}

func validID(id string) bool {
	if id == "" || len(id) > 64 {
		return false
	}
	return !strings.ContainsFunc(id, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '-' && r != '_'
	})
}

// fileName is a bundle's name at the desk: the file's own, cut to what the desk takes.
func fileName(p string) string {
	name := strings.ToValidUTF8(filepath.Base(p), "_")
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, name)
	for len(name) > api.MaxFileName {
		_, n := utf8.DecodeRuneInString(name)
		name = name[n:] // the front goes: the end says what kind of file it is
	}
	return name
}
