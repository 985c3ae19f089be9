//go:build !headless

package page

import (
	"log"
	"os"
	"strings"
	"testing"

	"github.com/beistand/beistand/diag/analyze"
)

// TestKnown holds that a text of somebody else's is shown as it is, without a
// word in the log: Fyne logs what it cannot translate.
func TestKnown(t *testing.T) {
	if _, err := Speak("de"); err != nil {
		t.Fatal(err)
	}
	var logged strings.Builder
	log.SetOutput(&logged)
	t.Cleanup(func() {
		log.SetOutput(os.Stderr)
		_, _ = Speak("en")
	})
	for text, want := range map[string]string{
		"Printer":             "Drucker",
		"hardware address":    "Hardware-Adresse",
		"Inkworks Press 4000": "Inkworks Press 4000",
		"printer":             "printer",
		"{{.Count}} minutes":  "{{.Count}} minutes",
		"Ticket {{.Number}}":  "Ticket {{.Number}}",
		"{{printf 1}}":        "{{printf 1}}",
		"":                    "",
	} {
		if got := Known(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if logged.Len() > 0 {
		t.Errorf("logged: %s", logged.String())
	}
}

// TestFinding holds that a profile's sentence is filled and nothing else: it
// comes from a file, and a finding's data from somebody else's machine.
func TestFinding(t *testing.T) {
	for name, c := range map[string]struct {
		finding    analyze.Finding
		what, todo string
	}{
		"a gap":      {analyze.Finding{Say: "{{.Used}} of the disk", Data: map[string]string{"Used": "97 %"}, Do: "Tidy up."}, "97\u00a0% of the disk", "Tidy up."},
		"a template": {analyze.Finding{Say: `{{printf "%09d" 1}}`}, `{{printf "%09d" 1}}`, ""},
		"evil data":  {analyze.Finding{Say: "Send", Data: map[string]string{"A": "{{.B}}"}, Do: "{{.A}}"}, "Send", "{{.B}}"},
	} {
		if what, todo := Finding(c.finding); what != c.what || todo != c.todo {
			t.Errorf("%s: %q, %q", name, what, todo)
		}
	}
}
