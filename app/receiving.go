//go:build !headless

package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"

	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/rights"
)

// Receive is part of session.Files: evidence stays in memory, a file goes where
// the supporter says.
func (s *supporting) Receive(ctx context.Context, in session.Incoming) (session.Sink, error) {
	if in.Right == rights.Logs || in.Right == rights.System {
		return &readSink{take: func(text []byte) { s.window.Evidence(in.Right, in.Name, text) }}, nil
	}
	stopped := &atomic.Bool{}
	h := s.begin(handed{id: in.ID, stop: func() { stopped.Store(true) }})
	path, err := s.window.Offered(ctx, in.Name, in.Size)
	if err != nil {
		s.end(h)
		return nil, err
	}
	sink, err := newFileSink(path)
	if err != nil {
		s.end(h)
		return nil, err
	}
	sink.stopped, sink.done = stopped, func() { s.end(h) }
	return sink, nil
}

// readSink hands on what has come when it is whole. The session bounds it.
type readSink struct {
	bytes.Buffer
	take func([]byte)
}

// Commit is part of session.Sink.
func (r *readSink) Commit() error {
	r.take(r.Bytes())
	return nil
}

// Abort is part of session.Sink.
func (r *readSink) Abort() {}

// errStopped is why a file is not written any further.
var errStopped = errors.New("the supporter has stopped it")

// fileSink writes beside the place that was chosen, and moves what is whole there.
type fileSink struct {
	file    *os.File
	path    string
	stopped *atomic.Bool
	done    func()
}

func newFileSink(path string) (*fileSink, error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".beistand-*")
	if err != nil {
		return nil, fmt.Errorf("store a file beside %q: %w", path, err)
	}
	return &fileSink{file: f, path: path, stopped: &atomic.Bool{}, done: func() {}}, nil
}

// Write is part of session.Sink.
func (f *fileSink) Write(p []byte) (int, error) {
	if f.stopped.Load() {
		return 0, errStopped
	}
	n, err := f.file.Write(p)
	if err != nil {
		err = fmt.Errorf("store %q: %w", f.path, err)
	}
	return n, err
}

// Commit is part of session.Sink.
func (f *fileSink) Commit() error {
	defer f.done()
	err := errors.Join(f.file.Sync(), f.file.Close())
	if err == nil {
		err = os.Rename(f.file.Name(), f.path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("store %q: %w", f.path, err), os.Remove(f.file.Name()))
	}
	return nil
}

// Abort is part of session.Sink. The window has made the chosen file already,
// empty; nor does that stay.
func (f *fileSink) Abort() {
	defer f.done()
	_ = f.file.Close()
	_ = os.Remove(f.file.Name())
	if info, err := os.Stat(f.path); err == nil && info.Size() == 0 {
		_ = os.Remove(f.path)
	}
}
