package analyze

import (
	"fmt"
	"strings"

	"github.com/beistand/beistand/diag/collect"
)

func crashRules() []Rule {
	// crashes are those of the last seven days that are of the system's core, or not.
	crashes := func(ofKernel bool) func(*evidence) []hit {
		return func(e *evidence) []hit {
			all, _ := read[collect.CrashesFacts](e, "crashes")
			var names []string
			count := 0
			var h hit
			for i, c := range all.v.Crashes {
				if c.At == nil || e.now.Sub(*c.At) > 7*oneDay || (c.Kind == "kernel crash") != ofKernel {
					continue
				}
				count++
				names = appendNew(names, c.Name)
				if len(h.refs) < maxRefs {
					h.refs = append(h.refs, all.at("crashes", i))
				}
				if h.detail == "" {
					h.detail = strings.Join(strings.Fields(fmt.Sprintf("last %s: %s %s %s %s %s", moment(c.At), c.Name, c.Version, c.Kind, c.Signal, c.Module)), " ")
				}
			}
			if count == 0 {
				return nil
			}
			h.data = data("Programs", inList(names, 3), "Count", number(count))
			return one(h)
		}
	}
	return []Rule{
		{
			ID: "crashes-recent", Severity: Warning,
			Say:  "Programs crashed in the last week ({{.Count}}×): {{.Programs}}.",
			Do:   "Update them; send the crash reports to their makers if it goes on.",
			When: "Core dumps or crash reports of programs are not older than 7 days.",
			find: crashes(false),
		},
		{
			ID: "system-crashes-recent", Severity: Critical,
			Say:  "The whole machine crashed in the last week ({{.Count}}×).",
			Do:   "Update drivers and firmware; have the memory tested.",
			When: "Dumps of the kernel are not older than 7 days.",
			find: crashes(true),
		},
	}
}
