package collect

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxSafeName is how many bytes of a name from outside are kept.
const maxSafeName = 80

// SafeName makes a name from outside fit to be a part of a path: letters,
// digits and -_. stay, the rest becomes _; never empty, never with a dot at
// either end. Different names can become the same.
func SafeName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-_.", r)) {
			return r
		}
		return '_'
	}, name)
	if len(name) > maxSafeName {
		// The end of a name has its extension and often its date.
		cut := len(name) - maxSafeName
		for !utf8.RuneStart(name[cut]) {
			cut++
		}
		name = name[cut:]
	}
	if name = strings.Trim(name, "."); name == "" {
		return "unnamed"
	}
	return name
}
