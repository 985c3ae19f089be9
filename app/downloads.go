//go:build !headless

package app

import (
	"bufio"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
)

// downloadFolder is where this person's downloads go: on Linux as xdg-user-dirs
// has it (XDG_DOWNLOAD_DIR in user-dirs.dirs), elsewhere and otherwise Downloads
// in the home folder.
func downloadFolder() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return os.TempDir()
	}
	if runtime.GOOS == "linux" {
		if f, err := os.Open(filepath.Join(envOr("XDG_CONFIG_HOME", filepath.Join(home, ".config")), "user-dirs.dirs")); err == nil {
			defer f.Close()
			if folder := userDir(io.LimitReader(f, 64<<10), "XDG_DOWNLOAD_DIR", home); folder != "" {
				return folder
			}
		}
	}
	return filepath.Join(home, "Downloads")
}

// userDir reads one folder of user-dirs.dirs: NAME="$HOME/..." or an absolute
// path in quotes. "" is none, or the home folder itself, which stands for none.
func userDir(r io.Reader, name, home string) string {
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		value, found := strings.CutPrefix(strings.TrimSpace(lines.Text()), name+"=")
		if !found {
			continue
		}
		folder, err := strconv.Unquote(value)
		if err != nil {
			return ""
		}
		if below, in := strings.CutPrefix(folder, "$HOME"); in {
			folder = home + below
		}
		if folder = filepath.Clean(folder); !filepath.IsAbs(folder) || folder == filepath.Clean(home) {
			return ""
		}
		return folder
	}
	return ""
}
