//go:build !headless

package app

import (
	"os"
	"path/filepath"
)

// blocks is where the kernel lists what it can read in blocks.
const blocks = "/sys/block"

// wholeDisk says whether a name of /proc/diskstats is a device itself: what
// goes through its partitions, through volumes and arrays made of it and
// through files that stand for a disk is counted there already.
func wholeDisk(name string) bool { return isDevice(blocks, name) }

func isDevice(folder, name string) bool {
	_, err := os.Stat(filepath.Join(folder, filepath.Base(name), "device"))
	return err == nil
}
