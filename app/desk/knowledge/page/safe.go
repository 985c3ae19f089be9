package page

import (
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"
)

// policy is what may be in a page. Everything else is left out.
var policy = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "strong", "em", "b", "i", "u", "del", "sub", "sup", "code", "pre", "kbd", "samp", "var",
		"ul", "ol", "li", "dl", "dt", "dd", "blockquote", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "figure", "figcaption", "div")
	p.AllowAttrs("id").Matching(regexp.MustCompile(`^` + Prefix + `[\p{L}\p{Nd}-]{1,70}$`)).Globally()
	p.AllowAttrs("colspan", "rowspan").Matching(bluemonday.Integer).OnElements("th", "td")
	p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	p.AllowAttrs("href").OnElements("a")
	p.AllowElements("a")
	p.AllowURLSchemes("http", "https", "mailto")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	p.RequireNoFollowOnLinks(true)
	p.RequireNoReferrerOnLinks(true)
	return p
})

// Linked makes links between a handbook's pages lead to where they are shown:
// a page's address is its ID beside the others', as in …/handbook/40. at is the
// page's own path, ids are the pages by theirs. A link that leads nowhere is
// none any more. The text is Page.HTML.
func Linked(text, at string, ids map[string]int64) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return b.String()
		}
		raw := string(z.Raw())
		if kind == html.StartTagToken {
			if t := z.Token(); t.Data == "a" {
				b.WriteString(linked(t, at, ids).String())
				continue
			}
		}
		b.WriteString(raw)
	}
}

func linked(t html.Token, at string, ids map[string]int64) html.Token {
	kept := t.Attr[:0]
	for _, a := range t.Attr {
		if a.Key == "href" {
			to, ok := where(a.Val, at, ids)
			if !ok {
				continue
			}
			a.Val = to
		}
		kept = append(kept, a)
	}
	t.Attr = kept
	return t
}

func where(href, at string, ids map[string]int64) (string, bool) {
	u, err := url.Parse(href)
	if err != nil {
		return "", false
	}
	if u.Scheme != "" {
		return href, true
	}
	if u.Host != "" {
		return "", false
	}
	if u.Path == "" {
		return "#" + u.EscapedFragment(), u.Fragment != ""
	}
	id, ok := ids[strings.TrimPrefix(path.Join(path.Dir(at), u.Path), "/")]
	if !ok {
		return "", false
	}
	to := strconv.FormatInt(id, 10)
	if u.Fragment != "" {
		to += "#" + u.EscapedFragment()
	}
	return to, true
}
