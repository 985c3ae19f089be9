package app

import (
	"fmt"
	"os"
	"strings"

	"golang.org/x/sys/unix"
)

// forget gives back the pages of the program's file that its start has touched.
// Every part sets itself up, also those that this run has no use for, and what
// they touched counts as this process's memory until the system is short of it.
// What is used again comes from the system's cache. Where it cannot be done the
// pages stay.
func forget() {
	exe, err := os.Readlink("/proc/self/exe")
	if err != nil {
		return
	}
	maps, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		return
	}
	for _, m := range unwritten(string(maps), exe) {
		_, _, _ = unix.Syscall(unix.SYS_MADVISE, m.from, m.to-m.from, unix.MADV_DONTNEED)
	}
}

// mapping is where a part of a file lies in memory.
type mapping struct{ from, to uintptr }

// unwritten finds in /proc/self/smaps (proc_pid_smaps(5)) where code and constants
// of a file lie: nobody can write there, and nobody has. What a linker wrote to
// before it was made read-only (RELRO) is not in the file and could not come back.
func unwritten(maps, file string) (all []mapping) {
	var m mapping
	of := false // m is of the file, and read-only
	for line := range strings.Lines(maps) {
		line = strings.TrimSuffix(line, "\n")
		var at mapping
		var rights string
		if n, _ := fmt.Sscanf(line, "%x-%x %s", &at.from, &at.to, &rights); n == 3 {
			m = at
			of = strings.HasSuffix(line, " "+file) && strings.HasPrefix(rights, "r-") && m.from < m.to
			continue
		}
		if kB, found := strings.CutPrefix(line, "Anonymous:"); found && of && strings.TrimSpace(kB) == "0 kB" {
			all = append(all, m)
		}
	}
	return all
}
