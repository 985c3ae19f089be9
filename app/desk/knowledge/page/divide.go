package page

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Prefix stands before every id, so that no page's id is one of the page around it.
const Prefix = "s-"

// divider puts ids in order and divides a page into sections.
type divider struct {
	used map[string]bool
	list []Section
	text strings.Builder // of the section that is open
}

// gone are elements that are left out with all that is in them.
var gone = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Template: true, atom.Iframe: true, atom.Object: true, atom.Embed: true, atom.Noscript: true,
	atom.Form: true, atom.Button: true, atom.Select: true, atom.Textarea: true, atom.Svg: true, atom.Math: true, atom.Nav: true,
	atom.Audio: true, atom.Video: true, atom.Canvas: true, atom.Head: true, atom.Title: true,
}

// clean leaves out what is not for reading, puts pictures' descriptions in
// their place, and gives ids their prefix.
func (d *divider) clean(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch {
		case c.Type == html.CommentNode, c.Type == html.ElementNode && (gone[c.DataAtom] || c.Namespace != ""):
			n.RemoveChild(c)
		case c.Type == html.ElementNode && c.DataAtom == atom.Img:
			n.InsertBefore(&html.Node{Type: html.TextNode, Data: attribute(c, "alt")}, c)
			n.RemoveChild(c)
		case c.Type == html.ElementNode:
			d.name(c)
			d.clean(c)
		}
		c = next
	}
}

// name gives an element's id its prefix, takes the name of an <a> for one, and
// gives a heading one if it has none.
func (d *divider) name(n *html.Node) {
	id := attribute(n, "id")
	if id == "" && n.DataAtom == atom.A {
		id = attribute(n, "name")
	}
	if id == "" && level(n) > 0 {
		id = content(n)
	}
	kept := n.Attr[:0]
	for _, a := range n.Attr {
		if a.Key == "href" {
			a.Val = fragment(a.Val)
		}
		if a.Key != "id" && a.Key != "name" {
			kept = append(kept, a)
		}
	}
	n.Attr = kept
	if id = slug(id); id == "" {
		return
	}
	one := id
	for i := 1; d.used[one]; i++ { // as GitHub does, whose links handbooks have
		if level(n) == 0 { // a second of the same name is no place to go to
			return
		}
		one = id + "-" + strconv.Itoa(i)
	}
	d.used[one] = true
	n.Attr = append(n.Attr, html.Attribute{Key: "id", Val: Prefix + one})
}

// fragment gives the fragment of an address that is not absolute its prefix.
func fragment(href string) string {
	before, after, ok := strings.Cut(href, "#")
	if !ok || strings.Contains(before, ":") {
		return href
	}
	if after = slug(after); after == "" {
		return before
	}
	return before + "#" + Prefix + after
}

// slug makes an id of a text: small letters, digits and hyphens, at most 60.
func slug(text string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(text) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() >= 60 {
			break
		}
	}
	return strings.Trim(b.String(), "-")
}

func level(n *html.Node) int {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return int(n.Data[1] - '0')
	}
	return 0
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

// blocks are elements after which a line ends.
var blocks = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Li: true, atom.Tr: true, atom.Pre: true, atom.Blockquote: true, atom.Br: true, atom.Dt: true, atom.Dd: true,
	atom.Section: true, atom.Article: true, atom.Table: true, atom.Hr: true,
}

// divide goes through a page's texts, and begins a section at each heading.
func (d *divider) divide(n *html.Node) {
	for c := range n.ChildNodes() {
		switch {
		case c.Type == html.TextNode:
			d.text.WriteString(c.Data)
		case c.Type != html.ElementNode:
		case level(c) > 0 && len(d.list) < maxSections:
			d.end()
			d.list = append(d.list, Section{Anchor: attribute(c, "id"), Title: line(content(c)), Level: level(c)})
		default:
			if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
				d.text.WriteByte('\t')
			}
			d.divide(c)
			if blocks[c.DataAtom] {
				d.text.WriteByte('\n')
			}
		}
	}
}

// end gives the open section its text.
func (d *divider) end() {
	var lines []string
	for one := range strings.SplitSeq(d.text.String(), "\n") {
		if one = strings.Join(strings.Fields(one), " "); one != "" {
			lines = append(lines, one)
		}
	}
	d.text.Reset()
	text := strings.Join(lines, "\n")
	if n := len(d.list); n > 0 {
		d.list[n-1].Text = text
	} else if text != "" {
		d.list = append(d.list, Section{Text: text})
	}
}

// sections are those that have something to be found by.
func (d *divider) sections() []Section {
	d.end()
	var list []Section
	for _, s := range d.list {
		if s.Title != "" || s.Text != "" {
			list = append(list, s)
		}
	}
	return list
}
