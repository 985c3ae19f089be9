package count

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Group is a set of processes whose use is added up.
type Group interface {
	CPU() time.Duration
	PIDs() []int
}

// Tree is some processes and all their descendants.
type Tree []int

// Own is some processes without their descendants.
type Own []int

const tick = 10 * time.Millisecond // USER_HZ is 100 on every Linux port

// status reads a process's parent and CPU times (own, and of reaped children).
func status(pid int) (ppid int, cpu time.Duration, ok bool) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, 0, false
	}
	// The name, in parentheses, may hold anything: split after it (proc(5)).
	f := strings.Fields(string(b[bytes.LastIndexByte(b, ')')+1:]))
	if len(f) < 15 {
		return 0, 0, false
	}
	ppid, err = strconv.Atoi(f[1])
	ticks := 0
	for _, s := range f[11:15] { // utime, stime, cutime, cstime
		n, _ := strconv.Atoi(s) // the kernel's, always a number
		ticks += n
	}
	return ppid, time.Duration(ticks) * tick, err == nil
}

// PIDs are the processes that there are now.
func (t Tree) PIDs() []int {
	in := map[int]bool{}
	for _, p := range t {
		in[p] = true
	}
	parent := map[int]int{}
	dirs, _ := filepath.Glob("/proc/[0-9]*") // the pattern is right
	for _, d := range dirs {
		pid, err := strconv.Atoi(filepath.Base(d))
		if err != nil {
			continue
		}
		if pp, _, ok := status(pid); ok {
			parent[pid] = pp
		}
	}
	var out []int
	for pid := range parent {
		for p := pid; p > 0; p = parent[p] {
			if in[p] {
				out = append(out, pid)
				break
			}
		}
	}
	return out
}

// CPU is the time that they have used so far.
func (t Tree) CPU() time.Duration { return Own(t.PIDs()).CPU() }

// PIDs are the processes themselves.
func (o Own) PIDs() []int { return o }

// CPU is the time that they have used so far.
func (o Own) CPU() (sum time.Duration) {
	for _, p := range o {
		_, c, _ := status(p)
		sum += c
	}
	return sum
}
