package redact

import "testing"

func TestEveryRulesExamples(t *testing.T) {
	rules, err := Compile(Known{})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, rule := range rules.rules {
		if seen[rule.Name] || rule.Why == "" || len(rule.Goes) == 0 {
			t.Errorf("rule %q: no name of its own, no reason or no example", rule.Name)
		}
		seen[rule.Name] = true
		one := *rule
		for _, example := range rule.Goes {
			one.Goes, one.Stays = []string{example}, nil
			if err := rules.tryExamples(&one); err != nil {
				t.Errorf("rule %s: %v", rule.Name, err)
			}
		}
		for _, example := range rule.Stays {
			one.Goes, one.Stays = nil, []string{example}
			if err := rules.tryExamples(&one); err != nil {
				t.Errorf("rule %s: %v", rule.Name, err)
			}
		}
	}
}
