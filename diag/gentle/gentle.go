// Package gentle keeps a run from being felt by the person whose machine it is on.
package gentle

import "runtime"

// Lower lets everybody else go first: the calling goroutine gets a thread of
// its own, until it ends, and that thread low priority for processor and disk
// where the system has that. On Linux, programs that it starts inherit both.
// The process's other threads, such as a window's, stay as they are, since
// priority once given up cannot be taken back.
func Lower() {
	runtime.LockOSThread()
	lower()
}
