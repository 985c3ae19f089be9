package diag

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

const routingProfile = `name: Example
products:
  - name: Ledger
routing:
  - id: printing
    product: [ledger]
    words: [delivery note, Lieferschein]
    queue: Printing
    set: true
  - {id: house, organisation: [Example Ltd], kind: [wish], findings: [disk-full], module: [Booking], owner: sam}
`

func TestProfileRouting(t *testing.T) {
	p, err := parseProfile([]byte(routingProfile))
	if err != nil {
		t.Fatal(err)
	}
	want := []Route{
		{ID: "printing", Products: []string{"ledger"}, Words: []string{"delivery note", "Lieferschein"}, Queue: "Printing", Set: true},
		{ID: "house", Organisations: []string{"Example Ltd"}, Kinds: []string{"wish"}, Findings: []string{"disk-full"}, Modules: []string{"Booking"}, Owner: "sam"},
	}
	if !reflect.DeepEqual(p.Routing, want) {
		t.Errorf("%+v", p.Routing)
	}
}

func TestBadProfileRouting(t *testing.T) {
	for name, c := range map[string]struct {
		was, is, want string
		line          int
	}{
		"no id":     {"id: printing", "set: false", "", 0},
		"an id":     {"id: printing", "id: Printing", "a routing rule's id begins with a small letter", 5},
		"twice":     {"id: house", "id: printing", `the routing rule "printing" is there twice`, 10},
		"nowhere":   {"    queue: Printing\n", "", `the routing rule "printing" names neither a queue nor an owner`, 5},
		"a product": {"[ledger]", "[Shop]", `the product "Shop" of the routing rule "printing" is not among the products`, 5},
		"a kind":    {"[wish]", "[dream]", "here stands one of fault, question", 10},
		"set":       {"set: true", "set: maybe", "here stands one of true, false", 9},
		"no list":   {"[ledger]", "ledger", "", 0},
		"unknown":   {"owner: sam", "boss: sam", `a routing rule has no setting "boss"`, 10},
	} {
		text := strings.Replace(routingProfile, c.was, c.is, 1)
		_, err := parseProfile([]byte(text))
		var wrong *ProfileError
		if text == routingProfile || !errors.As(err, &wrong) || !strings.Contains(wrong.Reason, c.want) || c.line != 0 && wrong.Line != c.line {
			t.Errorf("%s: %v, want line %d: %s", name, err, c.line, c.want)
		}
	}
}
