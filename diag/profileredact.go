package diag

import (
	"errors"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"github.com/beistand/beistand/diag/redact"
)

// Redaction is what a profile adds to what is replaced: rules of the vendor's,
// and names that are nobody else's business.
type Redaction struct {
	Rules   []redact.Rule
	Names   []string // customers and companies
	Domains []string // their domains
}

// with adds the profile's names to what is known.
func (r Redaction) with(known redact.Known) redact.Known {
	known.Names = slices.Concat(known.Names, r.Names)
	known.Domains = slices.Concat(known.Domains, r.Domains)
	return known
}

// read reads the section. A rule that cannot work, would be slow or fails its
// own examples is refused where it stands.
func (r *Redaction) read(n ast.Node) error {
	var nodes []ast.Node
	err := fields(n, readers{
		"names":   texts(&r.Names, checkName),
		"domains": texts(&r.Domains, nil),
		"rules": list(func(n ast.Node) error {
			nodes = append(nodes, n)
			return r.readRule(n)
		}),
	})
	if err != nil || len(r.Rules) == 0 {
		return err
	}
	_, err = redact.Compile(redact.Known{}, r.Rules...)
	var wrong *redact.RuleError
	if !errors.As(err, &wrong) {
		return err
	}
	where := n
	for i := range r.Rules {
		if r.Rules[i].Name == wrong.Rule {
			where = nodes[i] // the last of two with one name is the second
		}
	}
	return at(where, "%v", wrong)
}

func (r *Redaction) readRule(n ast.Node) error {
	var one redact.Rule
	var kind string
	err := fields(n, readers{
		"name": text(&one.Name, nil), "kind": text(&kind, nil), "why": text(&one.Why, notEmpty),
		"keys": texts(&one.Keys, notEmpty), "pattern": text(&one.Pattern, notEmpty),
		"goes": texts(&one.Goes, notEmpty), "stays": texts(&one.Stays, notEmpty),
	})
	one.Kind, one.Form = redact.Kind(kind), forms[redact.Kind(kind)]
	r.Rules = append(r.Rules, one)
	return err
}

// forms are how values of a kind are read after a key; of the others whatever
// follows goes.
var forms = map[redact.Kind]redact.Form{
	redact.User: redact.Account, redact.Host: redact.Label, redact.Name: redact.Phrase, redact.Wifi: redact.Phrase,
	redact.ID: redact.Code, redact.Serial: redact.Code, redact.Machine: redact.Code,
}

// checkName wants something that is not in every second word.
func checkName(s string) string {
	if len([]rune(strings.TrimSpace(s))) < 3 {
		return "a name of less than three letters stands nearly everywhere"
	}
	return ""
}
