package fit

import (
	"fmt"
	"testing"

	"github.com/beistand/beistand/app/api"
)

func TestMatch(t *testing.T) {
	rules := []api.RoutingRule{
		{ID: "oracle", Words: []string{"ORA-00942", "tablespace full"}},
		{ID: "finding", Findings: []string{"disk-full"}, Products: []string{"Server", "Ledger"}},
		{ID: "print", Products: []string{"Ledger"}, Words: []string{"Lieferschein drucken", "factuur afdrukken", "printing"}},
		{ID: "module", Modules: []string{"Booking"}, Kinds: []api.Kind{api.Wish}},
		{ID: "house", Organisation: []string{"Example Ltd"}},
	}
	for name, c := range map[string]struct {
		of   api.RoutingCase
		want string
	}{
		"a code":               {api.RoutingCase{Title: "x", Description: "es kommt ORA-00942 beim Start"}, "oracle [words ORA-00942]"},
		"a code as a sign":     {api.RoutingCase{Signs: []string{"ORA-00942: no table"}}, "oracle [words ORA-00942]"},
		"both words":           {api.RoutingCase{Title: "The tablespace is full"}, "oracle [words tablespace full]"},
		"one of two words":     {api.RoutingCase{Title: "The tablespace is gone"}, ""},
		"stems, the product":   {api.RoutingCase{Title: "Lieferscheine werden nicht gedruckt, drucken geht nicht", Product: "ledger"}, "print [product Ledger words Lieferschein drucken]"},
		"a compound":           {api.RoutingCase{Title: "Lieferscheindruck hängt", Product: "Ledger"}, "print [product Ledger words Lieferschein drucken]"},
		"in Dutch":             {api.RoutingCase{Title: "Facturen afdrukken lukt niet", Product: "Ledger"}, "print [product Ledger words factuur afdrukken]"},
		"in English":           {api.RoutingCase{Title: "It does not print", Product: "Ledger"}, "print [product Ledger words printing]"},
		"another product":      {api.RoutingCase{Title: "It does not print", Product: "Portal"}, ""},
		"a finding":            {api.RoutingCase{Findings: []string{"slow-dns", "disk-full"}, Product: "Ledger"}, "finding [product Ledger finding disk-full]"},
		"a module and a kind":  {api.RoutingCase{Module: "booking", Kind: api.Wish}, "module [module Booking kind wish]"},
		"a module alone":       {api.RoutingCase{Module: "booking", Kind: api.Fault}, ""},
		"an organisation":      {api.RoutingCase{Organisation: "EXAMPLE LTD"}, "house [organisation Example Ltd]"},
		"nothing":              {api.RoutingCase{}, ""},
		"the first that holds": {api.RoutingCase{Title: "ORA-00942 when printing", Product: "Ledger", Organisation: "Example Ltd"}, "oracle [words ORA-00942]"},
	} {
		rule, why, ok := Match(rules, c.of)
		got := ""
		if ok {
			got = fmt.Sprint(rule.ID, " ", why)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if rule, _, ok := Match([]api.RoutingRule{{ID: "all"}}, api.RoutingCase{}); !ok || rule.ID != "all" {
		t.Error("a rule without fields does not hold for every case")
	}
	if _, _, ok := Match([]api.RoutingRule{{ID: "none", Words: []string{"the and"}}}, api.RoutingCase{Title: "the and"}); ok {
		t.Error("a rule whose words say nothing holds")
	}
}
