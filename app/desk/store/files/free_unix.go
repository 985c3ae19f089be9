//go:build linux || darwin

package files

import "syscall"

// free is the space an ordinary user may still write (statfs(2)).
func free(dir string) (uint64, error) {
	var st syscall.Statfs_t
	if err := syscall.Statfs(dir, &st); err != nil {
		return 0, err
	}
	return st.Bavail * uint64(st.Bsize), nil
}
