// Package fit says which of the rules of a profile holds for a case, and why.
package fit

import (
	"slices"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/search/terms"
)

// What of a rule fitted, for Reason.
const (
	ByProduct      = "product"
	ByModule       = "module"
	ByWords        = "words"
	ByOrganisation = "organisation"
	ByFinding      = "finding"
	ByKind         = "kind"
)

// Reason is one thing of a rule that a case has.
type Reason struct {
	By    string // one of the By… words
	Value string // as the rule has it
}

// String is "product Ledger".
func (r Reason) String() string { return r.By + " " + r.Value }

// Match gives the first rule that holds for a case, and why; ok is false when none does.
func Match(rules []api.RoutingRule, c api.RoutingCase) (rule api.RoutingRule, why []Reason, ok bool) {
	has := stemsOf(c)
	for _, r := range rules {
		if why, ok = holds(r, c, has); ok {
			return r, why, true
		}
	}
	return api.RoutingRule{}, nil, false
}

// holds says whether one rule holds: of each of its fields one value has to fit.
func holds(r api.RoutingRule, c api.RoutingCase, has map[string]bool) (why []Reason, ok bool) {
	same := func(value string) func(string) bool {
		return func(one string) bool { return value != "" && strings.EqualFold(one, value) }
	}
	kinds := make([]string, len(r.Kinds))
	for i, k := range r.Kinds {
		kinds[i] = string(k)
	}
	for _, f := range []struct {
		by     string
		values []string
		fits   func(string) bool
	}{
		{ByProduct, r.Products, same(c.Product)},
		{ByModule, r.Modules, same(c.Module)},
		{ByOrganisation, r.Organisation, same(c.Organisation)},
		{ByKind, kinds, same(string(c.Kind))},
		{ByFinding, r.Findings, func(one string) bool { return slices.ContainsFunc(c.Findings, same(one)) }},
		{ByWords, r.Words, func(one string) bool { return said(one, has) }},
	} {
		if len(f.values) == 0 {
			continue
		}
		i := slices.IndexFunc(f.values, f.fits)
		if i < 0 {
			return nil, false
		}
		why = append(why, Reason{f.by, f.values[i]})
	}
	return why, true
}

// stemsOf are the terms of all that a case says.
func stemsOf(c api.RoutingCase) map[string]bool {
	has := map[string]bool{}
	fields := []terms.Field{{Text: c.Title}, {Text: c.Description}, {Text: strings.Join(c.Signs, "\n"), Sign: true}}
	for _, f := range fields {
		for _, w := range terms.Query("", []terms.Field{f}, false) {
			for _, term := range w.Terms {
				has[term] = true
			}
		}
	}
	return has
}

// said says whether all words of a rule's text are there, by their stems.
func said(text string, has map[string]bool) bool {
	words := terms.Query("", []terms.Field{{Text: text}}, false)
	any := false
	for _, w := range words {
		if w.Part {
			continue
		}
		any = true
		if !slices.ContainsFunc(w.Terms, func(term string) bool { return has[term] }) {
			return false
		}
	}
	return any
}
