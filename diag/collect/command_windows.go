package collect

import (
	"os/exec"
	"syscall"
)

// ownGroup keeps a console from flashing up. There are no process groups to
// kill here; the programs run are the system's own and start no others.
func ownGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{HideWindow: true}
}
