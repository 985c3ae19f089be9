package redact

import (
	"bytes"
	"strings"
	"testing"

	"github.com/beistand/beistand/diag/redact/plant"
)

// FuzzText checks that no text makes the redactor fail or its output grow
// without bound, and that nothing that a rule knows is left: what is redacted
// once has nothing to redact any more.
func FuzzText(f *testing.F) {
	rules, names := plantRules(f)
	for _, rule := range rules.All() {
		for _, example := range append(rule.Goes, rule.Stays...) {
			f.Add([]byte(strings.NewReplacer("‹", "", "›", "").Replace(example)))
		}
	}
	var log bytes.Buffer
	if _, err := plant.Write(&log, 5, 64<<10); err != nil {
		f.Fatal(err)
	}
	for line := range bytes.Lines(log.Bytes()) {
		f.Add(bytes.Clone(line))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > 64<<10 {
			return
		}
		once := rules.Bytes(text, names, nil)
		if len(once) > 32*len(text)+64 {
			t.Fatalf("%d bytes became %d", len(text), len(once))
		}
		if twice := rules.Bytes(once, names, nil); !bytes.Equal(once, twice) {
			t.Fatalf("once %q\ntwice %q", once, twice)
		}
	})
}

// FuzzVendorRule checks that no rule of a vendor makes the compiler fail.
func FuzzVendorRule(f *testing.F) {
	f.Add("KDN-\\d{6}", "password", "nr ‹KDN-123456›")
	f.Add("(?i)abc.*", "token", "‹abc›")
	f.Add("a{1000}{1000}", "id", "x")
	f.Fuzz(func(t *testing.T, pattern, kind, example string) {
		_, err := Compile(Known{}, Rule{Name: "x", Kind: Kind(kind), Why: "y", Pattern: pattern, Goes: []string{example}})
		if err != nil && !strings.HasPrefix(err.Error(), "rule x: ") {
			t.Fatal(err)
		}
	})
}
