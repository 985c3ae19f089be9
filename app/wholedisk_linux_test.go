//go:build !headless

package app

import (
	"os"
	"path/filepath"
	"testing"
)

func TestWholeDisks(t *testing.T) {
	folder := t.TempDir()
	for _, made := range []string{"nvme0n1/device", "sda/device", "dm-0/slaves", "loop3/queue", "md0/md"} {
		if err := os.MkdirAll(filepath.Join(folder, made), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]bool{
		"nvme0n1": true, "sda": true, "sda1": false, "nvme0n1p2": false, "dm-0": false, "loop3": false, "md0": false, "": false, "..": false,
	} {
		if got := isDevice(folder, name); got != want {
			t.Errorf("%q: %v, want %v", name, got, want)
		}
	}
}

func TestSince(t *testing.T) {
	for _, c := range []struct{ before, now, want uint64 }{{0, 7, 7}, {7, 9, 2}, {9, 9, 0}, {9, 2, 0}} {
		if got := since(c.before, c.now); got != c.want {
			t.Errorf("from %d to %d: %d, want %d", c.before, c.now, got, c.want)
		}
	}
}
