//go:build !headless && unix

package app

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/beistand/beistand/session"
)

func TestWhatCanBeSent(t *testing.T) {
	folder := t.TempDir()
	file, pipe := filepath.Join(folder, "bill.pdf"), filepath.Join(folder, "pipe")
	if err := os.WriteFile(file, make([]byte, 2048), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]error{
		file: nil, folder: session.ErrCannotRead, filepath.Join(folder, "none"): fs.ErrNotExist,
		pipe: session.ErrCannotRead, // nobody writes into it: to open it would wait for ever
	} {
		f, size, err := openToSend(path)
		if !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", path, err, want)
		}
		if err == nil {
			if size != 2048 {
				t.Errorf("%s has %d bytes", path, size)
			}
			f.Close()
		}
	}
}
