package count

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Cgroup is a control group. It also counts processes that have ended, and
// counts exactly.
type Cgroup struct{ dir, usage string }

// NewCgroup makes one, under cgroup v1 or v2.
func NewCgroup(name string) (Cgroup, error) {
	root, usage := "/sys/fs/cgroup/cpuacct/", "cpuacct.usage"
	if _, err := os.Stat(root); err != nil {
		root, usage = "/sys/fs/cgroup/", "cpu.stat"
	}
	c := Cgroup{filepath.Join(root, name), usage}
	if err := os.MkdirAll(c.dir, 0o755); err != nil {
		return c, fmt.Errorf("make a control group: %w", err)
	}
	return c, nil
}

// Procs is the file that a process writes its number into to join.
func (c Cgroup) Procs() string { return filepath.Join(c.dir, "cgroup.procs") }

// CPU is the time that its processes have used, also those that have ended.
func (c Cgroup) CPU() time.Duration {
	b, err := os.ReadFile(filepath.Join(c.dir, c.usage))
	f := strings.Fields(string(b))
	if err != nil || len(f) == 0 {
		return 0
	}
	unit, text := time.Nanosecond, f[0]
	if len(f) > 1 { // v2: "usage_usec N ..."
		unit, text = time.Microsecond, f[1]
	}
	n, _ := strconv.ParseInt(text, 10, 64) // the kernel's, always a number
	return time.Duration(n) * unit
}

// PIDs are the processes in it now.
func (c Cgroup) PIDs() (out []int) {
	b, err := os.ReadFile(c.Procs())
	if err != nil {
		return nil
	}
	for _, s := range strings.Fields(string(b)) {
		if n, err := strconv.Atoi(s); err == nil {
			out = append(out, n)
		}
	}
	return out
}

// End ends every process in it, the stubborn ones by force, and removes it.
func (c Cgroup) End() error {
	for i := range 30 {
		pids := c.PIDs()
		if len(pids) == 0 {
			break
		}
		sig := syscall.SIGTERM
		if i > 20 {
			sig = syscall.SIGKILL
		}
		for _, p := range pids {
			if err := syscall.Kill(p, sig); err != nil && !errors.Is(err, syscall.ESRCH) {
				return fmt.Errorf("end process %d: %w", p, err)
			}
		}
		time.Sleep(100 * time.Millisecond)
	}
	if err := os.Remove(c.dir); err != nil {
		return fmt.Errorf("remove a control group: %w", err)
	}
	return nil
}

// favourWeight is twenty times that of other processes.
const favourWeight = "20480"

// Favour gives this process, and all that it starts, twenty times the weight of
// an ordinary process, where there is a cgroup v1 `cpu` controller; elsewhere it
// does nothing. (A nice value is not enough: browsers set their own.)
func Favour() (undo func()) {
	const root = "/sys/fs/cgroup/cpu"
	dir := fmt.Sprintf("%s/glass-%d", root, os.Getpid())
	self := []byte(strconv.Itoa(os.Getpid()))
	if os.Mkdir(dir, 0o755) != nil {
		return func() {}
	}
	undo = func() {
		if os.WriteFile(root+"/cgroup.procs", self, 0) == nil {
			_ = os.Remove(dir) // a process that is about to end may be in it
		}
	}
	if errors.Join(os.WriteFile(dir+"/cpu.shares", []byte(favourWeight), 0), os.WriteFile(dir+"/cgroup.procs", self, 0)) != nil {
		undo()
		return func() {}
	}
	return undo
}
