package diag

import (
	"path/filepath"
	"strings"

	"github.com/beistand/beistand/diag/collect"
)

// folders are those in which the profile's files are, and this program's own.
func (o Options) folders(c collect.Options) []collect.Folder {
	var all []collect.Folder
	add := func(path, what string) {
		if filepath.IsAbs(path) { // a variable that this machine lacks leaves no path
			all = append(all, collect.Folder{Path: filepath.Clean(path), For: what})
		}
	}
	for _, l := range o.Profile.Logs {
		if here(l.OS) {
			add(filepath.Dir(expand(l.Path)), collect.FolderLogs)
		}
	}
	for _, path := range c.Exports {
		add(fixedFolder(path), collect.FolderExports)
	}
	for _, p := range o.Profile.Products {
		if p.VersionFile != "" {
			add(filepath.Dir(expand(p.VersionFile)), collect.FolderVersion)
		}
	}
	for _, path := range c.CrashFolders {
		add(path, collect.FolderCrashes)
	}
	for _, path := range o.Own {
		add(path, collect.FolderOwn)
	}
	return all
}

// fixedFolder is the folder in a path before its first *, ? or [.
func fixedFolder(path string) string {
	if i := strings.IndexAny(path, "*?["); i >= 0 {
		path = path[:i] + "x" // what follows the last separator goes
	}
	return filepath.Dir(path)
}
