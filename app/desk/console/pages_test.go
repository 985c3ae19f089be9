package console_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// everywhere is a browser in which robin is signed in and the customer's tickets are open.
func (h *house) everywhere(language string) *browser {
	h.t.Helper()
	b := h.browser(language)
	b.signIn(h, "robin", "/desk/")
	b.cookie(h, "beistand-my", fmt.Sprintf("%d.%s~1.%s", h.rich.Ticket.Number, h.rich.Token, h.ticket.Token))
	return b
}

func (b *browser) cookie(h *house, name, value string) {
	b.t.Helper()
	if _, err := chromedp.Call(b.ctx, network.SetCookie, network.SetCookieParams{Name: name, Value: value, URL: h.url}); err != nil {
		b.t.Fatal(err)
	}
}

// TestPages walks through every page, wide and narrow, light and dark, and asks
// whether somebody with a keyboard, a screen reader or weak eyes can use it.
func TestPages(t *testing.T) {
	h := open(t, mails(""))
	paths := h.seed("")
	b := h.everywhere("de")
	access, err := os.ReadFile("testdata/access.js")
	if err != nil {
		t.Fatal(err)
	}
	for i, look := range []struct {
		width            int64
		scheme, language string
	}{{1280, "light", "de"}, {390, "dark", "en"}, {390, "light", "nl"}, {1280, "dark", "nl"}, {390, "dark", "de"}, {1280, "light", "en"}} {
		b.look(look.width, look.scheme)
		b.cookie(h, "beistand-language", look.language)
		for _, path := range paths {
			name := strings.NewReplacer("/", "_", "?", "_", "=", "_").Replace(strings.Trim(path, "/"))
			b.do(chromedp.Navigate(h.url + path))
			if status := eval[int](b, "performance.getEntriesByType('navigation')[0].responseStatus"); status != 200 && path != "/desk/nothing" {
				t.Errorf("%s: %d", path, status)
			}
			for _, wrong := range eval[[]string](b, string(access)) {
				t.Errorf("%s, %d, %s: %s", path, look.width, look.scheme, wrong)
			}
			if i == 0 {
				b.named(path)
			}
			b.shot(fmt.Sprintf("%s-%s-%d-%s", name, look.language, look.width, look.scheme))
		}
	}
}

// named looks into the browser's accessibility tree: what can be used has a name there.
func (b *browser) named(path string) {
	b.t.Helper()
	tree, err := chromedp.Call(b.ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	if err != nil {
		b.t.Fatal(err)
	}
	for _, n := range tree.Nodes {
		if n.Ignored || n.Role == nil {
			continue
		}
		role := strings.Trim(string(n.Role.Value), `"`)
		switch role {
		case "button", "link", "textbox", "searchbox", "combobox", "checkbox", "radio", "navigation", "spinbutton", "region", "complementary", "search", "img", "image":
			if n.Name == nil || strings.Trim(string(n.Name.Value), `" `) == "" {
				if role != "search" && role != "img" && role != "image" {
					b.t.Errorf("%s: a %s has no name", path, role)
				}
			}
		}
	}
}

// TestTab goes through the ticket's page with the tabulator: the first stop
// leads past the frame, every stop is seen, and they come as they stand.
func TestTab(t *testing.T) {
	h := open(t)
	b := h.browser("en")
	b.signIn(h, "sam", h.path(""))
	seen := map[string]bool{}
	last := -1
	for i := range 40 {
		b.do(chromedp.KeyEvent("\t"))
		at := eval[struct {
			Text, Outline string
			Index         int
		}](b, `(() => { const e = document.activeElement, s = getComputedStyle(e);
			const stops = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')];
			const drawn = e.matches('.tabs input') ? getComputedStyle(e.nextElementSibling) : s;
			return {Text: e.outerHTML.slice(0, 100), Outline: drawn.outlineStyle, Index: stops.indexOf(e)}; })()`)
		if i == 0 && !strings.Contains(at.Text, "#content") {
			t.Errorf("the first stop is %s", at.Text)
		}
		if at.Outline == "none" {
			t.Errorf("nobody sees the focus on %s", at.Text)
		}
		if at.Index <= last {
			t.Errorf("stop %d comes after stop %d: %s", at.Index, last, at.Text)
		}
		if seen[at.Text] && !strings.Contains(at.Text, "button") && !strings.Contains(at.Text, "summary") {
			t.Errorf("twice: %s", at.Text)
		}
		last, seen[at.Text] = at.Index, true
	}
}

// TestInjection shows on every page what somebody outside may have written, and
// that it is nothing but text there.
func TestInjection(t *testing.T) {
	h := open(t, mails(evil))
	paths := h.seed(evil)
	b := h.everywhere("en")
	shown := 0
	for _, path := range paths {
		b.do(chromedp.Navigate(h.url + path))
		if !eval[bool](b, `window.pwned === undefined && !document.querySelector('main img, main script, main svg[onload], [onerror], [onload]')`) {
			t.Errorf("%s: what was written became part of the page", path)
		}
		if eval[bool](b, `document.body.textContent.includes('window.pwned=1') || [...document.querySelectorAll('input, textarea')].some((f) => f.value.includes('window.pwned=1'))`) {
			shown++
		}
	}
	if shown < 20 {
		t.Errorf("only %d pages show it at all", shown)
	}
}
