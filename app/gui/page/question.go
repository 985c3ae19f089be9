//go:build !headless

package page

import (
	"strings"
	"unicode"

	"github.com/beistand/beistand/diag"
)

// Question is about a profile that nobody whom this person has named has signed.
type Question struct {
	File   string
	Name   string // whom it says that it is from
	Signer string // the key that it is signed with; "" if it is not signed
	Desk   string // where reports would go; "" if that is not known
	Wishes diag.Wishes
}

// Plain shows each character of a foreign text for what it is: those that
// cannot be seen, or that turn the direction of others, become a mark.
func Plain(text string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return unicode.ReplacementChar
		}
		return r
	}, strings.ToValidUTF8(text, string(unicode.ReplacementChar)))
}

// CommandLine is a program with its arguments in one plain line. An argument
// that could be taken for several, or for none, stands in quotes.
func CommandLine(args []string) string {
	parts := make([]string, len(args))
	for i, arg := range args {
		if parts[i] = Plain(arg); arg == "" || strings.ContainsAny(arg, " \"\u00a0") {
			parts[i] = `"` + strings.ReplaceAll(parts[i], `"`, `\"`) + `"`
		}
	}
	return strings.Join(parts, " ")
}
