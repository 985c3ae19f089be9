//go:build unix

package collect

import (
	"fmt"
	"os"
	"path/filepath"
)

// programFolders are where the system keeps its programs.
func programFolders() []string {
	return []string{"/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin", "/usr/local/sbin", "/opt/homebrew/bin", "/snap/bin"}
}

func withExtension(name string) string { return name }

// openToAll refuses a program that anybody on the machine could have put there.
func openToAll(path string) error {
	for _, one := range []string{path, filepath.Dir(path)} {
		info, err := os.Stat(one)
		if err != nil {
			return fmt.Errorf("program %q: %w", path, reason(err))
		}
		if one == path && (!info.Mode().IsRegular() || info.Mode()&0o111 == 0) {
			return fmt.Errorf("program %q is no file that can be run", path)
		}
		if info.Mode()&0o002 != 0 {
			return fmt.Errorf("program %q is not run: everybody on this machine could have changed it", path)
		}
	}
	return nil
}
