// Package early sets in the environment what libraries read from it while they start, before any other code of ours runs.
//
// Go starts packages in the order of their paths once their imports are
// started (language specification, "Program initialization"). This one imports
// nothing but the standard library, so it comes before Fyne's lang package,
// whose imports have later paths.
package early

import (
	"os"
	"strings"
)

// The locale C.UTF-8 is no language; Fyne complains of it on standard error at
// every start, of a command without a window too. LANGUAGE says what is meant.
func init() {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		v := os.Getenv(name)
		if v == "" {
			continue
		}
		if strings.HasPrefix(v, "C.") && os.Getenv("LANGUAGE") == "" {
			_ = os.Setenv("LANGUAGE", "en") // on a system that refuses this, the complaint stays
		}
		return
	}
}
