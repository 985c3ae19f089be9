//go:build !windows

package diag

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/beistand/beistand/diag/collect"
)

// TestProductFolders finds the folders in what a profile names.
func TestProductFolders(t *testing.T) {
	t.Setenv("HOME", "/home/anna")
	p := &Profile{
		Logs:         []Log{{Path: "~/.ledger/log/ledger*.log"}, {Path: "/var/log/ledger/a.log"}, {Path: `C:\Ledger\a.log`, OS: []string{"windows"}}},
		Exports:      []Place{{Path: "/etc/ledger/**/*.conf"}, {Path: "/etc/ledger/led[ab]/x*/y.conf"}},
		Products:     []Product{{Name: "Ledger", VersionFile: "/opt/ledger/VERSION"}},
		CrashFolders: []Place{{Path: "/var/crash/ledger/"}},
	}
	got := Options{Profile: p, Own: []string{"/home/anna/.config/beistand", "not absolute"}}.wanted().Folders
	want := []collect.Folder{
		{Path: "/home/anna/.ledger/log", For: collect.FolderLogs},
		{Path: "/var/log/ledger", For: collect.FolderLogs},
		{Path: "/etc/ledger", For: collect.FolderExports},
		{Path: "/etc/ledger", For: collect.FolderExports},
		{Path: "/opt/ledger", For: collect.FolderVersion},
		{Path: "/var/crash/ledger", For: collect.FolderCrashes},
		{Path: filepath.Clean("/home/anna/.config/beistand"), For: collect.FolderOwn},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}
