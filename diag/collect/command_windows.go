package collect

import (
	"errors"
	"os"
	"os/exec"
	"syscall"
	"unsafe"

	"golang.org/x/sys/windows"
)

// ownGroup keeps a console from flashing up, and has the program killed with
// its children, and theirs.
func ownGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{HideWindow: true, CreationFlags: windows.CREATE_NEW_PROCESS_GROUP}
	cmd.Cancel = func() error {
		below := descendants(uint32(cmd.Process.Pid))
		err := cmd.Process.Kill()
		for _, pid := range below {
			if h, err := windows.OpenProcess(windows.PROCESS_TERMINATE, false, pid); err == nil {
				windows.TerminateProcess(h, 1)
				windows.CloseHandle(h)
			}
		}
		if errors.Is(err, os.ErrProcessDone) && len(below) > 0 {
			return nil
		}
		return err
	}
}

// descendants lists the processes that one has started, directly or not
// (CreateToolhelp32Snapshot, tlhelp32.h).
func descendants(of uint32) []uint32 {
	snapshot, err := windows.CreateToolhelp32Snapshot(windows.TH32CS_SNAPPROCESS, 0)
	if err != nil {
		return nil
	}
	defer windows.CloseHandle(snapshot)
	parents := map[uint32][]uint32{}
	entry := windows.ProcessEntry32{Size: uint32(unsafe.Sizeof(windows.ProcessEntry32{}))}
	for err := windows.Process32First(snapshot, &entry); err == nil; err = windows.Process32Next(snapshot, &entry) {
		parents[entry.ParentProcessID] = append(parents[entry.ParentProcessID], entry.ProcessID)
	}
	var all []uint32
	seen := map[uint32]bool{of: true, 0: true}
	for next := []uint32{of}; len(next) > 0; next = next[1:] {
		for _, child := range parents[next[0]] {
			if !seen[child] {
				seen[child] = true
				all, next = append(all, child), append(next, child)
			}
		}
	}
	return all
}
