package analyze

import (
	"fmt"
	"slices"
	"strings"
)

// Rule finds one kind of trouble. Those of this package come from Rules,
// those of a profile from Declared.
type Rule struct {
	ID       string
	Theme    string   // the chapter of docs/findings.md; "" if it is a profile's
	Severity Severity // unless the case is graver or lighter than usual
	Say      string   // English template, the key of its translations
	One      string   // Say where its figure is 1; "" if it cannot be, or if Say suits that too
	Do       string
	When     string // the condition in words, for docs/findings.md; an expression if it is a profile's

	find    func(*evidence) []hit
	program *program // nil unless it is a profile's
}

// hit is one case in which a rule holds.
type hit struct {
	severity Severity // "" is the rule's
	data     map[string]string
	detail   string
	refs     []Ref
	single   bool // the figure in Say is 1
}

// maxHits is how many findings one rule may make; the last says how many more there were.
const maxHits = 10

// maxRefs is how many places one finding names.
const maxRefs = 5

func (r Rule) findings(hits []hit) []Finding {
	var all []Finding
	for i, h := range hits {
		if i == maxHits {
			last := &all[len(all)-1]
			last.Detail = strings.TrimSpace(fmt.Sprintf("%s (and %d more of this kind)", last.Detail, len(hits)-i))
			break
		}
		f := Finding{
			ID: r.ID, Severity: r.Severity, Say: r.Say, Do: r.Do,
			Data: h.data, Detail: h.detail, Evidence: h.refs[:min(len(h.refs), maxRefs)],
		}
		if h.single && r.One != "" {
			f.Say = r.One
		}
		if h.severity != "" {
			f.Severity = h.severity
		}
		all = append(all, f)
	}
	return all
}

// Rules gives the rules of this package in the order of docs/findings.md.
func Rules() []Rule {
	var all []Rule
	for _, t := range themes() {
		for _, r := range t.rules {
			r.Theme = t.name
			all = append(all, r)
		}
	}
	return all
}

// theme is a chapter of rules.
type theme struct {
	name  string
	rules []Rule
}

// Texts lists every sentence and advice of this package's rules and the words
// that fill them, each once: English, templates or not, the keys of translations.
func Texts() []string {
	all := slices.Clone(spokenWords)
	for _, r := range append(Rules(), Older("", ""), unreadable) {
		all = append(all, r.Say, r.Do)
		if r.One != "" {
			all = append(all, r.One)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
