//go:build !headless

package page

import (
	"log"
	"os"
	"strings"
	"testing"
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
