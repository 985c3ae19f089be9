package diag

import (
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// Route is a rule by which the desk says where a case belongs. Of each field
// that has values one has to fit.
type Route struct {
	ID            string
	Products      []string // of the profile's
	Modules       []string
	Words         []string // of one value all words have to be there
	Organisations []string
	Findings      []string // IDs of what was found
	Kinds         []string // as in Kind
	Queue         string   // "" is none
	Owner         string   // a staff name; "" is none
	Set           bool     // and not only suggested
}

func (p *Profile) readRoute(n ast.Node) error {
	var one Route
	var set string
	err := fields(n, readers{
		"id": text(&one.ID, nil), "product": texts(&one.Products, notEmpty), "module": texts(&one.Modules, notEmpty),
		"words": texts(&one.Words, notEmpty), "organisation": texts(&one.Organisations, notEmpty), "findings": texts(&one.Findings, notEmpty),
		"kind": texts(&one.Kinds, nil), "queue": text(&one.Queue, notEmpty), "owner": text(&one.Owner, notEmpty), "set": text(&set, nil),
	})
	if err != nil {
		return err
	}
	if one.Set = set == "true"; one.Queue == "" && one.Owner == "" {
		return at(n, "the routing rule %q names neither a queue nor an owner", one.ID)
	}
	for _, other := range p.Routing {
		if other.ID == one.ID {
			return at(n, "the routing rule %q is there twice", one.ID)
		}
	}
	p.Routing = append(p.Routing, one)
	return nil
}

// checkRouting looks at what can be checked once the whole profile is read.
func (p *Profile) checkRouting(root ast.Node) error {
	for _, r := range p.Routing {
		for _, name := range r.Products {
			if !slices.ContainsFunc(p.Products, func(one Product) bool { return strings.EqualFold(one.Name, name) }) {
				return at(pairOf(root, "routing").Value, "the product %q of the routing rule %q is not among the products", name, r.ID)
			}
		}
	}
	return nil
}
