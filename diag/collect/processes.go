package collect

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"slices"
	"time"
)

// ProcessesFacts is which programs take most. Command lines are left out.
type ProcessesFacts struct {
	Count    int        `json:"count"`
	Sampled  float64    `json:"sampled_seconds"`
	Threads  int        `json:"threads,omitempty"`
	Zombies  int        `json:"zombies"` // ended, and nobody has asked for their end
	Blocked  int        `json:"waiting_for_disk"`
	MaxPID   uint64     `json:"processes_limit,omitempty"`
	Files    *OpenFiles `json:"open_files,omitempty"` // of the whole system; nil: it does not say
	ByCPU    []Process  `json:"by_processor"`         // of one processor's time, so that more than 100 is possible
	ByMemory []Process  `json:"by_memory"`
	ByIO     []Process  `json:"by_disk,omitempty"`       // in the sampled time
	ByFiles  []Process  `json:"by_open_files,omitempty"` // those nearest to their own limit first
	Notes    []string   `json:"notes,omitempty"`
}

// OpenFiles is how many files are open and may be.
type OpenFiles struct {
	Open  uint64  `json:"open"`
	Limit uint64  `json:"limit"`
	Used  float64 `json:"used_percent"`
}

// Process is one program that runs.
type Process struct {
	Name     string     `json:"name"`
	PID      int32      `json:"pid"`
	Parent   int32      `json:"parent_pid,omitempty"`
	User     string     `json:"user,omitempty"`
	CPU      float64    `json:"processor_percent"`
	Memory   uint64     `json:"memory_bytes"`
	Threads  int32      `json:"threads,omitempty"`
	Started  *time.Time `json:"started_time,omitempty"`
	State    string     `json:"state,omitempty"`         // the kernel's letter: "R", "S", "D", "Z"
	Read     uint64     `json:"read_bytes,omitempty"`    // from disks, in the sampled time
	Written  uint64     `json:"written_bytes,omitempty"` // to disks, in the sampled time
	Files    *int       `json:"open_files,omitempty"`    // nil: it may not be known to this person
	MaxFiles *uint64    `json:"open_files_limit,omitempty"`
	Own      bool       `json:"this_program,omitempty"` // it is the one that collects, or was started by it
}

// processes is which programs take most of processor, memory, disk and files.
// Their command lines are left out: passwords and names stand in them.
type processes struct {
	machine
	table processTable
	pause func(context.Context) error // between the two looks
	own   int32                       // the PID of this program
}

func newProcesses(m machine) processes {
	p := processes{machine: m, table: everySystem{}, pause: sampled, own: int32(os.Getpid())}
	if m.system == "linux" {
		p.table = procfs{m}
	}
	return p
}

// topProcesses is how many of each kind are listed.
const topProcesses = 15

// processTable is what a system tells of its processes.
type processTable interface {
	// look gives what each has taken so far; files says whether open files
	// are to be counted too.
	look(ctx context.Context, files bool) (map[int32]taken, error)
	// describe adds what is told only of those that are listed.
	describe(ctx context.Context, p *Process)
}

// taken is what one process has taken so far.
type taken struct {
	cpu           float64 // seconds
	read, written uint64
	memory        uint64
	state         string
	threads       int32
	files         *int
	maxFiles      *uint64
}

// sampled waits until the time of a sample has passed.
func sampled(ctx context.Context) error {
	pause := time.NewTimer(sampleTime)
	defer pause.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-pause.C:
		return nil
	}
}

func (processes) Name() string  { return "processes" }
func (processes) Title() string { return titleProcesses }

func (c processes) Collect(ctx context.Context, s Sink) error {
	before, err := c.table.look(ctx, false)
	if err != nil {
		return fmt.Errorf("list the processes: %w", err)
	}
	start := time.Now()
	if err := c.pause(ctx); err != nil {
		return err
	}
	elapsed := time.Since(start).Seconds()
	after, err := c.table.look(ctx, true)
	if err != nil {
		return fmt.Errorf("list the processes: %w", err)
	}
	f := ProcessesFacts{Count: len(after), Sampled: round(elapsed)}
	if c.system == "linux" {
		f.linux(c.machine)
	}
	f.rank(ctx, c, between(before, after, elapsed))
	for _, t := range after {
		f.Threads += int(t.threads)
		switch t.state {
		case "Z":
			f.Zombies++
		case "D":
			f.Blocked++
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return writeFacts(s, "system/processes.json", titleProcesses, f)
}

// between is what each took between two looks. One that began meanwhile has
// taken all that it has.
func between(before, after map[int32]taken, elapsed float64) []Process {
	all := make([]Process, 0, len(after))
	for pid, a := range after {
		b := before[pid]
		all = append(all, Process{
			PID: pid, CPU: round(max(0, a.cpu-b.cpu) / max(elapsed, 0.001) * 100), Memory: a.memory, Threads: a.threads, State: a.state,
			Read: a.read - min(a.read, b.read), Written: a.written - min(a.written, b.written), Files: a.files, MaxFiles: a.maxFiles,
		})
	}
	slices.SortFunc(all, func(a, b Process) int { return cmp.Compare(a.PID, b.PID) })
	return all
}

// rank makes the lists of those that take most of something, without those
// that take nothing.
func (f *ProcessesFacts) rank(ctx context.Context, c processes, all []Process) {
	described := map[int32]Process{}
	top := func(much func(Process) float64) []Process {
		slices.SortStableFunc(all, func(a, b Process) int { return cmp.Compare(much(b), much(a)) })
		list := []Process{}
		for _, p := range all {
			if len(list) == topProcesses || much(p) == 0 {
				break
			}
			d, ok := described[p.PID]
			if !ok {
				d = p
				c.table.describe(ctx, &d)
				d.Own = d.PID == c.own || d.Parent == c.own
				described[p.PID] = d
			}
			if d.Name != "" {
				list = append(list, d)
			}
		}
		return list
	}
	f.ByCPU = top(func(p Process) float64 { return p.CPU })
	f.ByMemory = top(func(p Process) float64 { return float64(p.Memory) })
	f.ByIO = top(func(p Process) float64 { return float64(p.Read + p.Written) })
	f.ByFiles = top(func(p Process) float64 {
		switch {
		case p.Files == nil:
			return 0
		case p.MaxFiles == nil || *p.MaxFiles == 0:
			return float64(*p.Files) / (1 << 20)
		}
		return float64(*p.Files) / float64(*p.MaxFiles)
	})
}
