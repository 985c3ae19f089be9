package page

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestMarkdown(t *testing.T) {
	p, err := Of("stock/booking.md", "Before.\n\n# Booking\n\nHow it is done: see [this](#when-it-fails) and [that](../print.md#labels).\n\n"+
		"| a | b |\n|---|---|\n| 1 | 2 |\n\n## When it fails\n\nCall `book --again`.\n\n## When it fails\n\n![a picture](x.png)\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1))")
	if err != nil {
		t.Fatal(err)
	}
	if p.Title != "Booking" {
		t.Errorf("title %q", p.Title)
	}
	var anchors []string
	for _, s := range p.Sections {
		anchors = append(anchors, s.Anchor)
	}
	if !slices.Equal(anchors, []string{"", "s-booking", "s-when-it-fails", "s-when-it-fails-1"}) {
		t.Errorf("anchors %q", anchors)
	}
	if s := p.Sections[1]; s.Title != "Booking" || s.Level != 1 || s.Text != "How it is done: see this and that.\na\nb\n1\n2" {
		t.Errorf("%+v", s)
	}
	if p.Sections[3].Text != "a picture\nx" {
		t.Errorf("%+v", p.Sections[3])
	}
	for _, bad := range []string{"script", "javascript", "img", "alert(1)</"} {
		if strings.Contains(p.HTML, bad) {
			t.Errorf("%s is in %s", bad, p.HTML)
		}
	}
	shown := Linked(p.HTML, "stock/booking.md", map[string]int64{"print.md": 40})
	for _, good := range []string{`href="40#s-labels"`, `href="#s-when-it-fails"`, `id="s-booking"`, "<td>1</td>"} {
		if !strings.Contains(shown, good) {
			t.Errorf("%s is not in %s", good, shown)
		}
	}
	if gone := Linked(p.HTML, "stock/booking.md", nil); strings.Contains(gone, "print.md") {
		t.Errorf("a link leads nowhere: %s", gone)
	}
}

func TestHTML(t *testing.T) {
	p, err := Of("a.html", `<html><head><title>The  handbook</title><style>p{}</style></head><body onload="x()"><nav>menu</nav>
		<main><h1 id="Top One">Top</h1><p style="color:red" onclick="x()">One<br>two</p><a name="old">x</a><div id="old">y</div>
		<h2>Next</h2><ul><li>a<li>b</ul><iframe src="//e"></iframe><svg><a xlink:href="javascript:x">z</a></svg></main><footer>foot</footer></body></html>`)
	if err != nil {
		t.Fatal(err)
	}
	if p.Title != "The handbook" || len(p.Sections) != 2 || p.Sections[0].Anchor != "s-top-one" || p.Sections[1].Text != "a\nb" {
		t.Errorf("%+v", p)
	}
	for _, bad := range []string{"menu", "foot", "onclick", "style", "iframe", "svg", "javascript"} {
		if strings.Contains(p.HTML, bad) {
			t.Errorf("%s is in %s", bad, p.HTML)
		}
	}
	if _, err := Of("a.pdf", ""); err == nil {
		t.Error("a PDF is taken")
	}
}

// FuzzPage holds that nothing but what is allowed comes through, in both forms,
// and that every section's anchor is in the page, once.
func FuzzPage(f *testing.F) {
	for _, s := range []string{
		"# a\n\n[x](javascript:alert(1)) <b onclick=x>y</b>", "<h1>a</h1><script>x</script><p id=a>", "<table><h2>x</table><svg><h1>", "<frameset>",
		"<noscript><p title=\"</noscript><img src=x onerror=x>\">", "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=x&gt;\">",
		"<h1>a</h1><h1>a</h1><h1>a-2</h1><p id=\"a-2\">",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, name := range []string{"a.md", "a.html"} {
			p, err := Of(name, text)
			if err != nil {
				continue
			}
			shown := Linked(p.HTML, "a.md", map[string]int64{"b.md": 1})
			ids := map[string]int{}
			root, err := html.Parse(strings.NewReader(shown))
			if err != nil {
				t.Fatal(err)
			}
			for n := range root.Descendants() {
				if n.Type != html.ElementNode {
					continue
				}
				switch n.Data {
				case "script", "style", "iframe", "img", "svg", "math", "object", "embed", "form", "input", "link", "meta", "base", "video", "audio":
					t.Fatalf("%s: <%s> in %s", name, n.Data, shown)
				}
				for _, a := range n.Attr {
					low := strings.ToLower(strings.TrimSpace(a.Val))
					switch {
					case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "src":
						t.Fatalf("%s: %s in %s", name, a.Key, shown)
					case a.Key == "href" && strings.Contains(low, ":") && !strings.HasPrefix(low, "http") && !strings.HasPrefix(low, "mailto:") && !strings.HasPrefix(low, "#") && !strings.HasPrefix(low, "1#"):
						t.Fatalf("%s: %q in %s", name, a.Val, shown)
					case a.Key == "id":
						ids[a.Val]++
					}
				}
			}
			for _, s := range p.Sections {
				if s.Anchor != "" && ids[s.Anchor] != 1 {
					t.Fatalf("%s: %q is there %d times in %s", name, s.Anchor, ids[s.Anchor], shown)
				}
			}
		}
	})
}
