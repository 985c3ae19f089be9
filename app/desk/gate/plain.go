package gate

import (
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/beistand/beistand/app/desk/reply"
)

// Plain refuses a path or a query that is no text: PostgreSQL takes neither a
// zero byte nor what is not UTF-8, and SQLite would keep both.
func Plain(r *http.Request) error {
	query, err := url.QueryUnescape(r.URL.RawQuery)
	if err != nil {
		return reply.BadRequest("the query is not well formed")
	}
	for _, text := range []string{r.URL.Path, query} {
		if strings.ContainsRune(text, 0) || !utf8.ValidString(text) {
			return reply.BadRequest("the address has characters that are no text")
		}
	}
	return nil
}
