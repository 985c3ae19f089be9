package analyze

import (
	"fmt"

	"github.com/beistand/beistand/diag/collect"
)

func processRules() []Rule {
	with := func(look func(p fact[collect.ProcessesFacts]) []hit) func(*evidence) []hit {
		return func(e *evidence) []hit {
			p, ok := read[collect.ProcessesFacts](e, "processes")
			if !ok {
				return nil
			}
			return look(p)
		}
	}
	return []Rule{
		{
			ID: "zombie-processes", Severity: Info,
			Say:  "{{.Count}} programs have ended and still wait to be cleared away.",
			Do:   "Restart the program that started them; it does not look after its children.",
			When: "There are at least 20 zombie processes.",
			find: with(func(p fact[collect.ProcessesFacts]) []hit {
				if p.v.Zombies < 20 {
					return nil
				}
				return one(hit{data: data("Count", number(p.v.Zombies)), refs: []Ref{p.at("zombies")}})
			}),
		},
		{
			ID: "processes-stuck", Severity: Warning,
			Say:  "{{.Count}} programs are stuck waiting for a disk or network drive.",
			Do:   "Check the disks and the servers of network drives; such programs cannot be ended until those answer.",
			When: "At least 5 processes are in uninterruptible sleep.",
			find: with(func(p fact[collect.ProcessesFacts]) []hit {
				if p.v.Blocked < 5 {
					return nil
				}
				return one(hit{data: data("Count", number(p.v.Blocked)), refs: []Ref{p.at("waiting_for_disk")}})
			}),
		},
		{
			ID: "processes-near-limit", Severity: Critical,
			Say:  "The system can hardly start more programs: {{.Count}} of {{.Limit}} run.",
			Do:   "Look for a program that starts others without end.",
			When: "Processes and threads are 80 % of what the system allows.",
			find: with(func(p fact[collect.ProcessesFacts]) []hit {
				n := max(p.v.Count, p.v.Threads)
				if p.v.MaxPID == 0 || float64(n) < 0.8*float64(p.v.MaxPID) {
					return nil
				}
				return one(hit{data: data("Count", number(n), "Limit", number(p.v.MaxPID)), refs: []Ref{p.at("processes_limit")}})
			}),
		},
		{
			ID: "open-files-system", Severity: Critical,
			Say:  "The system can hardly open more files: {{.Used}} of the possible number are open.",
			Do:   "Look for the program with most open files; raise fs.file-max if it needs them.",
			When: "80 % of the system's file handles are in use.",
			find: with(func(p fact[collect.ProcessesFacts]) []hit {
				if p.v.Files == nil || p.v.Files.Used < 80 {
					return nil
				}
				return one(hit{data: data("Used", percent(p.v.Files.Used)), detail: fmt.Sprintf("%d of %d", p.v.Files.Open, p.v.Files.Limit), refs: []Ref{p.at("open_files")}})
			}),
		},
		{
			ID: "open-files-program", Severity: Warning,
			Say:  "{{.Program}} has nearly as many files open as it may: {{.Open}} of {{.Limit}}.",
			Do:   "Restart it; raise its limit (LimitNOFILE, ulimit -n) or look for a leak.",
			When: "A process has 80 % of its own limit of open files; from 95 % it is critical.",
			find: with(func(p fact[collect.ProcessesFacts]) []hit {
				var hits []hit
				for i, o := range p.v.ByFiles {
					if o.Files == nil || o.MaxFiles == nil || *o.MaxFiles == 0 {
						continue
					}
					used := float64(*o.Files) / float64(*o.MaxFiles)
					if used < 0.8 {
						continue
					}
					h := hit{data: data("Program", o.Name, "Open", number(*o.Files), "Limit", number(*o.MaxFiles)), detail: fmt.Sprintf("pid %d", o.PID), refs: []Ref{p.at("by_open_files", i)}}
					if used >= 0.95 {
						h.severity = Critical
					}
					hits = append(hits, h)
				}
				return hits
			}),
		},
		{
			ID: "program-greedy", Severity: Info,
			Say:  "{{.Program}} takes {{.Memory}} of memory, more than half of all.",
			Do:   "If it is more than usual, restart it.",
			When: "One process takes more than half of the machine's memory.",
			find: func(e *evidence) []hit {
				p, ok := read[collect.ProcessesFacts](e, "processes")
				m, ok2 := read[collect.MemoryFacts](e, "memory")
				if !ok || !ok2 || len(p.v.ByMemory) == 0 || m.v.Total == 0 || p.v.ByMemory[0].Memory <= m.v.Total/2 {
					return nil
				}
				top := p.v.ByMemory[0]
				return one(hit{data: data("Program", top.Name, "Memory", size(top.Memory)), detail: fmt.Sprintf("pid %d", top.PID), refs: []Ref{p.at("by_memory", 0)}})
			},
		},
	}
}
