//go:build !headless

package page

import (
	"fyne.io/fyne/v2/lang"

	"github.com/beistand/beistand/diag/redact"
)

// Suspicion says what may have been left at some place. Words that it does not
// know are a newer program's.
func Suspicion(what string) string {
	switch redact.Suspicion(what) {
	case redact.LeftValue:
		return lang.L("A value that was replaced elsewhere")
	case redact.LeftKey:
		return lang.L("A private key")
	case redact.LeftWord:
		return lang.L("Text behind a word such as password")
	case redact.LeftRandom:
		return lang.L("Letters and digits as in a key")
	case redact.LeftMail:
		return lang.L("An e-mail address")
	}
	return Known(what)
}
