package collect

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// noon is when the logs of these tests were last written.
func noon() time.Time { return time.Date(2026, 11, 20, 12, 0, 0, 0, time.Local) }

// put writes a file that was last changed at a time.
func put(t *testing.T, dir, name, content string, at time.Time) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, at, at); err != nil {
		t.Fatal(err)
	}
	return path
}
