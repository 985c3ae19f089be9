package netwatch

import (
	"context"
	"os/exec"
	"runtime"
	"testing"

	"golang.org/x/sys/unix"
)

// In a network of its own, an address that comes gives a hint.
func TestHints(t *testing.T) {
	runtime.LockOSThread() // never unlocked: the thread ends with the goroutine, and the network with it
	if err := unix.Unshare(unix.CLONE_NEWNET); err != nil {
		t.Skipf("a network of its own needs privileges: %v", err)
	}
	ip := func(args ...string) {
		t.Helper()
		if out, err := exec.Command("ip", args...).CombinedOutput(); err != nil {
			t.Fatalf("ip %v: %v: %s", args, err, out)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	told := hints(ctx) // its socket is in this network; the goroutine that reads it need not be
	before := look()
	ip("link", "set", "lo", "up")
	<-told
	ip("link", "add", "watched0", "type", "veth", "peer", "name", "watched1")
	ip("address", "add", "192.0.2.7/24", "dev", "watched0")
	ip("link", "set", "watched0", "up")
	for look() == before {
		<-told
	}
	cancel()
	for range told {
	}
}
