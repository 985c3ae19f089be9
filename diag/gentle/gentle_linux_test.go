package gentle

import (
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// TestLower looks at the priorities of a lowered goroutine, of a program that
// it starts, and of the rest of the process.
func TestLower(t *testing.T) {
	type result struct {
		nice, io int
		child    string
		err      error
	}
	got := make(chan result)
	go func() {
		Lower()
		var r result
		now, _ := unix.Getpriority(unix.PRIO_PROCESS, 0)
		r.nice = 20 - now
		class, _, _ := unix.Syscall(unix.SYS_IOPRIO_GET, ioprioWhoProcess, 0, 0)
		r.io = int(class)
		var out []byte
		out, r.err = exec.Command("cat", "/proc/self/stat").Output()
		r.child = string(out)
		got <- r
	}()
	r := <-got
	if r.nice < Nice || r.io != ioprioIdle || r.err != nil {
		t.Fatalf("%+v", r)
	}
	_, rest, _ := strings.Cut(r.child, ") ")
	if nice, err := strconv.Atoi(strings.Fields(rest)[16]); err != nil || nice < Nice {
		t.Errorf("the program's priority is %d, %v", nice, err)
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if text, err := os.ReadFile("/proc/self/stat"); err == nil {
		_, rest, _ := strings.Cut(string(text), ") ")
		if was, err := unix.Getpriority(unix.PRIO_PROCESS, os.Getpid()); err != nil || strconv.Itoa(20-was) != strings.Fields(rest)[16] {
			t.Errorf("the process's own priority: %v, %v", 20-was, err)
		}
	}
}

// TestChildren stops a program that a lowered goroutine has started, and lets it go on.
func TestChildren(t *testing.T) {
	started := make(chan *exec.Cmd)
	go func() {
		Lower()
		cmd := exec.Command("sh", "-c", "while :; do :; done")
		if err := cmd.Start(); err != nil {
			t.Error(err)
		}
		started <- cmd
		<-started // the thread stays
	}()
	cmd := <-started
	defer func() {
		cmd.Process.Kill()
		cmd.Wait()
		close(started)
	}()
	state := func() string {
		text, err := os.ReadFile("/proc/" + strconv.Itoa(cmd.Process.Pid) + "/stat")
		if err != nil {
			t.Fatal(err)
		}
		_, rest, _ := strings.Cut(string(text), ") ")
		return rest[:1]
	}
	until := func(what string, holds func() bool) {
		t.Helper()
		for end := time.Now().Add(20 * time.Second); !holds(); runtime.Gosched() {
			if time.Now().After(end) {
				t.Fatal(what)
			}
		}
	}
	until("it used no time", func() bool { all := children(); return len(all) > 0 && all[0].used > 0 })
	signalChildren(true)
	until("it was not stopped", func() bool { return state() == "T" })
	signalChildren(false)
	until("it did not go on", func() bool { return state() == "R" })
	if cpuTime() <= 0 {
		t.Error("no processor time")
	}
}
