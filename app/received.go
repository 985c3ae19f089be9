//go:build !headless

package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/wire"
)

// received keeps files that others send, each after a yes. It never opens one,
// and never writes over one that is there.
type received struct {
	folder string
	ask    func(context.Context, page.Handing) bool

	mu    sync.Mutex        // guards saved
	saved map[uint32]string // where each file went, by its session.Transfer's ID
}

// sameName is how many files of one name are kept beside each other.
const sameName = 1000

// Receive is part of session.Files.
func (r *received) Receive(ctx context.Context, in session.Incoming) (session.Sink, error) {
	if !r.ask(ctx, page.Handing{Right: in.Right, Name: in.Name, Size: in.Size}) {
		return nil, session.ErrNotWanted
	}
	if err := os.MkdirAll(r.folder, 0o700); err != nil {
		return nil, fmt.Errorf("make folder for files: %w", err)
	}
	f, err := os.CreateTemp(r.folder, ".coming-*") // mode 0600
	if err != nil {
		return nil, fmt.Errorf("keep the file: %w", err)
	}
	return &coming{File: f, id: in.ID, name: wire.FileName(in.Name), to: r}, nil
}

// path is where a file went; "" if it did not.
func (r *received) path(id uint32) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.saved[id]
}

// coming is one file on its way in.
type coming struct {
	*os.File
	id   uint32
	name string
	to   *received
}

// Commit is part of session.Sink.
func (c *coming) Commit() error {
	if err := errors.Join(c.Sync(), c.Close()); err != nil {
		return errors.Join(fmt.Errorf("keep the file: %w", err), os.Remove(c.Name()))
	}
	path, err := freeName(c.to.folder, c.name)
	if err == nil {
		err = os.Rename(c.Name(), path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("keep the file: %w", err), os.Remove(c.Name()))
	}
	c.to.mu.Lock()
	defer c.to.mu.Unlock()
	if c.to.saved == nil {
		c.to.saved = map[uint32]string{}
	}
	c.to.saved[c.id] = path
	return nil
}

// Abort is part of session.Sink.
func (c *coming) Abort() {
	_ = c.Close()
	_ = os.Remove(c.Name()) // an empty file in a folder of our own is all that can stay
}

// freeName reserves a name that nothing has: name, name (2), name (3).
func freeName(folder, name string) (string, error) {
	end := filepath.Ext(name)
	for n := 1; n <= sameName; n++ {
		path := filepath.Join(folder, name)
		if n > 1 {
			path = filepath.Join(folder, fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(name, end), n, end))
		}
		f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err == nil {
			return path, f.Close()
		}
		if !errors.Is(err, fs.ErrExist) {
			return "", err
		}
	}
	return "", fmt.Errorf("there are %d files of this name: %w", sameName, fs.ErrExist)
}
