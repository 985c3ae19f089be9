// Package page makes of Markdown and HTML what can be shown to everybody: no
// scripts, no styles, nothing that is fetched from elsewhere; and divides it
// into sections by its headings.
package page

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Page is a text as it is shown.
type Page struct {
	Title    string // of its title element, or its first heading; "" is none
	HTML     string // safe
	Sections []Section
}

// Section is a heading with what stands below it, up to the next heading.
type Section struct {
	Anchor string // an element's id in the HTML; "" is what stands before the first heading
	Title  string
	Level  int    // 1 to 6; 0 is before the first heading
	Text   string // without the heading
}

// Bounds of one page.
const (
	maxSections = 2000
	maxTitle    = 200 // characters
)

// ErrKind says that a file is neither Markdown nor HTML, by its name.
var ErrKind = errors.New("neither Markdown (.md, .markdown) nor HTML (.html, .htm, .xhtml)")

// Known says whether a file's name is one of a page.
func Known(name string) bool {
	return markdown(name) || strings.Contains(" .html .htm .xhtml ", " "+ext(name)+" ")
}

func markdown(name string) bool { return ext(name) == ".md" || ext(name) == ".markdown" }

func ext(name string) string { return strings.ToLower(path.Ext(name)) }

// Of makes a page of a file's text; the name says which form it has.
func Of(name, text string) (Page, error) {
	switch {
	case !Known(name):
		return Page{}, fmt.Errorf("%q is %w", name, ErrKind)
	case markdown(name):
		return Markdown(text)
	}
	return parse(text)
}

// converter knows tables, and leaves out HTML that stands in the Markdown.
var converter = goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Linkify))

// Markdown makes a page of CommonMark with tables.
func Markdown(text string) (Page, error) {
	var b bytes.Buffer
	if err := converter.Convert([]byte(text), &b); err != nil {
		return Page{}, fmt.Errorf("read Markdown: %w", err)
	}
	return parse(b.String())
}

func parse(text string) (Page, error) {
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return Page{}, fmt.Errorf("read HTML: %w", err)
	}
	var p Page
	if t := find(root, atom.Title); t != nil {
		p.Title = line(content(t))
	}
	body := find(root, atom.Main)
	if body == nil {
		body = find(root, atom.Article)
	}
	if body == nil {
		body = find(root, atom.Body)
	}
	if body == nil { // a frameset
		return p, nil
	}
	d := divider{used: map[string]bool{}}
	d.clean(body)
	d.divide(body)
	p.Sections = d.sections()
	for _, s := range p.Sections {
		if p.Title == "" && s.Level > 0 {
			p.Title = s.Title
		}
	}
	var b bytes.Buffer
	for n := range body.ChildNodes() {
		if err := html.Render(&b, n); err != nil {
			return Page{}, fmt.Errorf("write HTML: %w", err)
		}
	}
	p.HTML = strings.TrimSpace(policy().Sanitize(b.String()))
	return p, nil
}

// line is a text in one line, cut to a title's length.
func line(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > maxTitle {
		return string(r[:maxTitle-1]) + "…"
	}
	return text
}

func find(n *html.Node, a atom.Atom) *html.Node {
	if n.Type == html.ElementNode && n.DataAtom == a {
		return n
	}
	for c := range n.ChildNodes() {
		if f := find(c, a); f != nil {
			return f
		}
	}
	return nil
}

func content(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}
