package analyze

import (
	"fmt"

	"github.com/beistand/beistand/diag/collect"
)

func memoryRules() []Rule {
	return []Rule{
		{
			ID: "memory-low", Severity: Warning,
			Say:  "The memory is nearly used up: {{.Free}} of {{.Total}} are left. Most is taken by {{.Program}}.",
			Do:   "Close programs that are not needed; restart the one that takes most if it has grown.",
			When: "Less than 8 % of the memory is available; below 3 % it is critical.",
			find: func(e *evidence) []hit {
				m, ok := read[collect.MemoryFacts](e, "memory")
				if !ok || m.v.Total == 0 {
					return nil
				}
				left := float64(m.v.Available) / float64(m.v.Total) * 100
				if left >= 8 {
					return nil
				}
				h := hit{
					data: data("Free", size(m.v.Available), "Total", size(m.v.Total), "Program", biggest(e)),
					refs: []Ref{m.at("available_bytes")}, detail: fmt.Sprintf("%.1f %% available", left),
				}
				if left < 3 {
					h.severity = Critical
				}
				return one(h)
			},
		},
		{
			ID: "memory-limit", Severity: Warning,
			Say:  "The memory that this group of programs may use is nearly used up: {{.Used}} of {{.Limit}}.",
			Do:   "Raise the limit of the container or service.",
			When: "90 % of a control group's memory limit are used.",
			find: func(e *evidence) []hit {
				m, ok := read[collect.MemoryFacts](e, "memory")
				if !ok || m.v.Limit == 0 || m.v.Limit >= m.v.Total || float64(m.v.Used) < 0.9*float64(m.v.Limit) {
					return nil
				}
				return one(hit{data: data("Used", size(m.v.Used), "Limit", size(m.v.Limit)), refs: []Ref{m.at("limit_bytes")}})
			},
		},
		{
			ID: "memory-pressure", Severity: Warning,
			Say:  "Programs have to wait for memory: in the last minute nothing went on for {{.Share}} of the time.",
			Do:   "Close programs that are not needed, or add memory.",
			When: "The kernel's memory pressure (full, 60 s) is at least 5 %, or some is at least 25 %; from 25 % full it is critical.",
			find: func(e *evidence) []hit {
				p, ok := read[collect.PressureFacts](e, "pressure")
				if !ok || p.v.Memory == nil {
					return nil
				}
				full := 0.0
				if p.v.Memory.Full60 != nil {
					full = *p.v.Memory.Full60
				}
				if full < 5 && p.v.Memory.Some60 < 25 {
					return nil
				}
				h := hit{data: data("Share", percent(full)), detail: fmt.Sprintf("some %.1f %%, full %.1f %%", p.v.Memory.Some60, full), refs: []Ref{p.at("memory")}}
				if full >= 25 {
					h.severity = Critical
				}
				return one(h)
			},
		},
		{
			ID: "swap-thrash", Severity: Warning,
			Say:  "The machine is slow because it moves memory to the disk all the time: {{.Used}} of swap space are used.",
			Do:   "Close programs that are not needed, or add memory.",
			When: "80 % of the swap space is used and less than 15 % of the memory is available.",
			find: func(e *evidence) []hit {
				m, ok := read[collect.MemoryFacts](e, "memory")
				if !ok || m.v.Swap == nil || m.v.Swap.Total == 0 || m.v.Swap.Percent < 80 || float64(m.v.Available) > 0.15*float64(m.v.Total) {
					return nil
				}
				return one(hit{data: data("Used", size(m.v.Swap.Used)), detail: percent(m.v.Swap.Percent) + " of " + size(m.v.Swap.Total), refs: []Ref{m.at("swap")}})
			},
		},
		{
			ID: "oom-kills", Severity: Critical,
			Say:  "The system ended programs because memory ran out: {{.Programs}}.",
			Do:   "Find out which program takes most memory; add memory or raise the limit that was hit.",
			When: "The kernel ended a program for want of memory since the system started.",
			find: func(e *evidence) []hit {
				o, ok := read[collect.OOMFacts](e, "oom")
				if !ok || len(o.v.Events) == 0 && (o.v.Kills == nil || *o.v.Kills == 0) {
					return nil
				}
				h := hit{refs: []Ref{o.at("kills_since_start")}}
				var programs []string
				for i, k := range o.v.Events {
					if i == 0 {
						h.refs, h.detail = nil, fmt.Sprintf("last %s, pid %d, %s, %s", moment(k.At), k.PID, size(k.Memory), k.Cause)
					}
					h.refs = append(h.refs, o.at("events", i))
					programs = appendNew(programs, k.Process)
				}
				h.data = data("Programs", inList(programs, 3))
				return one(h)
			},
		},
	}
}

// biggest names the program that takes most memory.
func biggest(e *evidence) string {
	p, ok := read[collect.ProcessesFacts](e, "processes")
	if !ok || len(p.v.ByMemory) == 0 {
		return "?"
	}
	return p.v.ByMemory[0].Name + " (" + size(p.v.ByMemory[0].Memory) + ")"
}

// appendNew adds a name that is not there yet.
func appendNew(names []string, name string) []string {
	for _, n := range names {
		if n == name {
			return names
		}
	}
	return append(names, name)
}
