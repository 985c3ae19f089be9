package collect

import (
	"context"
	"fmt"
	"strings"
)

// PressureFacts is how much of the time work waited for want of processor,
// memory or disk (Linux pressure stall information,
// Documentation/accounting/psi.rst). nil: the kernel does not say.
type PressureFacts struct {
	CPU    *Pressure `json:"processor,omitempty"`
	Memory *Pressure `json:"memory,omitempty"`
	IO     *Pressure `json:"disk,omitempty"`
}

// Pressure is one resource's: some is when at least one task waited, full
// when none could go on, as the average of the last seconds.
type Pressure struct {
	Some10  float64  `json:"some_10_s_percent"`
	Some60  float64  `json:"some_60_s_percent"`
	Some300 float64  `json:"some_300_s_percent"`
	Full10  *float64 `json:"full_10_s_percent,omitempty"`
	Full60  *float64 `json:"full_60_s_percent,omitempty"`
	Full300 *float64 `json:"full_300_s_percent,omitempty"`
	Waited  float64  `json:"some_since_start_seconds"`
}

// pressure is read of /proc/pressure.
type pressure struct{ machine }

func (pressure) Name() string  { return "pressure" }
func (pressure) Title() string { return titlePressure }

func (c pressure) Collect(_ context.Context, s Sink) error {
	f := PressureFacts{
		CPU:    parsePressure(c.text("/proc/pressure/cpu")),
		Memory: parsePressure(c.text("/proc/pressure/memory")),
		IO:     parsePressure(c.text("/proc/pressure/io")),
	}
	if f == (PressureFacts{}) {
		return absent("this system does not say how long work waits for processor, memory and disk")
	}
	return writeFacts(s, "system/pressure.json", titlePressure, f)
}

// parsePressure reads "some avg10=0.00 avg60=0.00 avg300=0.00 total=0" and
// the line of full, whose total is in microseconds.
func parsePressure(text string) *Pressure {
	var p *Pressure
	for line := range strings.Lines(text) {
		var kind string
		var a10, a60, a300 float64
		var total uint64
		if n, _ := fmt.Sscanf(line, "%s avg10=%f avg60=%f avg300=%f total=%d", &kind, &a10, &a60, &a300, &total); n != 5 {
			continue
		}
		switch {
		case kind == "some":
			p = &Pressure{Some10: a10, Some60: a60, Some300: a300, Waited: round(float64(total) / 1e6)}
		case kind == "full" && p != nil:
			p.Full10, p.Full60, p.Full300 = &a10, &a60, &a300
		}
	}
	return p
}
