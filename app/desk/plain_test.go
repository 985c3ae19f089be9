package desk

import (
	"net/http"
	"testing"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
)

// TestPlain asks with what is no text, which one database keeps and the other
// refuses: it is refused by name, whichever it is.
func TestPlain(t *testing.T) {
	source := dbtest.URL(t)
	for name, h := range map[string]*house{"SQLite": open(t), "PostgreSQL": open(t, func(c *Config) { c.Database = source })} {
		staff := h.staff()
		for _, ask := range []struct {
			method, path, token, body string
		}{
			{"GET", api.PathOrganisations + "?text=%00", staff, ""},
			{"GET", api.PathBugs + "?product=a%00b", staff, ""},
			{"GET", api.PathBoard + "?queue=%ff", staff, ""},
			{"GET", api.PathNumbers + "?product=%00", staff, ""},
			{"GET", api.PathArticles + "?product=%zz", staff, ""},
			{"GET", api.PathStaff + "/%00", staff, ""},
			{"GET", api.PathPages + "?product=%00", "", ""},
			{"GET", api.PathStaff + "/%c3%28", staff, ""},
			{"POST", api.PathSignIn, "", `{"user": "\u0000", "password": "x"}`},
			{"POST", api.PathLinkOpen, "", `{"secret": "\u0000"}`},
			{"POST", api.PathHelped, "", `{"ref": "article/1\u0000"}`},
			{"POST", api.PathSimilarTo, "", `{"title": "\u0000"}`},
			{"POST", api.PathRulesTry, staff, `{"product": "\u0000"}`},
		} {
			got, _, body := h.do(ask.method, ask.path, ask.token, []byte(ask.body), "Content-Type", "application/json")
			want := http.StatusBadRequest
			if ask.body != "" {
				want = http.StatusUnprocessableEntity
			}
			if got != want {
				t.Errorf("%s: %s %s %s: %d %s", name, ask.method, ask.path, ask.body, got, body)
			}
		}
		// Six characters that only look like it are a text like any other.
		if got, _, body := h.do("POST", api.PathSimilarTo, "", []byte(`{"title": "it says \\u0000"}`), "Content-Type", "application/json"); got != http.StatusOK {
			t.Errorf("%s: %d %s", name, got, body)
		}
	}
}
