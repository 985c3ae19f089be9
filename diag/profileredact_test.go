package diag

import (
	"errors"
	"strings"
	"testing"

	"github.com/beistand/beistand/diag/redact"
)

const redactProfile = `name: Example
redact:
  names: [Nordwind Logistik]
  domains: [nordwind.example]
  rules:
    - name: customer-number
      kind: id
      why: A customer's number tells who is concerned.
      keys: [kundennummer, customer number]
      goes: ["Kundennummer: ‹48-1177›"]
    - name: licence-file
      kind: license-key
      why: A licence's number can be used by others.
      pattern: HLD-[0-9A-F]{8}
      goes: ["licence ‹HLD-09AF33BC› read"]
      stays: ["HLD-1"]
`

func TestProfileRules(t *testing.T) {
	p, err := parseProfile([]byte(redactProfile))
	if err != nil {
		t.Fatal(err)
	}
	r, err := NewRedactor(redact.Known{}, p, NewNames())
	if err != nil {
		t.Fatal(err)
	}
	got := r.Text("customer number: 48-1177 of Nordwind Logistik (shop.nordwind.example), HLD-09AF33BC")
	for _, bad := range []string{"48-1177", "ordwind", "09AF"} {
		if strings.Contains(got, bad) {
			t.Errorf("%s", got)
		}
	}
}

func TestBadProfileRules(t *testing.T) {
	for name, c := range map[string]struct {
		was, is, want string
		line, column  int
	}{
		"slow":           {"HLD-[0-9A-F]{8}", "'[A-Z]{3}-[0-9]+'", "would be slow", 11, 0},
		"no expression":  {"HLD-[0-9A-F]{8}", "'HLD-[0-9'", "its pattern is none", 11, 0},
		"fails":          {"‹48-1177›", "48-‹1177›", "should have stayed", 6, 0},
		"does not mark":  {"‹48-1177›", "48-1177", "between ‹ and ›", 6, 0},
		"takes too much": {`["HLD-1"]`, `["HLD-00000000"]`, "should have stayed", 11, 0},
		"a taken name":   {"name: licence-file", "name: customer-number", "another rule has this name", 11, 0},
		"no kind":        {"kind: id", "kind: ip4", "here stands one of password, token", 7, 13},
		"no example":     {`      goes: ["Kundennummer: ‹48-1177›"]` + "\n", "", `a rule needs the setting "goes"`, 6, 11},
		"unknown":        {"      pattern", "      patern", `a rule has no setting "patern"`, 14, 7},
		"short name":     {"[Nordwind Logistik]", "[ab]", "less than three letters", 3, 11},
		"no domain":      {"[nordwind.example]", "[nordwind]", "a domain is like example.com", 4, 13},
		"a text":         {"names: [Nordwind Logistik]", "names: Nordwind", "is a list", 3, 0},
	} {
		_, err := parseProfile([]byte(strings.Replace(redactProfile, c.was, c.is, 1)))
		var wrong *ProfileError
		if !errors.As(err, &wrong) || !strings.Contains(wrong.Reason, c.want) || wrong.Line != c.line || c.column > 0 && wrong.Column != c.column {
			t.Errorf("%s: %v, want line %d, column %d: %s", name, err, c.line, c.column, c.want)
		}
	}
}
