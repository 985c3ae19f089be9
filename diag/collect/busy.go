package collect

import (
	"context"
	"time"

	"github.com/shirou/gopsutil/v3/cpu"
)

// CPUStates is what processors did in the sampled time.
type CPUStates struct {
	User       float64 `json:"user_percent"`
	System     float64 `json:"system_percent"`
	Idle       float64 `json:"idle_percent"`
	Waiting    float64 `json:"waiting_for_disk_percent"`
	Stolen     float64 `json:"stolen_percent"` // by other machines on the same host
	Interrupts float64 `json:"interrupts_percent"`
}

// watch looks at the processors twice, sampleTime apart. A system that does
// not say leaves the fields empty.
func (f *ProcessorFacts) watch(ctx context.Context) error {
	before, err := cpu.TimesWithContext(ctx, true)
	if err != nil {
		return ctx.Err()
	}
	pause := time.NewTimer(sampleTime)
	defer pause.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-pause.C:
	}
	after, err := cpu.TimesWithContext(ctx, true)
	if err != nil || len(after) != len(before) {
		return ctx.Err()
	}
	f.between(before, after)
	return nil
}

// between works out what processors did between two looks.
func (f *ProcessorFacts) between(before, after []cpu.TimesStat) {
	var all cpu.TimesStat
	var whole float64
	for i := range after {
		a, b := after[i], before[i]
		d := cpu.TimesStat{
			User: a.User + a.Nice - b.User - b.Nice, System: a.System - b.System, Idle: a.Idle - b.Idle, Iowait: a.Iowait - b.Iowait,
			Steal: a.Steal - b.Steal, Irq: a.Irq + a.Softirq - b.Irq - b.Softirq,
		}
		total := d.User + d.System + d.Idle + d.Iowait + d.Steal + d.Irq
		if total <= 0 {
			continue
		}
		f.Each = append(f.Each, share(total-d.Idle-d.Iowait, total))
		all.User, all.System, all.Idle = all.User+d.User, all.System+d.System, all.Idle+d.Idle
		all.Iowait, all.Steal, all.Irq = all.Iowait+d.Iowait, all.Steal+d.Steal, all.Irq+d.Irq
		whole += total
	}
	if whole <= 0 {
		return
	}
	used := share(whole-all.Idle-all.Iowait, whole)
	f.Used = &used
	f.States = &CPUStates{
		User: share(all.User, whole), System: share(all.System, whole), Idle: share(all.Idle, whole),
		Waiting: share(all.Iowait, whole), Stolen: share(all.Steal, whole), Interrupts: share(all.Irq, whole),
	}
}

// share is a part of a whole in percent, 0 to 100: counters of idle time can run back.
func share(part, whole float64) float64 { return round(min(100, max(0, part/whole*100))) }
