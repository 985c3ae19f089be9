package collect

import (
	"context"
	"fmt"

	"github.com/shirou/gopsutil/v3/load"
)

// averageLoad is how many processes wait for processors, on average.
type averageLoad struct{}

// LoadFacts is how many processes wait for processors, on average.
type LoadFacts struct {
	One     float64 `json:"one_minute"`
	Five    float64 `json:"five_minutes"`
	Fifteen float64 `json:"fifteen_minutes"`
	Running *int    `json:"running_processes,omitempty"` // nil: the system does not say
	Blocked *int    `json:"blocked_processes,omitempty"`
}

func (averageLoad) Name() string  { return "load" }
func (averageLoad) Title() string { return titleLoad }

func (averageLoad) Collect(ctx context.Context, s Sink) error {
	a, err := load.AvgWithContext(ctx)
	if err != nil {
		return fmt.Errorf("read the average load: %w", err)
	}
	f := LoadFacts{One: round(a.Load1), Five: round(a.Load5), Fifteen: round(a.Load15)}
	if m, err := load.MiscWithContext(ctx); err == nil {
		f.Running, f.Blocked = &m.ProcsRunning, &m.ProcsBlocked
	}
	return writeFacts(s, "system/load.json", titleLoad, f)
}
