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

// ProcessorFacts is what the machine computes with and how busy it is.
type ProcessorFacts struct {
	Models     []ProcessorModel `json:"models"`
	Cores      int              `json:"cores,omitempty"`
	Threads    int              `json:"threads,omitempty"`
	Used       *float64         `json:"used_percent,omitempty"` // nil: the system does not say
	Each       []float64        `json:"each_percent,omitempty"`
	States     *CPUStates       `json:"states,omitempty"`   // of the sampled time; nil: the system does not say
	Governor   string           `json:"governor,omitempty"` // what sets the clock: "powersave"
	Microcode  string           `json:"microcode,omitempty"`
	Weaknesses []string         `json:"weaknesses,omitempty"` // those that the kernel does not guard against, as it names them
}

// CPUStates is what processors did in the sampled time.
type CPUStates struct {
	User       float64 `json:"user_percent"`
	System     float64 `json:"system_percent"`
	Idle       float64 `json:"idle_percent"`
	Waiting    float64 `json:"waiting_for_disk_percent"`
	Stolen     float64 `json:"stolen_percent"` // by other machines on the same host
	Interrupts float64 `json:"interrupts_percent"`
}

// ProcessorModel is one kind of processor.
type ProcessorModel struct {
	Name    string  `json:"name"`
	Vendor  string  `json:"vendor,omitempty"`
	Clock   float64 `json:"clock_mhz,omitempty"`
	Threads int     `json:"threads"`
}

func (processor) Name() string  { return "cpu" }
func (processor) Title() string { return titleProcessor }

func (processor) Collect(ctx context.Context, s Sink) error {
	infos, err := cpu.InfoWithContext(ctx)
	if err != nil {
		return fmt.Errorf("read the processors: %w", err)
	}
	f := ProcessorFacts{Models: models(infos)}
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
func models(infos []cpu.InfoStat) []ProcessorModel {
	all := []ProcessorModel{}
	place := map[string]int{}
	for _, c := range infos {
		i, known := place[c.ModelName]
		if !known {
			i = len(all)
			place[c.ModelName] = i
			all = append(all, ProcessorModel{Name: c.ModelName, Vendor: c.VendorID, Clock: round(c.Mhz)})
		}
		all[i].Threads += max(1, int(c.Cores))
	}
	return all
}
