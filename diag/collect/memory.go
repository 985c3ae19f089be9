package collect

import (
	"context"
	"fmt"
	"strings"

	"github.com/shirou/gopsutil/v3/mem"
)

// memory is the machine's memory and swap space.
type memory struct{ machine }

// MemoryFacts is the machine's memory and swap space.
type MemoryFacts struct {
	Total       uint64  `json:"total_bytes"`
	Available   uint64  `json:"available_bytes"`
	Used        uint64  `json:"used_bytes"`
	Percent     float64 `json:"used_percent"`
	Cached      uint64  `json:"cached_bytes,omitempty"`
	Buffers     uint64  `json:"buffers_bytes,omitempty"`
	Shared      uint64  `json:"shared_bytes,omitempty"`
	Dirty       uint64  `json:"not_yet_written_bytes,omitempty"`
	Kernel      uint64  `json:"kernel_bytes,omitempty"`    // slab
	Committed   uint64  `json:"committed_bytes,omitempty"` // promised to programs
	CommitLimit uint64  `json:"commit_limit_bytes,omitempty"`
	HugeTotal   uint64  `json:"huge_pages,omitempty"`
	HugeFree    uint64  `json:"huge_pages_free,omitempty"`
	Limit       uint64  `json:"limit_bytes,omitempty"` // of the control group that this program runs in; 0 is none
	Swap        *Swap   `json:"swap,omitempty"`        // nil: the system does not say
}

// Swap is the space that memory is moved to.
type Swap struct {
	Total   uint64  `json:"total_bytes"`
	Used    uint64  `json:"used_bytes"`
	Percent float64 `json:"used_percent"`
}

func (memory) Name() string  { return "memory" }
func (memory) Title() string { return titleMemory }

func (c memory) Collect(ctx context.Context, s Sink) error {
	m, err := mem.VirtualMemoryWithContext(ctx)
	if err != nil {
		return fmt.Errorf("read the memory's use: %w", err)
	}
	f := MemoryFacts{
		Total: m.Total, Available: m.Available, Used: m.Used, Percent: round(m.UsedPercent),
		Cached: m.Cached, Buffers: m.Buffers, Shared: m.Shared, Dirty: m.Dirty, Kernel: m.Slab,
		Committed: m.CommittedAS, CommitLimit: m.CommitLimit, HugeTotal: m.HugePagesTotal, HugeFree: m.HugePagesFree,
	}
	if c.system == "linux" {
		f.Limit = c.memoryLimit(m.Total)
	}
	if w, err := mem.SwapMemoryWithContext(ctx); err == nil {
		f.Swap = &Swap{Total: w.Total, Used: w.Used, Percent: round(w.UsedPercent)}
	}
	return writeFacts(s, "system/memory.json", titleMemory, f)
}

// memoryLimit is what the control group of this program may take, 0 if that
// is no less than the machine has.
func (m machine) memoryLimit(total uint64) uint64 {
	group := ""
	for line := range strings.Lines(m.text("/proc/self/cgroup")) {
		if path, ok := strings.CutPrefix(strings.TrimSpace(line), "0::"); ok {
			group = path
		}
	}
	least := total
	for _, file := range []string{"/sys/fs/cgroup" + group + "/memory.max", "/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"} {
		if n := m.number(file); n != nil {
			least = min(least, *n)
		}
	}
	if least == total {
		return 0
	}
	return least
}
