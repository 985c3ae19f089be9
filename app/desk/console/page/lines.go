package page

import (
	"html"
	"html/template"
	"net/url"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/late"
)

// address is a web address in a text: what ends a sentence is none of it.
var address = late.Regexp(`https?://[^\s<>"'\x60\\^{}|]{3,500}`)

// Lines is a text of somebody as HTML: everything is text, but web addresses are links.
func Lines(s string) template.HTML {
	var b strings.Builder
	at := 0
	for _, m := range address().FindAllStringIndex(s, -1) {
		link := strings.TrimRight(s[m[0]:m[1]], ".,;:!?)]")
		u, err := url.Parse(link)
		if err != nil || u.Host == "" || u.User != nil {
			continue
		}
		b.WriteString(html.EscapeString(s[at:m[0]]))
		b.WriteString(`<a href="` + html.EscapeString(u.String()) + `" rel="noopener noreferrer nofollow">` + html.EscapeString(link) + `</a>`)
		at = m[0] + len(link)
	}
	b.WriteString(html.EscapeString(s[at:]))
	return template.HTML(b.String()) // escaped above
}

// Marked is a text with what was hit in it marked.
func Marked(s string, marks []api.Mark) template.HTML {
	var b strings.Builder
	runes, at := []rune(s), 0
	for _, m := range marks {
		if m.From < at || m.To <= m.From || m.To > len(runes) {
			continue
		}
		b.WriteString(html.EscapeString(string(runes[at:m.From])))
		b.WriteString("<mark>" + html.EscapeString(string(runes[m.From:m.To])) + "</mark>")
		at = m.To
	}
	b.WriteString(html.EscapeString(string(runes[at:])))
	return template.HTML(b.String()) // escaped above
}

// deeper makes a text's headings those of a part of a page.
var deeper = strings.NewReplacer("<h1", "<h2", "</h1", "</h2", "<h2", "<h3", "</h2", "</h3", "<h3", "<h4", "</h3", "</h4", "<h4", "<h5", "</h4", "</h5", "<h5", "<h6", "</h5", "</h6")

// Written is an article or a handbook's page as the interface has cleaned it.
func Written(clean string) template.HTML {
	return template.HTML(deeper.Replace(clean)) // app/desk/knowledge/page leaves in what is safe
}
