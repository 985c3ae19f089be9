package analyze

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what is found into the fixtures")

// told is a finding as fixtures have it: severity, sentence, advice's
// placeholders filled, and the places with the lines that stand there.
func told(f Finding, files map[string]string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", f.Severity, f.Sentence(nil))
	if f.Detail != "" {
		fmt.Fprintf(&b, "  (%s)\n", f.Detail)
	}
	for _, r := range f.Evidence {
		line := ""
		if lines := strings.Split(files[r.File], "\n"); r.Line > 0 && r.Line <= len(lines) {
			line = " " + strings.TrimSpace(lines[r.Line-1])
		}
		fmt.Fprintf(&b, "  %s:%d%s\n", r.File, r.Line, line[:min(len(line), 100)])
	}
	return b.String()
}

// TestRules has every rule fire on the evidence of its fixture that begins
// with "fires", and be quiet on that which begins with "quiet".
func TestRules(t *testing.T) {
	rules := append(Rules(), unreadable, Older("Ledger", "2.4.1"))
	for _, r := range rules {
		t.Run(r.ID, func(t *testing.T) {
			name := filepath.Join("testdata", "rules", r.ID+".txtar")
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			cases := map[string]map[string]string{}
			want := ""
			for _, f := range archive.Files {
				if f.Name == "want" {
					want = string(f.Data)
					continue
				}
				first, rest, _ := strings.Cut(f.Name, "/")
				if cases[first] == nil {
					cases[first] = map[string]string{}
				}
				cases[first][rest] = repeatLines(string(f.Data))
			}
			got, quiet := "", 0
			for _, name := range slices.Sorted(maps.Keys(cases)) {
				files := cases[name]
				all := found(t, newFixture(t, files), r.ID, Older("Ledger", "2.4.1"))
				if strings.HasPrefix(name, "quiet") {
					quiet++
					for _, f := range all {
						t.Errorf("%s: %s", name, told(f, files))
					}
					continue
				}
				if len(all) == 0 {
					t.Errorf("%s: nothing was found", name)
				}
				for _, f := range all {
					got += told(f, files)
					if s := f.Sentence(nil) + f.Advice(nil); strings.Contains(s, "{{") || strings.Contains(s, "?") {
						t.Errorf("%s: %s %s", name, f.Sentence(nil), f.Advice(nil))
					}
				}
			}
			if quiet == 0 || len(cases) == quiet {
				t.Error("a fixture has evidence that fires and evidence that does not")
			}
			if *update {
				archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want" })
				archive.Files = append(archive.Files, txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(name, txtar.Format(archive), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Error(d)
			}
		})
	}
	fixtures, err := filepath.Glob("testdata/rules/*.txtar")
	if err != nil || len(fixtures) != len(rules) {
		t.Errorf("%d fixtures for %d rules, %v", len(fixtures), len(rules), err)
	}
}

// repeatLines writes a line that begins with "200x " so many times, with #
// replaced by the number.
func repeatLines(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		n := 0
		if _, err := fmt.Sscanf(line, "%dx ", &n); err != nil || n < 1 {
			b.WriteString(line)
			continue
		}
		_, rest, _ := strings.Cut(line, "x ")
		for i := range n {
			b.WriteString(strings.ReplaceAll(rest, "#", fmt.Sprint(i)))
		}
	}
	return b.String()
}

// TestTexts holds that rules are told apart and say what they need to.
func TestTexts(t *testing.T) {
	texts := Texts()
	ids := map[string]bool{}
	for _, r := range append(Rules(), unreadable, Older("x", "1")) {
		if r.ID == "" || ids[r.ID] || r.Say == "" || r.Do == "" || r.When == "" || r.Severity == "" {
			t.Errorf("%+v", r)
		}
		ids[r.ID] = true
		for _, s := range []string{r.Say, r.Do, r.When} {
			if !strings.HasSuffix(s, ".") || strings.Contains(s, "\n") || strings.ContainsAny(s[:1], "abcdefghijklmnopqrstuvwxyz") {
				t.Errorf("%s: %q is no sentence", r.ID, s)
			}
		}
		if !slices.Contains(texts, r.Say) || !slices.Contains(texts, r.Do) {
			t.Errorf("%s: its texts are not listed", r.ID)
		}
	}
	if len(ids) < 40 {
		t.Errorf("%d rules", len(ids))
	}
}

// TestSpokenData holds that a finding in another language has no English words
// of ours in it, and that names and figures stay.
func TestSpokenData(t *testing.T) {
	german := map[string]string{
		"{{.Disk}}: {{.Why}}": "{{.Disk}} hat {{.Why}}", "pending sectors": "fragliche Sektoren", "worn": "Verschleiß",
		"timed out": "Zeitüberschreitung", "Log file": "Protokolldatei", "sda": "falsch",
	}
	translate := func(s string) string {
		if g, ok := german[s]; ok {
			return g
		}
		return s
	}
	for why, want := range map[string]string{
		"3 pending sectors, 97 % worn": "sda hat 3 fragliche Sektoren, 97 % Verschleiß",
		"timed out":                    "sda hat Zeitüberschreitung",
		"Log file: app.log":            "sda hat Protokolldatei: app.log",
		"61 °C":                        "sda hat 61 °C",
		"something else":               "sda hat something else",
	} {
		f := Finding{Say: "{{.Disk}}: {{.Why}}", Data: data("Disk", "sda", "Why", why)}
		if got := f.Sentence(translate); got != want {
			t.Errorf("%q: %q, want %q", why, got, want)
		}
		if got := f.Sentence(nil); got != "sda: "+why {
			t.Errorf("in English: %q", got)
		}
	}
}
