package collect

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/shirou/gopsutil/v3/cpu"
)

// processor is what the machine computes with and how busy it is.
type processor struct{ machine }

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

// ProcessorModel is one kind of processor.
type ProcessorModel struct {
	Name    string  `json:"name"`
	Vendor  string  `json:"vendor,omitempty"`
	Clock   float64 `json:"speed_mhz,omitempty"`
	Threads int     `json:"threads"`
}

func (processor) Name() string  { return "cpu" }
func (processor) Title() string { return titleProcessor }

func (c processor) Collect(ctx context.Context, s Sink) error {
	infos, err := cpu.InfoWithContext(ctx)
	if err != nil {
		return fmt.Errorf("read the processors: %w", err)
	}
	f := ProcessorFacts{Models: models(infos)}
	// Some systems tell only one of the two; what is missing is left away.
	f.Cores, _ = cpu.CountsWithContext(ctx, false)
	f.Threads, _ = cpu.CountsWithContext(ctx, true)
	if c.system == "linux" {
		f.linux(c.machine)
	}
	if err := f.watch(ctx); err != nil {
		return err
	}
	return writeFacts(s, "system/cpu.json", titleProcessor, f)
}

// linux adds what the kernel knows of its processors.
func (f *ProcessorFacts) linux(m machine) {
	f.Governor = m.text("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")
	for line := range strings.Lines(m.text("/proc/cpuinfo")) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == "microcode" {
			f.Microcode = strings.TrimSpace(value)
			break
		}
	}
	const dir = "/sys/devices/system/cpu/vulnerabilities"
	for _, name := range m.names(dir) {
		if strings.HasPrefix(m.text(dir+"/"+name), "Vulnerable") {
			f.Weaknesses = append(f.Weaknesses, name)
		}
	}
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
