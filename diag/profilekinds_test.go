package diag

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

const kindsProfile = `name: Example
products:
  - {name: Ledger, modules: [Booking, Reports]}
kinds:
  - kind: fault
    fields: [product_version, module]
    collect: [screens, log, log-2]
    ask:
      - {id: happened, en: What happened?, de: Was ist passiert?, answer: description}
      - {id: order, en: Which order?, need: optional}
  - {kind: fault, product: ledger, collect: [command]}
`

func TestProfileKinds(t *testing.T) {
	p, err := parseProfile([]byte(kindsProfile))
	if err != nil {
		t.Fatal(err)
	}
	want := []Kind{
		{
			Kind: "fault", Fields: []string{"product_version", "module"}, Collect: []string{"screens", "log", "log-2"},
			Ask: []Ask{
				{ID: "happened", Text: map[string]string{"en": "What happened?", "de": "Was ist passiert?"}, Description: true},
				{ID: "order", Text: map[string]string{"en": "Which order?"}, Optional: true},
			},
		},
		{Kind: "fault", Product: "ledger", Collect: []string{"command"}},
	}
	if !reflect.DeepEqual(p.Kinds, want) || !reflect.DeepEqual(p.Products[0].Modules, []string{"Booking", "Reports"}) {
		t.Errorf("%+v", p.Kinds)
	}
}

func TestBadProfileKinds(t *testing.T) {
	for name, c := range map[string]struct {
		was, is, want string
		line          int
	}{
		"a kind":         {"kind: fault\n", "kind: incident\n", "here stands one of fault, question", 5},
		"no kind":        {"- {kind: fault, product", "- {product", `a kind needs the setting "kind"`, 11},
		"a field":        {"module]\n    collect", "owner]\n    collect", "here stands one of product, product_version", 6},
		"a collector":    {"[screens,", "[shadow,", "here stands one of", 7},
		"a number":       {"log-2", "log-0", "here stands one of", 7},
		"no English":     {"en: Which order?, ", "", `a question needs the setting "en"`, 10},
		"an id":          {"id: order", "id: Order", "a question's id begins with a small letter", 10},
		"twice":          {"id: order", "id: happened", `the question "happened" is there twice`, 10},
		"kinds twice":    {"product: ledger, ", "", "what fault needs is there twice", 11},
		"a product":      {"product: ledger", "product: Shop", `the product "Shop" of fault is not among the products`, 5},
		"a need":         {"need: optional", "need: no", "here stands one of optional", 10},
		"another":        {"need: optional", "lines: 3", `a question has no setting "lines"`, 10},
		"modules' names": {"[Booking, Reports]", `["", Reports]`, "the text is empty", 3},
	} {
		text := strings.Replace(kindsProfile, c.was, c.is, 1)
		_, err := parseProfile([]byte(text))
		var wrong *ProfileError
		if text == kindsProfile || !errors.As(err, &wrong) || !strings.Contains(wrong.Reason, c.want) || wrong.Line != c.line {
			t.Errorf("%s: %v, want line %d: %s", name, err, c.line, c.want)
		}
	}
}

// TestCollectors: what a profile can ask for is the same on every system.
func TestCollectors(t *testing.T) {
	all := Collectors()
	for _, name := range []string{"screens", "log", "command", "system-log", "load", "registry", "products", "memory", "desk-way"} {
		if all[name] == "" {
			t.Errorf("%s is not there", name)
		}
	}
	titles := Titles()
	for name, title := range all {
		found := false
		for _, one := range titles {
			found = found || one == title
		}
		if !found || strings.ContainsAny(name, "0123456789") && name != "" {
			t.Errorf("%s: %q", name, title)
		}
	}
}
