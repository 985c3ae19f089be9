package count

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// MemoryMB adds up the processes' resident memory in MiB, shared pages counted
// once (PSS), or plain RSS where the kernel does not say.
func MemoryMB(g Group) (sum float64) {
	for _, p := range g.PIDs() {
		kb := field(fmt.Sprintf("/proc/%d/smaps_rollup", p), "Pss:")
		if kb == 0 {
			kb = field(fmt.Sprintf("/proc/%d/status", p), "VmRSS:")
		}
		sum += kb / 1024
	}
	return sum
}

func field(file, key string) float64 {
	b, err := os.ReadFile(file)
	if err != nil {
		return 0 // it has ended
	}
	for sc := bufio.NewScanner(bytes.NewReader(b)); sc.Scan(); {
		if f := strings.Fields(sc.Text()); len(f) > 1 && f[0] == key {
			n, _ := strconv.ParseFloat(f[1], 64) // the kernel's, always a number
			return n
		}
	}
	return 0
}

// MachineCPU is the time for which all processors were busy since the start.
func MachineCPU() time.Duration {
	b, err := os.ReadFile("/proc/stat")
	if err != nil {
		return 0
	}
	ticks := 0
	for i, s := range strings.Fields(strings.SplitN(string(b), "\n", 2)[0]) {
		if i == 1 || i == 2 || i == 3 || i == 6 || i == 7 { // user nice system irq softirq
			n, _ := strconv.Atoi(s) // the kernel's, always a number
			ticks += n
		}
	}
	return time.Duration(ticks) * tick
}

// Bytes reads an interface's counters as process pid sees it; received and sent
// are the same on lo.
func Bytes(pid int, iface string) (received, sent int64) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/net/dev", pid))
	if err != nil {
		return 0, 0
	}
	for l := range strings.Lines(string(b)) {
		name, rest, ok := strings.Cut(l, ":")
		if f := strings.Fields(rest); ok && strings.TrimSpace(name) == iface && len(f) > 8 {
			received, _ = strconv.ParseInt(f[0], 10, 64) // the kernel's, always numbers
			sent, _ = strconv.ParseInt(f[8], 10, 64)
		}
	}
	return received, sent
}

// Load is the machine's load average over the last minute.
func Load() float64 {
	b, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return 0
	}
	load, _, _ := strings.Cut(string(b), " ")
	n, _ := strconv.ParseFloat(load, 64) // the kernel's, always a number
	return n
}
