package diag

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/beistand/beistand/diag/redact"
)

func TestNamesAreKept(t *testing.T) {
	rules, err := redact.Compile(redact.Known{})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "names.json")
	names, err := OpenNames(path)
	if err != nil {
		t.Fatal(err)
	}
	line := []byte("login user=anna from 10.20.30.40")
	first := rules.Bytes(line, names, nil)
	for range 2 { // also over the old one
		if err := SaveNames(path, names); err != nil {
			t.Fatal(err)
		}
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	again, err := OpenNames(path)
	if err != nil {
		t.Fatal(err)
	}
	if second := rules.Bytes(line, again, nil); !bytes.Equal(first, second) || bytes.Equal(first, line) {
		t.Errorf("%s, and %s before", second, first)
	}
	if all, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".*")); len(all) > 0 {
		t.Errorf("left behind: %v", all)
	}
	if err := os.WriteFile(path, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenNames(path); !errors.Is(err, redact.ErrNotNames) {
		t.Errorf("%v", err)
	}
	if _, err := OpenNames(t.TempDir()); !errors.Is(err, redact.ErrNotNames) {
		t.Errorf("a folder: %v", err)
	}
	if err := SaveNames(filepath.Join(path, "nowhere"), names); err == nil {
		t.Error("names were kept nowhere")
	}
}
