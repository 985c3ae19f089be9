package analyze

import (
	"fmt"
	"time"

	"github.com/beistand/beistand/diag/facts"
)

// name is a log as people know it: where it was read, else its path in the bundle.
func (l *logReport) name() string {
	if l.file.Source != "" {
		return l.file.Source
	}
	return l.file.Path
}

// span is the time between the first and the last line; 0 if it is not known.
func (l *logReport) span() time.Duration {
	if l.first == nil || l.last == nil {
		return 0
	}
	return l.last.Sub(*l.first)
}

// eachLog makes a hit of every log that wants one.
func eachLog(look func(e *evidence, l *logReport) (hit, bool)) func(*evidence) []hit {
	return func(e *evidence) []hit {
		var hits []hit
		for _, l := range e.allLogs().reports {
			if !l.log {
				continue
			}
			if h, ok := look(e, l); ok {
				if h.data == nil {
					h.data = map[string]string{}
				}
				h.data["Log"] = l.name()
				if h.refs == nil {
					h.refs = []Ref{{File: l.file.Path}}
				}
				hits = append(hits, h)
			}
		}
		return hits
	}
}

func logRules() []Rule {
	return []Rule{
		{
			ID: "log-flooded", Severity: Warning,
			Say:  "The log {{.Log}} is full of one error: it stands there {{.Count}} times.",
			Do:   "Read the error; it hides all others.",
			When: "One error makes at least 200 lines and a fifth of a log.",
			find: eachLog(func(_ *evidence, l *logReport) (hit, bool) {
				if len(l.groups) == 0 || l.groups[0].Count < 200 || l.groups[0].Count*5 < l.lines {
					return hit{}, false
				}
				return groupHit(l.groups[0]), true
			}),
		},
		{
			ID: "log-repeated-error", Severity: Info,
			Say:  "The log {{.Log}} has the same error {{.Count}} times.",
			Do:   "Look at it first when looking for the cause.",
			When: "An error stands at least 10 times in a program's log and does not flood it.",
			find: eachLog(func(_ *evidence, l *logReport) (hit, bool) {
				if l.system || len(l.groups) == 0 || l.groups[0].Count < 10 || l.groups[0].Count >= 200 && l.groups[0].Count*5 >= l.lines {
					return hit{}, false
				}
				return groupHit(l.groups[0]), true
			}),
		},
		{
			ID: "log-growing", Severity: Warning,
			Say:  "The log {{.Log}} grows fast: {{.Size}} a day.",
			Do:   "Find out what writes so much; else it fills the disk.",
			When: "A log of at least 1 MB grows by more than 1 GB a day, by the times of its lines.",
			find: eachLog(func(_ *evidence, l *logReport) (hit, bool) {
				seconds := l.span().Seconds()
				if l.bytes < 1<<20 || seconds < 1 {
					return hit{}, false
				}
				daily := float64(l.bytes) / seconds * 86400
				return hit{data: data("Size", facts.Size(int64(daily))), detail: fmt.Sprintf("%s in %s", facts.Size(l.bytes), l.span())}, daily > gigabyte
			}),
		},
		{
			ID: "log-stale", Severity: Info,
			Say:  "The log {{.Log}} ends on {{.Date}}; nothing was written since.",
			Do:   "Check whether the program still runs, and whether it writes its log elsewhere now.",
			When: "The last line of a program's log is older than 14 days.",
			find: eachLog(func(e *evidence, l *logReport) (hit, bool) {
				if l.system || l.last == nil || e.now.Sub(*l.last) < 14*oneDay {
					return hit{}, false
				}
				return hit{data: data("Date", day(*l.last)), refs: []Ref{{File: l.file.Path, Line: l.lines}}}, true
			}),
		},
		{
			ID: "log-from-the-future", Severity: Warning,
			Say:  "The log {{.Log}} has times that have not come yet: {{.Date}}.",
			Do:   "Check the clocks and time zones of the machines that write it.",
			When: "The last line of a log is more than a day ahead of this machine's clock.",
			find: eachLog(func(e *evidence, l *logReport) (hit, bool) {
				if l.last == nil || l.last.Sub(e.now) < oneDay {
					return hit{}, false
				}
				return hit{data: data("Date", day(*l.last)), refs: []Ref{{File: l.file.Path, Line: l.lines}}}, true
			}),
		},
	}
}

func groupHit(g Group) hit {
	return hit{
		data:   data("Count", number(g.Count)),
		detail: fmt.Sprintf("first %s, last %s: %s", moment(g.First), moment(g.Last), g.Example),
		refs:   []Ref{g.At},
	}
}
