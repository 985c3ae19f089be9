package analyze

import (
	"fmt"
	"slices"

	"github.com/beistand/beistand/diag/collect"
)

func loadRules() []Rule {
	return []Rule{
		{
			ID: "load-high", Severity: Warning,
			Say:  "The machine has far more to do than it can: {{.Load}} tasks wait for {{.Threads}} processors. Most is done by {{.Program}}.",
			One:  "The machine has far more to do than it can: {{.Load}} tasks wait for its only processor. Most is done by {{.Program}}.",
			Do:   "Look at what the busiest program does; end it if it hangs.",
			When: "The load of the last five minutes is more than twice the number of processor threads.",
			find: func(e *evidence) []hit {
				l, ok := read[collect.LoadFacts](e, "load")
				c, ok2 := read[collect.ProcessorFacts](e, "cpu")
				if !ok || !ok2 || c.v.Threads == 0 || l.v.Five <= 2*float64(c.v.Threads) {
					return nil
				}
				return one(hit{
					single: c.v.Threads == 1,
					data:   data("Load", fmt.Sprintf("%.0f", l.v.Five), "Threads", number(c.v.Threads), "Program", busiest(e)),
					refs:   []Ref{l.at("five_minutes")},
				})
			},
		},
		{
			ID: "processor-busy", Severity: Warning,
			Say:  "The processors are fully busy ({{.Used}}), most with {{.Program}}.",
			Do:   "Look at what that program does; wait, or end it if it hangs.",
			When: "The processors were busy for 90 % of the watched time, beside what this program took of it.",
			find: func(e *evidence) []hit {
				c, ok := read[collect.ProcessorFacts](e, "cpu")
				if !ok || c.v.Used == nil {
					return nil
				}
				used := *c.v.Used - ownShare(e, c.v.Threads)
				if used < 90 {
					return nil
				}
				return one(hit{data: data("Used", percent(used), "Program", busiest(e)), refs: []Ref{c.at("used_percent")}})
			},
		},
		{
			ID: "processor-stolen", Severity: Warning,
			Say:  "This virtual machine does not get the processor time it needs: {{.Share}} goes to others.",
			Do:   "Ask those who run the host to give it more, or to move it.",
			When: "At least 10 % of the processor time is taken by other machines on the same host.",
			find: func(e *evidence) []hit {
				c, ok := read[collect.ProcessorFacts](e, "cpu")
				if !ok || c.v.States == nil || c.v.States.Stolen < 10 {
					return nil
				}
				return one(hit{data: data("Share", percent(c.v.States.Stolen)), refs: []Ref{c.at("states", "stolen_percent")}})
			},
		},
		{
			ID: "disk-slow", Severity: Warning,
			Say:  "The machine waits for its disk: {{.Share}} of the time.",
			Do:   "Look at which program reads or writes most ({{.Program}}), and at the disk's health.",
			When: "The processors wait for disks for at least 30 % of the time, or the kernel's disk pressure (full, 60 s) is at least 20 %.",
			find: func(e *evidence) []hit {
				if p, ok := read[collect.PressureFacts](e, "pressure"); ok && p.v.IO != nil && p.v.IO.Full60 != nil && *p.v.IO.Full60 >= 20 {
					return one(hit{data: data("Share", percent(*p.v.IO.Full60), "Program", writer(e)), refs: []Ref{p.at("disk", "full_60_s_percent")}})
				}
				if c, ok := read[collect.ProcessorFacts](e, "cpu"); ok && c.v.States != nil && c.v.States.Waiting >= 30 {
					return one(hit{data: data("Share", percent(c.v.States.Waiting), "Program", writer(e)), refs: []Ref{c.at("states", "waiting_for_disk_percent")}})
				}
				return nil
			},
		},
	}
}

// ownShare is how much of all processors' time this program takes itself while
// it looks, in percent.
func ownShare(e *evidence, threads int) float64 {
	p, ok := read[collect.ProcessesFacts](e, "processes")
	if !ok || threads < 1 {
		return 0
	}
	sum := 0.0
	for _, one := range p.v.ByCPU {
		if one.Own {
			sum += one.CPU
		}
	}
	return sum / float64(threads)
}

// busiest names the program that takes most processor time, beside this one.
func busiest(e *evidence) string {
	p, _ := read[collect.ProcessesFacts](e, "processes")
	if top, ok := foremost(p.v.ByCPU); ok {
		return top.Name + " (" + percent(top.CPU) + ")"
	}
	return "?"
}

// writer names the program that uses the disks most, beside this one.
func writer(e *evidence) string {
	p, _ := read[collect.ProcessesFacts](e, "processes")
	if top, ok := foremost(p.v.ByIO); ok {
		return top.Name
	}
	return "?"
}

// foremost is the first of a list that is not this program, which has much to
// do just while it looks.
func foremost(list []collect.Process) (collect.Process, bool) {
	i := slices.IndexFunc(list, func(p collect.Process) bool { return !p.Own })
	if i < 0 {
		return collect.Process{}, false
	}
	return list[i], true
}
