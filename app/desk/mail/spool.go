package mail

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/beistand/beistand/app/api"
)

// A mail server's pipe leaves messages in a folder of the desk's, so that it
// need not wait for the desk, and nothing is lost while that does not run.
const (
	newFolder     = "new"     // messages, whole
	refusedFolder = "refused" // those that are on no ticket, for a while
	keepRefused   = 30 * 24 * time.Hour
	ending        = ".eml"
)

// TooLargeError is a message of more than api.MaxMail bytes.
type TooLargeError struct{}

func (*TooLargeError) Error() string {
	return fmt.Sprintf("the message has more than %d bytes", api.MaxMail)
}

// Leave puts a message into the spool of the desk in dir. When it returns nil
// the message is on disk.
func Leave(dir string, r io.Reader) (err error) {
	raw, err := io.ReadAll(io.LimitReader(r, api.MaxMail+1))
	switch {
	case err != nil:
		return fmt.Errorf("read the message: %w", err)
	case len(raw) > api.MaxMail:
		return &TooLargeError{}
	case len(raw) == 0:
		return errors.New("the message is empty")
	}
	folder := filepath.Join(spool(dir), newFolder)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("leave the message: %w", err)
	}
	f, err := os.CreateTemp(folder, "coming-*")
	if err != nil {
		return fmt.Errorf("leave the message: %w", err)
	}
	_, err = f.Write(raw)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		id := make([]byte, 8)
		rand.Read(id) // never fails (crypto/rand)
		err = os.Rename(f.Name(), filepath.Join(folder, fmt.Sprintf("%020d-%s%s", time.Now().UnixNano(), hex.EncodeToString(id), ending)))
	}
	if err != nil {
		return errors.Join(fmt.Errorf("leave the message: %w", err), os.Remove(f.Name()))
	}
	return syncFolder(folder)
}

func spool(dir string) string { return filepath.Join(dir, "mail") }

// syncFolder puts a folder's names on disk; systems that cannot do so do not say so.
func syncFolder(folder string) error {
	d, err := os.Open(folder)
	if err != nil {
		return err
	}
	_ = d.Sync()
	return d.Close()
}

// spooled takes what lies in the spool, the oldest first.
func (m *Mail) spooled(ctx context.Context) error {
	folder := filepath.Join(spool(m.cfg.Dir), newFolder)
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look into the spool: %w", err)
	}
	var first error
	others, now := 0, time.Now()
	for _, e := range entries {
		if ctx.Err() != nil || !strings.HasSuffix(e.Name(), ending) || !e.Type().IsRegular() || now.Before(m.put[e.Name()]) {
			continue
		}
		err := m.spooledOne(ctx, filepath.Join(folder, e.Name()))
		if err == nil {
			delete(m.put, e.Name())
			continue
		}
		if m.put[e.Name()] = now.Add(spoolAgain); first == nil {
			first = err
		} else {
			others++
		}
	}
	if others > 0 {
		return fmt.Errorf("%w; and %d others stay", first, others)
	}
	return first
}

func (m *Mail) spooledOne(ctx context.Context, path string) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("read %s: %w", filepath.Base(path), err)
	}
	refused, err := m.take(ctx, raw)
	if err != nil {
		return fmt.Errorf("%s stays in the spool: %w", filepath.Base(path), err)
	}
	if !refused {
		return os.Remove(path)
	}
	folder := filepath.Join(spool(m.cfg.Dir), refusedFolder)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	return os.Rename(path, filepath.Join(folder, filepath.Base(path)))
}

// tidy forgets refused messages after a while.
func (m *Mail) tidy() error {
	folder := filepath.Join(spool(m.cfg.Dir), refusedFolder)
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var errs []error
	for _, e := range entries {
		info, ierr := e.Info()
		if ierr == nil && m.cfg.Now().Sub(info.ModTime()) > keepRefused {
			errs = append(errs, os.Remove(filepath.Join(folder, e.Name())))
		}
	}
	return errors.Join(append(errs, err)...)
}
