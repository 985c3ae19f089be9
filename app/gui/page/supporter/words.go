//go:build !headless

package supporter

import (
	"strings"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/session/rights"
)

// rightWords lists rights in words.
func rightWords(s rights.Set) string {
	var all []string
	for _, r := range s.Rights() {
		all = append(all, page.Right(r).Word)
	}
	return strings.Join(all, ", ")
}

// parsed are rights as the desk tells them; what is none is left out.
func parsed(list []string) (s rights.Set) {
	for _, one := range list {
		s = s.With(rights.Of(rights.Right(one)))
	}
	return s
}
