//go:build !headless

package evidence

import (
	"regexp"
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/beistand/beistand/app/gui/page"
)

// Reason puts a bundle's words about what is missing, which are English, into
// the person's language. Words that it does not know are shown as they are:
// they come from a newer program or from the system.
func Reason(words string) string {
	parts := strings.Split(words, "; ")
	for i, part := range parts {
		parts[i] = reason(part)
	}
	return strings.Join(parts, "; ")
}

// reasons have one variable piece, their pattern's only group.
var reasons = []struct {
	pattern *regexp.Regexp
	say     func(piece map[string]any) string
}{
	{regexp.MustCompile(`^the first (.+) are left out$`), func(p map[string]any) string { return lang.L("the first {{.Piece}} are left out", p) }},
	{regexp.MustCompile(`^only the first (.+) are here$`), func(p map[string]any) string { return lang.L("only the first {{.Piece}} are here", p) }},
	{regexp.MustCompile(`^only the last (.+) lines are here$`), func(p map[string]any) string { return lang.L("only the last {{.Piece}} lines are here", p) }},
	{regexp.MustCompile(`^it took longer than (.+)$`), func(p map[string]any) string { return lang.L("it took longer than {{.Piece}}", p) }},
	{regexp.MustCompile(`^there is no file "(.+)"$`), func(p map[string]any) string { return lang.L("there is no file {{.Piece}}", p) }},
	{regexp.MustCompile(`^the rest is missing: (.+)$`), func(p map[string]any) string {
		return lang.L("the rest is missing: {{.Piece}}", map[string]any{"Piece": fixed(p["Piece"].(string))})
	}},
}

// amount is a size as diag/facts writes it.
var amount = regexp.MustCompile(`^\d+\.\d [kMGTP]B$`)

func reason(words string) string {
	for _, r := range reasons {
		if m := r.pattern.FindStringSubmatch(words); m != nil {
			piece := m[1]
			if amount.MatchString(piece) {
				piece = page.Decimal(piece)
			}
			return r.say(map[string]any{"Piece": piece})
		}
	}
	if said := refused(words); said != "" {
		return said
	}
	return fixed(words)
}

// fixed are the reasons without a variable piece.
func fixed(words string) string {
	switch words {
	case "left out by the customer":
		return lang.L("left out by the customer")
	case "it was not finished":
		return lang.L("it was not finished")
	case "it was stopped":
		return lang.L("it was stopped")
	case "the time for collecting was over":
		return lang.L("the time for collecting was over")
	case "there was no space left on the disk":
		return lang.L("there was no space left on the disk")
	case "there is no screen here to take a picture of":
		return lang.L("there is no screen here to take a picture of")
	case "messages of the system and of other people could not be read":
		return lang.L("messages of the system and of other people could not be read")
	case "this system keeps no list of logged-in users":
		return lang.L("this system keeps no list of logged-in users")
	case "this system keeps no log that could be read: neither a journal with entries nor a syslog file":
		return lang.L("this system keeps no log that could be read: neither a journal with entries nor a syslog file")
	}
	return words
}
