package collect

import (
	"context"
	"os"
	"strconv"
	"strings"
)

// procfs reads Linux' processes (proc(5)).
type procfs struct{ machine }

// ticks is how many there are in a second of processor time: USER_HZ.
const ticks = 100

// stat are the fields of /proc/PID/stat behind the name, from the state on.
type stat []string

// readStat parts the line at the name's last bracket: names may have some, too.
func (m machine) readStat(pid string) (name string, fields stat, ok bool) {
	b, err := m.read("/proc/"+pid+"/stat", 4<<10)
	if err != nil {
		return "", nil, false
	}
	line := string(b)
	open, shut := strings.IndexByte(line, '('), strings.LastIndexByte(line, ')')
	if open < 0 || shut < open {
		return "", nil, false
	}
	fields = strings.Fields(line[shut+1:])
	return line[open+1 : shut], fields, len(fields) >= 22
}

func (s stat) number(i int) uint64 {
	n, _ := strconv.ParseUint(s[i], 10, 64) // the kernel writes only numbers
	return n
}

// Places within stat.
const (
	statParent, statUser, statSystem, statThreads, statStart, statMemory = 1, 11, 12, 17, 19, 21
)

func (p procfs) look(ctx context.Context, files bool) (map[int32]taken, error) {
	all := map[int32]taken{}
	page := uint64(os.Getpagesize())
	for _, name := range p.names("/proc") {
		pid, err := strconv.ParseInt(name, 10, 32)
		if err != nil {
			continue
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		_, s, ok := p.readStat(name)
		if !ok { // it has ended
			continue
		}
		t := taken{
			cpu: float64(s.number(statUser)+s.number(statSystem)) / ticks, state: s[0],
			threads: int32(s.number(statThreads)), memory: s.number(statMemory) * page,
		}
		p.io(name, &t)
		if files {
			p.files(name, &t)
		}
		all[int32(pid)] = t
	}
	return all, nil
}

// io reads what went to disks and came from them; only of one's own processes.
func (p procfs) io(pid string, t *taken) {
	b, err := p.read("/proc/"+pid+"/io", 4<<10)
	if err != nil {
		return
	}
	v := keyValues(string(b), ":")
	t.read, _ = strconv.ParseUint(v["read_bytes"], 10, 64)
	t.written, _ = strconv.ParseUint(v["write_bytes"], 10, 64)
}

// few is how many open files are too few to ask for their limit.
const few = 32

func (p procfs) files(pid string, t *taken) {
	f, err := os.Open(p.path("/proc/" + pid + "/fd"))
	if err != nil {
		return
	}
	list, err := f.Readdirnames(maxNames)
	f.Close()
	if err != nil && len(list) == 0 {
		return
	}
	t.files = new(len(list))
	if len(list) < few {
		return
	}
	_, rest, _ := strings.Cut(p.text("/proc/"+pid+"/limits"), "Max open files")
	if v := strings.Fields(rest); len(v) > 0 {
		t.maxFiles = parseNumber(v[0])
	}
}

func (p procfs) describe(_ context.Context, f *Process) {
	pid := strconv.Itoa(int(f.PID))
	name, s, ok := p.readStat(pid)
	if !ok {
		return
	}
	f.Name, f.Parent = name, int32(s.number(statParent))
	status := keyValues(p.text("/proc/"+pid+"/status"), ":")
	if ids := strings.Fields(status["Uid"]); len(ids) > 0 {
		f.User = p.userName(ids[0])
	}
	boot := keyValues(p.text("/proc/stat"), " ")["btime"]
	if n, err := strconv.ParseInt(boot, 10, 64); err == nil {
		f.Started = unixTime(n + int64(s.number(statStart)/ticks))
	}
}

// userName gives a person's name by number; the number if there is none.
func (m machine) userName(id string) string {
	for line := range strings.Lines(m.text("/etc/passwd")) {
		if v := strings.Split(line, ":"); len(v) > 2 && v[2] == id {
			return v[0]
		}
	}
	return id
}

// linux adds the system's own limits.
func (f *ProcessesFacts) linux(m machine) {
	if n := m.number("/proc/sys/kernel/pid_max"); n != nil {
		f.MaxPID = *n
	}
	if v := strings.Fields(m.text("/proc/sys/fs/file-nr")); len(v) == 3 {
		open, limit := parseNumber(v[0]), parseNumber(v[2])
		if open != nil && limit != nil && *limit > 0 {
			f.Files = &OpenFiles{Open: *open, Limit: *limit, Used: share(float64(*open), float64(*limit))}
		}
	}
}
