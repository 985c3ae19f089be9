package parse

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

func attribute(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// quoteClasses are what mail programs call what they quote: Gmail, Thunderbird, Outlook, Yahoo, Proton, Apple.
var quoteClasses = []string{"gmail_quote", "moz-cite-prefix", "divRplyFwdMsg", "appendonsend", "yahoo_quoted", "protonmail_quote", "OutlookMessageHeader"}

func (t *texter) start(k html.Token) {
	if t.silent != 0 {
		return
	}
	classes := attribute(k, "class") + " " + attribute(k, "id")
	for _, c := range quoteClasses {
		if strings.Contains(classes, c) {
			t.quoteFrom()
		}
	}
	switch k.DataAtom {
	case atom.Script, atom.Style, atom.Title, atom.Head, atom.Noscript, atom.Template, atom.Object, atom.Iframe, atom.Svg, atom.Select:
		if k.Type == html.StartTagToken {
			t.silent = k.DataAtom
		}
	case atom.Br:
		t.flush()
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Table:
		t.fresh(true)
	case atom.Div, atom.Tr, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Dt, atom.Dd:
		t.fresh(false)
	case atom.Td, atom.Th:
		if t.line.Len() > 0 {
			t.line.WriteString(" ")
		}
	case atom.Hr:
		t.fresh(false)
		t.line.WriteString("---")
		t.flush()
	case atom.Pre:
		t.fresh(true)
		t.pre++
	case atom.Blockquote:
		if attribute(k, "type") == "cite" || attribute(k, "cite") != "" {
			t.fresh(false)
			t.quotes++
		} else {
			t.fresh(true)
			t.quotes++
		}
	case atom.Ul, atom.Ol:
		t.fresh(false)
		first := -1
		if k.DataAtom == atom.Ol {
			first = 0
		}
		if len(t.lists) < 20 {
			t.lists = append(t.lists, first)
		}
	case atom.Li:
		t.fresh(false)
		t.item()
	case atom.A:
		t.href = safeLink(attribute(k, "href"))
	case atom.Img:
		if alt := oneLine(attribute(k, "alt")); alt != "" {
			t.text("[" + alt + "]")
		}
	}
}

func (t *texter) item() {
	sign := "- "
	if n := len(t.lists); n > 0 {
		if t.lists[n-1] >= 0 {
			t.lists[n-1]++
			sign = strconv.Itoa(t.lists[n-1]) + ". "
		}
		sign = strings.Repeat("  ", n-1) + sign
	}
	t.line.WriteString(sign)
}

func (t *texter) end(tag atom.Atom) {
	if t.silent != 0 {
		if tag == t.silent {
			t.silent = 0
		}
		return
	}
	switch tag {
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Table:
		t.fresh(true)
	case atom.Div, atom.Tr, atom.Li, atom.Section, atom.Article:
		t.fresh(false)
	case atom.Pre:
		t.fresh(false)
		t.pre = max(t.pre-1, 0)
	case atom.Blockquote:
		t.fresh(false)
		t.quotes = max(t.quotes-1, 0)
	case atom.Ul, atom.Ol:
		t.fresh(false)
		t.lists = t.lists[:max(len(t.lists)-1, 0)]
	case atom.A:
		if t.href != "" && !strings.Contains(strings.ToLower(t.line.String()), strings.ToLower(bare(t.href))) {
			t.text(" <" + t.href + ">")
		}
		t.href = ""
	}
}

// safeLink is an address that a person may be shown; "" is none.
func safeLink(href string) string {
	href = oneLine(href)
	low := strings.ToLower(href)
	for _, scheme := range []string{"http://", "https://", "mailto:"} {
		if strings.HasPrefix(low, scheme) && len(href) > len(scheme) && len(href) <= 500 && !strings.ContainsAny(href, " <>") {
			return href
		}
	}
	return ""
}

// bare is a link as people write it.
func bare(href string) string {
	for _, scheme := range []string{"http://", "https://", "mailto:"} {
		href = strings.TrimPrefix(href, scheme)
	}
	return strings.TrimSuffix(href, "/")
}
