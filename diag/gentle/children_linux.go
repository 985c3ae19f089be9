package gentle

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// clockTick is the unit of times in /proc: USER_HZ, which is 100 wherever Go runs.
const clockTick = 10 * time.Millisecond

// maxChildren bounds how many are looked at.
const maxChildren = 200

// children are the programs that this process's lowered threads have started,
// and theirs. Others that the process may have opened for a person are not.
func children() []child {
	tasks, _ := filepath.Glob("/proc/self/task/*/children")
	var all []child
	for _, t := range tasks {
		all = descend(all, t)
	}
	return all
}

func descend(all []child, list string) []child {
	text, err := os.ReadFile(list)
	if err != nil {
		return all
	}
	for word := range strings.FieldsSeq(string(text)) {
		pid, err := strconv.Atoi(word)
		if err != nil || len(all) >= maxChildren {
			continue
		}
		if used, ok := lowered(word); ok {
			all = descend(append(all, child{pid, used}), "/proc/"+word+"/task/"+word+"/children")
		}
	}
	return all
}

// lowered says whether a process has our priority, and what it has used:
// fields 14, 15 and 19 of proc_pid_stat(5).
func lowered(pid string) (time.Duration, bool) {
	text, err := os.ReadFile("/proc/" + pid + "/stat")
	if err != nil {
		return 0, false
	}
	_, rest, _ := strings.Cut(string(text), ") ")
	f := strings.Fields(rest)
	if len(f) < 17 {
		return 0, false
	}
	user, _ := strconv.ParseInt(f[11], 10, 64)
	system, _ := strconv.ParseInt(f[12], 10, 64)
	nice, err := strconv.Atoi(f[16])
	return time.Duration(user+system) * clockTick, err == nil && nice >= Nice
}
