//go:build !headless

package page

import (
	"testing"

	"github.com/beistand/beistand/session/rights"
)

func TestEveryRightHasWords(t *testing.T) {
	seen := map[string]rights.Right{}
	for _, r := range rights.All() {
		w := Right(r)
		for _, text := range []string{w.Word, w.Aim, w.Name, w.Meaning} {
			if other, taken := seen[text]; text == "" || text == string(r) || taken && other != r {
				t.Errorf("%s is called %q, as %q is", r, text, other)
			}
			seen[text] = r
		}
	}
	if w := Right("smell"); w.Word != "smell" || w.Aim != "smell" || w.Name != "smell" {
		t.Errorf("one of a newer program is %+v", w)
	}
}
