package gentle

import "golang.org/x/sys/windows"

var setThreadPriority = windows.NewLazySystemDLL("kernel32.dll").NewProc("SetThreadPriority")

// threadModeBackgroundBegin lowers a thread's priority for processor, disk
// and memory, until the thread ends.
const threadModeBackgroundBegin = 0x00010000

func lower() {
	_, _, _ = setThreadPriority.Call(uintptr(windows.CurrentThread()), threadModeBackgroundBegin)
}
