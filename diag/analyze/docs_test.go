package analyze

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestDocs holds that docs/findings.md lists every rule as it is.
func TestDocs(t *testing.T) {
	const path = "../../docs/findings.md"
	var b strings.Builder
	rules := append(Rules(), unreadable)
	older := Older("", "")
	fmt.Fprintf(&b, "## The rules\n\nThere are %d. %q holds where a profile names the version of a product in which faults are mended.\n", len(rules)+1, older.ID)
	theme := ""
	for _, r := range append(rules, older) {
		if r.Theme == "" {
			r.Theme = "Products of a profile"
		}
		if r.Theme != theme {
			theme = r.Theme
			fmt.Fprintf(&b, "\n### %s\n\n| id | severity | when | what the customer reads | what to do |\n|---|---|---|---|---|\n", theme)
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", r.ID, r.Severity, cell(r.When), cell(r.Say), cell(r.Do))
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	head, _, _ := strings.Cut(string(text), "## The rules\n")
	want := head + b.String()
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if string(text) != want {
		t.Error("docs/findings.md is not what the rules say; run the test with -update")
	}
}

// cell keeps a text within a table's cell, its placeholders as they are read.
func cell(s string) string {
	return strings.NewReplacer("|", `\|`, "{{.", "*", "}}", "*").Replace(s)
}
