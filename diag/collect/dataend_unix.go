//go:build linux || darwin || freebsd

package collect

import (
	"os"

	"golang.org/x/sys/unix"
)

// lastData finds where the last part of a file ends that is stored at all;
// holes behind it are zeros that nobody wrote. size if the file system cannot tell.
func lastData(f *os.File, size int64) int64 {
	for back := int64(1 << 20); ; back *= 2 {
		from := max(0, size-back)
		data, err := f.Seek(from, unix.SEEK_DATA)
		switch {
		case err != nil && from > 0:
			continue // nothing but a hole from there on
		case err != nil:
			if pe := reason(err); pe == unix.ENXIO {
				return 0
			}
			return size
		}
		end := data
		for range 10_000 {
			hole, err := f.Seek(data, unix.SEEK_HOLE)
			if err != nil {
				return size
			}
			end = hole
			if data, err = f.Seek(hole, unix.SEEK_DATA); err != nil || data >= size {
				break
			}
		}
		return min(end, size)
	}
}
