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

type processesFacts struct {
	Count    int            `json:"count"`
	Sampled  float64        `json:"sampled_seconds"`
	ByCPU    []processFacts `json:"by_processor"` // of one processor's time, so that more than 100 is possible
	ByMemory []processFacts `json:"by_memory"`
}

type processFacts struct {
	Name    string     `json:"name"`
	PID     int32      `json:"pid"`
	Parent  int32      `json:"parent_pid,omitempty"`
	User    string     `json:"user,omitempty"`
	CPU     float64    `json:"processor_percent"`
	Memory  uint64     `json:"memory_bytes"`
	Threads int32      `json:"threads,omitempty"`
	Started *time.Time `json:"started_time,omitempty"`
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
	f := processesFacts{Count: len(all), Sampled: round(elapsed)}
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
func top(ctx context.Context, samples []sample, taken func(sample) float64) []processFacts {
	slices.SortStableFunc(samples, func(a, b sample) int { return cmp.Compare(taken(b), taken(a)) })
	list := []processFacts{}
	for _, s := range samples[:min(len(samples), topProcesses)] {
		if taken(s) == 0 {
			break
		}
		f := processFacts{PID: s.p.Pid, CPU: round(s.used), Memory: s.memory}
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
