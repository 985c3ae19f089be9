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

// look is how a page is shown.
type look struct {
	width            int64
	scheme, language string
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
	looks := []look{{1280, "light", "de"}, {390, "dark", "nl"}}
	if os.Getenv("BEISTAND_PICTURES") != "" {
		looks = append(looks, look{390, "light", "en"}, look{1280, "dark", "en"}, look{390, "light", "de"}, look{1280, "light", "nl"})
	}
	for i, look := range looks {
		b.look(look.width, look.scheme)
		b.cookie(h, "beistand-language", look.language)
		for _, path := range paths {
			name := strings.NewReplacer("/", "_", "?", "_", "=", "_").Replace(strings.Trim(path, "/"))
			b.do(chromedp.Navigate(h.url + path))
			if status := eval[int](b, "performance.getEntriesByType('navigation')[0].responseStatus"); status != 200 && path != "/desk/nothing" {
				t.Errorf("%s: %d", path, status)
			}
			if is := eval[string](b, "document.documentElement.lang"); is != look.language {
				t.Errorf("%s: in %s, not in %s", path, is, look.language)
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
