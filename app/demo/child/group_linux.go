package child

import (
	"os/exec"
	"syscall"
)

// ownGroup also asks the kernel to end the program should this process be
// killed, so that not even a crashed test leaves windows behind.
func ownGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
}

func interrupt(cmd *exec.Cmd) { _ = cmd.Process.Signal(syscall.SIGTERM) }

// dump asks a Go program for its goroutines, which also ends it.
func dump(cmd *exec.Cmd) { _ = cmd.Process.Signal(syscall.SIGQUIT) }

func killGroup(cmd *exec.Cmd) { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
