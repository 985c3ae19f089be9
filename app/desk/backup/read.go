package backup

import (
	"archive/tar"
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/beistand/beistand/app/desk/store/files"
)

// reader takes an archive apart: rows into a folder of their own, attachments
// to where they stay. Nothing of it counts before load.
type reader struct {
	stage   string
	place   files.Files
	head    Head
	m       Manifest
	seen    []Entry
	chunks  map[string][]string // of each table, in their order
	objects []object
	extra   []string // files of the desk's folder
}

func (r *reader) read(ctx context.Context, from io.Reader, schema int64) error {
	r.chunks = map[string][]string{}
	t := tar.NewReader(bufio.NewReaderSize(from, 1<<20))
	for {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return fmt.Errorf("%w: its end is missing", ErrDamaged)
		}
		if err != nil {
			return fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if h.Typeflag != tar.TypeReg || h.Size < 0 {
			return fmt.Errorf("%w: %q is no file", ErrDamaged, h.Name)
		}
		if len(r.seen) == 0 {
			if err := r.first(t, h, schema); err != nil {
				return err
			}
			continue
		}
		if h.Name == nameManifest {
			return r.last(t, h)
		}
		if err := r.entry(ctx, t, h); err != nil {
			return err
		}
	}
}

// first reads the head: what comes behind another one is not looked at.
func (r *reader) first(from io.Reader, h *tar.Header, schema int64) error {
	if h.Name != nameHead {
		return fmt.Errorf("%w: it begins with %q: this is no backup of a desk", ErrDamaged, h.Name)
	}
	text, err := r.text(from, h, maxHead)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, &r.head); err != nil {
		return fmt.Errorf("%w: %s: %w", ErrDamaged, nameHead, err)
	}
	if r.head.Format != Format {
		return fmt.Errorf("the backup has format %d, this program reads %d: use the version that made it (%s)", r.head.Format, Format, r.head.Program)
	}
	if r.head.Schema != schema {
		return &SchemaError{Head: r.head, Have: schema}
	}
	return nil
}

func (r *reader) entry(ctx context.Context, from io.Reader, h *tar.Header) error {
	if key, is := keyIn(h.Name); is {
		sum := sha256.New()
		if err := r.place.Put(ctx, key, io.TeeReader(&whole{from, h.Size}, sum)); err != nil {
			if errors.Is(err, files.ErrAltered) {
				return fmt.Errorf("%w: %w", ErrDamaged, err)
			}
			return err
		}
		r.objects = append(r.objects, object{key, h.Size})
		r.seen = append(r.seen, Entry{h.Name, h.Size, hex.EncodeToString(sum.Sum(nil))})
		return nil
	}
	if m := tableEntry().FindStringSubmatch(h.Name); m != nil {
		text, err := r.text(from, h, maxChunk)
		if err != nil {
			return err
		}
		r.chunks[m[1]] = append(r.chunks[m[1]], h.Name)
		return r.keep(h.Name, text)
	}
	if m := deskEntry().FindStringSubmatch(h.Name); m != nil && !strings.HasPrefix(m[1], "desk.db") {
		text, err := r.text(from, h, maxExtra)
		if err != nil {
			return err
		}
		r.extra = append(r.extra, m[1])
		return r.keep(h.Name, text)
	}
	return fmt.Errorf("%w: %q is nothing that a backup has", ErrDamaged, h.Name)
}

// text reads an entry of at most so many bytes, and notes its hash.
func (r *reader) text(from io.Reader, h *tar.Header, most int64) ([]byte, error) {
	if h.Size > most {
		return nil, fmt.Errorf("%w: %s has %d bytes, at most %d are expected", ErrDamaged, h.Name, h.Size, most)
	}
	text, err := io.ReadAll(&whole{from, h.Size})
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(text)
	r.seen = append(r.seen, Entry{h.Name, h.Size, hex.EncodeToString(sum[:])})
	return text, nil
}

// keep puts an entry whose name was looked at into the stage.
func (r *reader) keep(name string, text []byte) error {
	to := filepath.Join(r.stage, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	return os.WriteFile(to, text, 0o600)
}

// last holds what came against the manifest.
func (r *reader) last(from io.Reader, h *tar.Header) error {
	seen := r.seen
	text, err := r.text(from, h, maxManifest)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, &r.m); err != nil {
		return fmt.Errorf("%w: %s: %w", ErrDamaged, nameManifest, err)
	}
	if len(r.m.Entries) != len(seen) {
		return fmt.Errorf("%w: %d entries came, its manifest has %d", ErrDamaged, len(seen), len(r.m.Entries))
	}
	for i, e := range seen {
		if r.m.Entries[i] != e {
			return fmt.Errorf("%w: %s is not what the manifest says", ErrDamaged, e.Name)
		}
	}
	return nil
}

// whole is a reader to whom an end before its size is damage.
type whole struct {
	r    io.Reader
	left int64
}

func (w *whole) Read(p []byte) (int, error) {
	n, err := w.r.Read(p)
	w.left -= int64(n)
	if err != nil && (!errors.Is(err, io.EOF) || w.left != 0) {
		err = fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return n, err
}
