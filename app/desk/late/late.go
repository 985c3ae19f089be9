// Package late makes patterns when they are first used: every start of the
// program would pay for them otherwise, and most starts are no desk.
package late

import (
	"regexp"
	"sync"
)

// Regexp compiles a pattern at its first use. It panics there if it is none.
func Regexp(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}
