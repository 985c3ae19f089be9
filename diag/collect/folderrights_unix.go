//go:build !windows

package collect

import (
	"io/fs"
	"os/user"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"
)

// rights tells whose the folder is and asks the system, which knows of groups,
// access lists and read-only file systems, what may be done there. A folder
// can be used only by who may also enter it.
func (f *FolderFact) rights(path string, info fs.FileInfo) {
	f.Mode = info.Mode().Perm().String()[1:]
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		f.Owner, f.Group = strconv.Itoa(int(s.Uid)), strconv.Itoa(int(s.Gid))
		if u, err := user.LookupId(f.Owner); err == nil {
			f.Owner = u.Username
		}
		if g, err := user.LookupGroupId(f.Group); err == nil {
			f.Group = g.Name
		}
	}
	enter := uint32(0)
	if info.IsDir() {
		enter = unix.X_OK
	}
	may := func(what uint32) *bool { return new(unix.Faccessat(unix.AT_FDCWD, path, what, unix.AT_EACCESS) == nil) }
	f.Readable, f.Writable = may(unix.R_OK|enter), may(unix.W_OK|enter)
}
