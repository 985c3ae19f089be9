package line

import (
	"runtime"

	"golang.org/x/sys/unix"
)

// Inside runs f on a thread that is in the network namespace (of ip netns).
// What f opens itself stays there; goroutines that it starts are elsewhere.
func Inside(namespace string, f func() error) (err error) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread() // for good: a thread that has changed its namespace must serve nobody else
		var ns int
		if ns, err = unix.Open("/run/netns/"+namespace, unix.O_RDONLY|unix.O_CLOEXEC, 0); err != nil {
			return
		}
		defer unix.Close(ns)
		if err = unix.Setns(ns, unix.CLONE_NEWNET); err == nil {
			err = f()
		}
	}()
	<-done
	return err
}
