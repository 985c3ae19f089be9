package bundle

import (
	"os"

	"golang.org/x/sys/unix"
)

// openNameless gives a file that never has a name, so that not even a kill
// leaves one behind. Not every file system can do it.
func openNameless(dir string) (*os.File, error) {
	return os.OpenFile(dir, os.O_RDWR|unix.O_TMPFILE, 0o600)
}
