package analyze

import (
	"errors"
	"strings"

	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/collect"
)

// evidenceRules is about what is missing in the evidence itself.
func evidenceRules() []Rule {
	return []Rule{
		{
			ID: "evidence-missing", Severity: Info,
			Say:  "A part of the evidence could not be collected: {{.Part}}.",
			Do:   "Read the reason; collect once more if it was only the time that ran out.",
			When: "A collector failed or ran out of time.",
			find: func(e *evidence) []hit {
				var hits []hit
				for _, o := range e.manifest.Collectors {
					if o.State == bundle.Failed && !denied(o.Error) || o.State == bundle.TimedOut {
						hits = append(hits, hit{
							data: data("Part", phrase(o.Title, o.Source)), detail: o.Error,
							refs: []Ref{{File: bundle.ManifestName}},
						})
					}
				}
				return hits
			},
		},
		{
			ID: "permission-denied", Severity: Warning,
			Say:  "Files of the product may not be read by the person who uses it: {{.What}}.",
			Do:   "Check who owns these files and folders, and give the person the right to use them.",
			When: "A log, export or product file that the profile names exists, and access to it was denied.",
			find: func(e *evidence) []hit {
				var hits []hit
				for _, o := range e.manifest.Collectors {
					if o.Source != "" && denied(o.Error) {
						hits = append(hits, hit{data: data("What", o.Source), detail: o.Error, refs: []Ref{{File: bundle.ManifestName}}})
					}
				}
				if p, ok := read[collect.ProductsFacts](e, "products"); ok {
					for i, product := range p.v.Products {
						for j, problem := range product.Problems {
							if denied(problem) {
								hits = append(hits, hit{data: data("What", product.Name), detail: problem, refs: []Ref{p.at("products", i, "problems", j)}})
							}
						}
					}
				}
				return hits
			},
		},
	}
}

func denied(reason string) bool {
	reason = strings.ToLower(reason)
	return strings.Contains(reason, "permission denied") || strings.Contains(reason, "access is denied") || strings.Contains(reason, "operation not permitted")
}

// unreadable is about files that say nothing because they are damaged. It is
// asked last, since only then it is known what was read.
var unreadable = Rule{
	ID: "evidence-unreadable", Theme: "The evidence itself", Severity: Info,
	Say:  "A part of what was collected could not be read: {{.File}}.",
	Do:   "Collect once more.",
	When: "A file of facts or a log is damaged, too large or not as its collector writes it, or a profile's condition looks at too much.",
	find: (*evidence).unreadable,
}

var errCostly = errors.New("its condition looks at more than it may")

func (e *evidence) unreadable() []hit {
	var hits []hit
	failed := e.allLogs().failed
	for _, f := range e.manifest.Files {
		name, isFact := strings.CutPrefix(f.Path, "system/")
		name, isJSON := strings.CutSuffix(name, ".json")
		err := failed[f.Path]
		if isFact && isJSON && e.docs[name] != nil {
			err = e.docs[name].err
		}
		if err != nil {
			hits = append(hits, hit{data: data("File", f.Path), detail: err.Error(), refs: []Ref{{File: f.Path}}})
		}
	}
	for _, id := range e.costly {
		hits = append(hits, hit{data: data("File", id), detail: errCostly.Error()})
	}
	return hits
}
