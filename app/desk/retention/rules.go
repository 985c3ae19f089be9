// Package retention deletes by rule what a desk no longer needs, and leaves on each ticket what was deleted and why.
package retention

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/beistand/beistand/app/api"
)

// What a rule is about.
const (
	Bundles = "bundles" // evidence
	Files   = "files"   // entries' attachments
	Mails   = "mails"   // the texts of mails that came in and went out
	Texts   = "texts"   // what was written on the ticket and its timeline, mails too; title, cause and solution stay
	Journal = "journal" // the details of what was done; who did what when stays
)

var whats = []string{Bundles, Files, Mails, Texts, Journal}

// Rule says how long something is kept after its ticket was closed.
type Rule struct {
	What string
	Kind api.Kind // of tickets; "" is all that no other rule of What names
	Days int      // from 1
}

// Parse reads "bundles=90" or "bundles:wish=30".
func Parse(text string) (Rule, error) {
	what, days, ok := strings.Cut(text, "=")
	what, kind, of := strings.Cut(what, ":")
	r := Rule{What: what, Kind: api.Kind(kind)}
	n, err := strconv.Atoi(days)
	if !ok || err != nil || n < 1 || n > 36500 || days[0] == '+' {
		return r, fmt.Errorf("the rule %q is not like bundles=90: days from 1 to 36500", text)
	}
	if !slices.Contains(whats, what) {
		return r, fmt.Errorf("the rule %q is about none of %s", text, strings.Join(whats, ", "))
	}
	if of && !slices.Contains(api.Kinds, r.Kind) {
		return r, fmt.Errorf("the rule %q is about tickets of no kind that there is", text)
	}
	r.Days = n
	return r, nil
}

// String is what Parse reads.
func (r Rule) String() string {
	if r.Kind != "" {
		return fmt.Sprintf("%s:%s=%d", r.What, r.Kind, r.Days)
	}
	return fmt.Sprintf("%s=%d", r.What, r.Days)
}

// UnmarshalText is part of encoding.TextUnmarshaler.
func (r *Rule) UnmarshalText(text []byte) (err error) {
	*r, err = Parse(string(text))
	return err
}

// Check refuses rules of which two are about the same.
func Check(rules []Rule) error {
	for i, r := range rules {
		for _, o := range rules[:i] {
			if r.What == o.What && r.Kind == o.Kind {
				return fmt.Errorf("the rules %q and %q are about the same", o, r)
			}
		}
	}
	return nil
}

// kinds are those that r is about, beside the other rules.
func (r Rule) kinds(rules []Rule) []api.Kind {
	if r.Kind != "" {
		return []api.Kind{r.Kind}
	}
	var all []api.Kind
	for _, k := range api.Kinds {
		if !slices.ContainsFunc(rules, func(o Rule) bool { return o.What == r.What && o.Kind == k }) {
			all = append(all, k)
		}
	}
	return all
}
