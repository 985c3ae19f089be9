package template

import (
	"slices"
	"testing"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/assets"
)

// ids are the wants' IDs.
func ids(list []api.Want) []string {
	out := []string{}
	for _, w := range list {
		out = append(out, w.ID)
	}
	return out
}

func TestNeeds(t *testing.T) {
	s := New(api.Templates{Kinds: []api.Template{
		{Kind: api.Question, Ask: []api.Ask{{ID: "what", Text: map[string]string{"en": "What?"}, Required: true}}},
		{Kind: api.Fault, Product: "Ledger", Fields: []string{"module", "product"}, Collect: []api.Collecting{
			{Collector: "log-1", Text: map[string]string{"en": "Ledger's log", "de": "Protokoll von Ledger"}},
			{Collector: "screens", Text: map[string]string{"en": "A picture"}},
		}},
	}})
	fault := []string{"question:happened", "question:since", "question:expected", "field:product", "field:product_version"}
	for name, c := range map[string]struct {
		ticket         api.Ticket
		have           map[string]bool
		needed, missed []string
	}{
		"nothing of a fault":        {api.Ticket{Kind: api.Fault}, nil, fault, fault},
		"the description tells":     {api.Ticket{Kind: api.Fault, Description: "x"}, nil, fault, fault[1:]},
		"an empty answer is none":   {api.Ticket{Kind: api.Fault, Answers: []api.Answer{{Question: "since"}}}, nil, fault, fault},
		"a profile's own questions": {api.Ticket{Kind: api.Question}, nil, []string{"question:what"}, []string{"question:what"}},
		"a wish": {
			api.Ticket{Kind: api.Wish, Product: "P", Description: "d", Answers: []api.Answer{{Question: "today", Text: "by hand"}}},
			nil,
			[]string{"question:requirements", "question:scenarios", "question:today", "field:product"},
			[]string{"question:scenarios"},
		},
		"a product's evidence beside": {
			api.Ticket{
				Kind: api.Fault, Product: "ledger", ProductVersion: "2", Module: "Booking", Description: "d",
				Answers: []api.Answer{{Question: "since", Text: "today"}, {Question: "expected", Text: "none"}},
			},
			map[string]bool{"screens": true},
			append(slices.Clone(fault), "field:module", "collect:log-1", "collect:screens"),
			[]string{"collect:log-1"},
		},
		"a kind that is none": {api.Ticket{Kind: "x"}, nil, []string{}, []string{}},
	} {
		got := s.Needs(c.ticket, c.have, "de-AT")
		if !slices.Equal(ids(got.Needed), c.needed) || !slices.Equal(ids(got.Missing), c.missed) {
			t.Errorf("%s: needs %v, misses %v", name, ids(got.Needed), ids(got.Missing))
		}
	}
	got := s.Needs(api.Ticket{Kind: api.Fault, Product: "Ledger"}, nil, "de-AT").Missing
	for i, want := range map[int]string{1: "Seit wann passiert es?", 3: "Version des Produkts", 5: "Protokoll von Ledger", 6: "A picture"} {
		if got[i].Label != want {
			t.Errorf("%s is %q, want %q", got[i].ID, got[i].Label, want)
		}
	}
}

// TestBuiltin: every kind asks something, each in every language, and no two questions have one ID.
func TestBuiltin(t *testing.T) {
	all := New(api.Templates{}).Templates()
	if len(all.Kinds) != len(api.Kinds) {
		t.Fatalf("%d templates for %d kinds", len(all.Kinds), len(api.Kinds))
	}
	for i, one := range all.Kinds {
		if one.Kind != api.Kinds[i] || len(one.Ask) == 0 {
			t.Errorf("%d is %q with %d questions", i, one.Kind, len(one.Ask))
		}
		seen := map[string]bool{}
		for _, a := range one.Ask {
			if seen[a.ID] {
				t.Errorf("%s asks %s twice", one.Kind, a.ID)
			}
			seen[a.ID] = true
			for _, l := range assets.Languages {
				if a.Text[l] == "" || l != "en" && a.Text[l] == a.Text["en"] {
					t.Errorf("%s, %s: %q in %s", one.Kind, a.ID, a.Text[l], l)
				}
			}
		}
	}
}

func TestHolds(t *testing.T) {
	for have, want := range map[string]bool{"log": true, "log-2": true, "log-": false, "log-2x": false, "logs": false, "system-log": false, "": false} {
		if got := holds(map[string]bool{have: true}, "log"); got != want {
			t.Errorf("%q: %v", have, got)
		}
	}
}
