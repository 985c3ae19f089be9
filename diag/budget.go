package diag

import (
	"time"

	"github.com/beistand/beistand/diag/collect"
	"github.com/beistand/beistand/diag/redact"
)

// Budget is what a run costs at most, known before it starts.
type Budget struct {
	MaxTime    time.Duration // until every collector has been told to stop; the bundle is finished within a second of that
	MaxSize    int64         // bytes on disk
	MaxCPU     int           // percent of one processor; 0 is all there are
	Collectors []CollectorBudget
}

// CollectorBudget is what one collector costs at most.
type CollectorBudget struct {
	Name, Title, Source string // as in Progress
	MaxTime             time.Duration
	MaxSize             int64 // bytes of plain content
}

// Plan says what Run would cost at most. It looks at nothing on this machine
// but which collectors there are for it.
func Plan(o Options) Budget {
	if o.Profile == nil {
		o.Profile = BuiltinProfile()
	}
	return plan(o, o.collectors())
}

func plan(o Options, all []collect.Collector) Budget {
	o = o.withDefaults()
	b := Budget{MaxTime: o.MaxTime, MaxSize: o.MaxSize, MaxCPU: max(0, o.MaxCPU)}
	for _, c := range all {
		limit := collect.LimitOf(c)
		b.Collectors = append(b.Collectors, CollectorBudget{
			Name: c.Name(), Title: c.Title(), Source: sourceOf(c), MaxTime: min(limit.Time, o.MaxTime), MaxSize: limit.Size,
		})
	}
	return b
}

// withDefaults fills in what was not said.
func (o Options) withDefaults() Options {
	if o.Profile == nil {
		o.Profile = BuiltinProfile()
	}
	if o.MaxTime <= 0 {
		o.MaxTime = DefaultMaxTime
	}
	if o.MaxSize <= 0 {
		o.MaxSize = DefaultMaxSize
	}
	if o.Known == nil {
		o.Known = &redact.Known{}
	}
	if o.Names == nil {
		o.Names = NewNames()
	}
	return o
}

func sourceOf(c collect.Collector) string {
	if s, ok := c.(interface{ Source() string }); ok {
		return s.Source()
	}
	return ""
}
