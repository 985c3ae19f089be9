//go:build unix

package dbtest

import (
	"fmt"
	"os"
	"os/user"
	"strconv"
	"syscall"
)

// giveAway gives a new folder to the user that PostgreSQL is to run as, since
// it refuses root, and says how to run as that one.
func giveAway(dir string) (*syscall.SysProcAttr, error) {
	if os.Geteuid() == 0 {
		who, err := user.Lookup("postgres")
		if err != nil {
			who, err = user.Lookup("nobody")
		}
		if err != nil {
			return nil, err
		}
		uid, err := strconv.Atoi(who.Uid)
		if err != nil {
			return nil, err
		}
		gid, err := strconv.Atoi(who.Gid)
		if err != nil {
			return nil, err
		}
		if err := os.Chown(dir, uid, gid); err != nil {
			return nil, err
		}
	}
	return owner(dir)
}

// owner says how to run as the one whom dir belongs to, in a session of its
// own: an interrupt at the terminal is the tests', which end the server.
func owner(dir string) (*syscall.SysProcAttr, error) {
	as := &syscall.SysProcAttr{Setsid: true}
	if os.Geteuid() != 0 {
		return as, nil
	}
	info, err := os.Stat(dir)
	if err != nil {
		return nil, err
	}
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return nil, fmt.Errorf("whose %q is cannot be told", dir)
	}
	as.Credential = &syscall.Credential{Uid: st.Uid, Gid: st.Gid}
	return as, nil
}
