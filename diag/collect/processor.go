package collect

import (
	"context"
	"fmt"
	"time"

	"github.com/shirou/gopsutil/v3/cpu"
)

// processor is what the machine computes with and how busy it is.
type processor struct{}

// sampleTime is how long the use of processors is watched.
const sampleTime = time.Second

type processorFacts struct {
	Models  []modelFacts `json:"models"`
	Cores   int          `json:"cores,omitempty"`
	Threads int          `json:"threads,omitempty"`
	Used    *float64     `json:"used_percent,omitempty"` // nil: the system does not say
	Each    []float64    `json:"each_percent,omitempty"`
}

type modelFacts struct {
	Name    string  `json:"name"`
	Vendor  string  `json:"vendor,omitempty"`
	Clock   float64 `json:"speed_mhz,omitempty"`
	Threads int     `json:"threads"`
}

func (processor) Name() string  { return "cpu" }
func (processor) Title() string { return titleProcessor }

func (processor) Collect(ctx context.Context, s Sink) error {
	infos, err := cpu.InfoWithContext(ctx)
	if err != nil {
		return fmt.Errorf("read the processors: %w", err)
	}
	f := processorFacts{Models: models(infos)}
	// Some systems tell only one of the two; what is missing is left away.
	f.Cores, _ = cpu.CountsWithContext(ctx, false)
	f.Threads, _ = cpu.CountsWithContext(ctx, true)
	if each, err := cpu.PercentWithContext(ctx, sampleTime, true); err == nil && len(each) > 0 {
		var sum float64
		for _, p := range each {
			sum += p
			f.Each = append(f.Each, round(p))
		}
		mean := round(sum / float64(len(each)))
		f.Used = &mean
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return writeFacts(s, "system/cpu.json", titleProcessor, f)
}

// models counts equal processors; Linux lists every thread by itself.
func models(infos []cpu.InfoStat) []modelFacts {
	all := []modelFacts{}
	place := map[string]int{}
	for _, c := range infos {
		i, known := place[c.ModelName]
		if !known {
			i = len(all)
			place[c.ModelName] = i
			all = append(all, modelFacts{Name: c.ModelName, Vendor: c.VendorID, Clock: round(c.Mhz)})
		}
		all[i].Threads += max(1, int(c.Cores))
	}
	return all
}
