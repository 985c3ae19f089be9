package diag

import (
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"github.com/beistand/beistand/diag/collect"
)

// Kind is what a kind of ticket needs: questions, fields, evidence.
type Kind struct {
	Kind    string // fault, question, wish, change, installation
	Product string // one of the profile's, for which it is needed beside what every product needs; "" is every product
	Fields  []string
	Collect []string // collectors' names
	Ask     []Ask
}

// Ask is a question of a kind.
type Ask struct {
	ID          string
	Text        map[string]string // by language; en is always there
	Optional    bool
	Description bool // the ticket's description answers it
}

func (p *Profile) readKind(n ast.Node) error {
	var one Kind
	err := fields(n, readers{
		"kind": text(&one.Kind, nil), "product": text(&one.Product, notEmpty),
		"fields": texts(&one.Fields, nil), "collect": texts(&one.Collect, checkCollector), "ask": list(one.readAsk),
	})
	if err != nil {
		return err
	}
	for _, other := range p.Kinds {
		if other.Kind == one.Kind && strings.EqualFold(other.Product, one.Product) {
			return at(n, "what %s needs is there twice", one.Kind)
		}
	}
	p.Kinds = append(p.Kinds, one)
	return nil
}

func (k *Kind) readAsk(n ast.Node) error {
	one := Ask{Text: map[string]string{}}
	var need, answer, en, de, nl string
	err := fields(n, readers{
		"id": text(&one.ID, nil), "need": text(&need, nil), "answer": text(&answer, nil),
		"en": text(&en, notEmpty), "de": text(&de, notEmpty), "nl": text(&nl, notEmpty),
	})
	if err != nil {
		return err
	}
	for language, words := range map[string]string{"en": en, "de": de, "nl": nl} {
		if words != "" {
			one.Text[language] = words
		}
	}
	one.Optional, one.Description = need == "optional", answer == "description"
	for _, other := range k.Ask {
		if other.ID == one.ID {
			return at(n, "the question %q is there twice", one.ID)
		}
	}
	k.Ask = append(k.Ask, one)
	return nil
}

// checkKinds looks at what can be checked once the whole profile is read.
func (p *Profile) checkKinds(root ast.Node) error {
	for _, k := range p.Kinds {
		known := func(one Product) bool { return strings.EqualFold(one.Name, k.Product) }
		if k.Product != "" && !slices.ContainsFunc(p.Products, known) {
			return at(pairOf(root, "kinds").Value, "the product %q of %s is not among the products", k.Product, k.Kind)
		}
	}
	return nil
}

// numbered is how one of several collectors of a kind is named.
var numbered = regexp.MustCompile(`^(log|command)-[1-9][0-9]*$`)

// CollectorKind is a collector's name without the number of one of several.
func CollectorKind(name string) string {
	if m := numbered.FindStringSubmatch(name); m != nil {
		return m[1]
	}
	return name
}

func checkCollector(name string) string {
	all := Collectors()
	if _, ok := all[CollectorKind(name)]; ok {
		return ""
	}
	names := make([]string, 0, len(all))
	for n := range all {
		names = append(names, n)
	}
	slices.Sort(names)
	return "here stands one of " + strings.Join(names, ", ")
}

// Collectors are the names of all collectors, of several of a kind ("log-2")
// without the number, with their titles: English, the keys of translations.
func Collectors() map[string]string {
	all := map[string]string{}
	for _, c := range collect.Everything() {
		all[CollectorKind(c.Name())] = c.Title()
	}
	return all
}
