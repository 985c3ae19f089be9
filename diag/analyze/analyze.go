// Package analyze turns evidence into findings: what is wrong, where that shows, and what to do next.
package analyze

import (
	"cmp"
	"context"
	"io"
	"slices"

	"github.com/beistand/beistand/diag/bundle"
)

// Evidence is what findings are drawn from; *bundle.Reader is one. Its files
// are read by several goroutines at once.
type Evidence interface {
	Manifest() bundle.Manifest
	OpenFile(path string) (io.ReadCloser, error)
}

// Report is what a bundle shows.
type Report struct {
	Findings []Finding `json:"findings"` // the gravest first
	Errors   []Group   `json:"errors"`   // repeated ones of all logs, the most frequent first
}

// Run draws findings from a bundle: by the rules of this package, then by
// those given. The gravest come first. A file that cannot be read is a
// finding of its own and keeps no other rule from its work; the only error is
// ctx's.
func Run(ctx context.Context, from Evidence, declared ...Rule) ([]Finding, error) {
	r, err := Study(ctx, from, declared...)
	return r.Findings, err
}

// Study is Run together with the errors that logs repeat.
func Study(ctx context.Context, from Evidence, declared ...Rule) (Report, error) {
	rules := slices.Concat(Rules(), declared)
	e := newEvidence(ctx, from, rules)
	defer e.allLogs() // no goroutine outlives this
	r := Report{Findings: []Finding{}}
	for _, rule := range append(rules, unreadable) {
		if err := ctx.Err(); err != nil {
			return Report{}, err
		}
		r.Findings = append(r.Findings, rule.findings(rule.find(e))...)
	}
	if err := ctx.Err(); err != nil {
		return Report{}, err
	}
	r.Errors = e.repeated()
	slices.SortStableFunc(r.Findings, func(a, b Finding) int { return cmp.Compare(a.Severity.rank(), b.Severity.rank()) })
	return r, nil
}

// repeated gives the errors that logs have more than once.
func (e *evidence) repeated() []Group {
	all := []Group{}
	for _, l := range e.allLogs().reports {
		for _, g := range l.groups {
			if g.Count > 1 {
				all = append(all, g)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Group) int { return cmp.Compare(b.Count, a.Count) })
	return all[:min(len(all), topGroups)]
}
