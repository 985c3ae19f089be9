package collect

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/shirou/gopsutil/v3/process"
)

// processes is which programs take most of processor and memory. Their
// command lines are left out: passwords and names stand in them.
type processes struct{}

// topProcesses is how many of each kind are listed.
const topProcesses = 15

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
}

func (processes) Name() string  { return "processes" }
func (processes) Title() string { return titleProcesses }

// sample is one process between two looks.
type sample struct {
	p      *process.Process
	before float64 // processor seconds
	used   float64 // percent of one processor
	memory uint64
}

func (processes) Collect(ctx context.Context, s Sink) error {
	all, err := process.ProcessesWithContext(ctx)
	if err != nil {
		return fmt.Errorf("list the processes: %w", err)
	}
	start := time.Now()
	samples := make([]sample, 0, len(all))
	for _, p := range all {
		if t, err := p.TimesWithContext(ctx); err == nil {
			samples = append(samples, sample{p: p, before: t.User + t.System})
		}
	}
	pause := time.NewTimer(sampleTime)
	defer pause.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-pause.C:
	}
	elapsed := time.Since(start).Seconds()
	for i := range samples {
		samples[i].look(ctx, elapsed)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	f := ProcessesFacts{Count: len(all), Sampled: round(elapsed)}
	f.ByCPU = top(ctx, samples, func(s sample) float64 { return s.used })
	f.ByMemory = top(ctx, samples, func(s sample) float64 { return float64(s.memory) })
	return writeFacts(s, "system/processes.json", titleProcesses, f)
}

// look takes the second look. A process that has ended meanwhile keeps zeros.
func (s *sample) look(ctx context.Context, elapsed float64) {
	if t, err := s.p.TimesWithContext(ctx); err == nil {
		s.used = max(0, t.User+t.System-s.before) / elapsed * 100
	}
	if m, err := s.p.MemoryInfoWithContext(ctx); err == nil && m != nil {
		s.memory = m.RSS
	}
}

// top describes those that take most of something, without those that take nothing.
func top(ctx context.Context, samples []sample, taken func(sample) float64) []Process {
	slices.SortStableFunc(samples, func(a, b sample) int { return cmp.Compare(taken(b), taken(a)) })
	list := []Process{}
	for _, s := range samples[:min(len(samples), topProcesses)] {
		if taken(s) == 0 {
			break
		}
		f := Process{PID: s.p.Pid, CPU: round(s.used), Memory: s.memory}
		// What a system does not tell about other people's processes stays empty.
		f.Name, _ = s.p.NameWithContext(ctx)
		f.Parent, _ = s.p.PpidWithContext(ctx)
		f.User, _ = s.p.UsernameWithContext(ctx)
		f.Threads, _ = s.p.NumThreadsWithContext(ctx)
		if ms, err := s.p.CreateTimeWithContext(ctx); err == nil {
			f.Started = unixTime(ms / 1000)
		}
		if f.Name != "" {
			list = append(list, f)
		}
	}
	return list
}
