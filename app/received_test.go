//go:build !headless

package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/rights"
)

// TestReceivedFiles holds that a file comes only after a yes, under a name of
// its own, into the folder and nowhere else, and that nothing is written over.
func TestReceivedFiles(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "Beistand")
	yes := true
	r := &received{folder: folder, ask: func(_ context.Context, h page.Handing) bool { return yes && h.Right == rights.FilesIn }}
	put := func(id uint32, name, text string) session.Sink {
		s, err := r.Receive(t.Context(), session.Incoming{ID: id, Right: rights.FilesIn, Name: name, Size: int64(len(text))})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		return s
	}
	first, second := put(1, "patch.zip", "one"), put(3, "patch.zip", "two")
	if err := errors.Join(second.Commit(), first.Commit()); err != nil { // the second is there before
		t.Fatal(err)
	}
	for id, want := range map[uint32][2]string{1: {"patch (2).zip", "one"}, 3: {"patch.zip", "two"}} {
		path := r.path(id)
		got, err := os.ReadFile(path)
		if err != nil || filepath.Base(path) != want[0] || string(got) != want[1] {
			t.Errorf("file %d is %q and holds %q, %v", id, path, got, err)
		}
	}
	if err := put(5, "../../.bashrc", "evil").Commit(); err != nil {
		t.Fatal(err)
	}
	put(7, "broken.zip", "half").Abort()
	yes = false
	if _, err := r.Receive(t.Context(), session.Incoming{Right: rights.FilesIn, Name: "unwanted.zip"}); !errors.Is(err, session.ErrNotWanted) {
		t.Errorf("an unwanted file: %v", err)
	}
	all, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range all {
		names = append(names, e.Name())
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", e.Name(), info.Mode())
		}
	}
	if got := strings.Join(names, " "); got != "bashrc patch (2).zip patch.zip" {
		t.Errorf("the folder holds %s", got)
	}
}

func TestUserDir(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"below home":      {"# a comment\nXDG_DESKTOP_DIR=\"$HOME/Schreibtisch\"\nXDG_DOWNLOAD_DIR=\"$HOME/Downloads neu\"\n", "/home/jana/Downloads neu"},
		"absolute":        {`XDG_DOWNLOAD_DIR="/srv/in"`, "/srv/in"},
		"none":            {`XDG_DOWNLOAD_DIR="$HOME/"`, ""},
		"relative":        {`XDG_DOWNLOAD_DIR="in"`, ""},
		"without quotes":  {`XDG_DOWNLOAD_DIR=$HOME/in`, ""},
		"not in the file": {`XDG_MUSIC_DIR="$HOME/Musik"`, ""},
		"leaves home":     {`XDG_DOWNLOAD_DIR="$HOME/../.."`, "/"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := userDir(strings.NewReader(test.text), "XDG_DOWNLOAD_DIR", "/home/jana"); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
