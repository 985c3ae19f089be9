package console_test

import (
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// stops are what the tabulator has to reach on a page, and how each is seen
// there: what is in a closed part is not, and of a group of radio buttons one is.
const stops = `window.stops = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')].filter((e) =>
	!e.disabled && e.tabIndex >= 0 && e.checkVisibility({checkVisibilityCSS: true}) && !(e.type === 'radio' && !e.checked && document.querySelector('[name="' + e.name + '"]:checked')) &&
	!(e.type === 'radio' && !document.querySelector('[name="' + e.name + '"]:checked') && e !== document.querySelector('[name="' + e.name + '"]'))); window.stops.length`

// stop is where the focus is: beyond the last is -1.
const stop = `(() => { const e = document.activeElement, drawn = e.matches('.tabs input') ? e.nextElementSibling : e;
	return {Text: e === document.body ? '' : e.outerHTML.slice(0, 100), Outline: getComputedStyle(drawn).outlineStyle, Index: window.stops.indexOf(e), Body: e === document.body || !document.hasFocus()}; })()`

// TestTab goes through pages with the tabulator: the first stop leads past the
// frame, each comes as it stands, is seen, and is left again, and none is missed.
func TestTab(t *testing.T) {
	h := open(t, mails(""))
	h.seed("")
	b := h.everywhere("en")
	if _, err := chromedp.Call(b.ctx, network.SetBlockedURLs, network.SetBlockedURLsParams{URLPatterns: []*network.BlockPattern{{URLPattern: "http://*:*/*/events", Block: true}}}); err != nil {
		t.Fatal(err) // what the desk still does would bring new stops in the place of those that are counted
	}
	for _, path := range []string{
		h.path(""), "/desk/", "/desk/?all=1", "/desk/new", "/desk/board", "/desk/numbers", "/desk/mails", "/desk/organisations/1", "/desk/bugs/1", "/desk/articles/1/edit",
		"/desk/hooks", "/desk/me", "/desk/people/sam", "/my/", "/my/new", "/my/tickets/2",
	} {
		b.do(chromedp.Navigate(h.url + path))
		eval[bool](b, "(document.activeElement.blur(), getSelection().removeAllRanges(), true)")
		want := eval[int](b, stops)
		reached, last := map[int]bool{}, -1
		for i := range 4*want + 4 { // a date is a few stops of its own
			b.do(chromedp.KeyEvent("\t"))
			at := eval[struct {
				Text, Outline string
				Index         int
				Body          bool
			}](b, stop)
			if at.Body || at.Index == 0 && i > 0 {
				break
			}
			if i == 0 && !strings.Contains(at.Text, "#content") {
				t.Errorf("%s: the first stop is %s", path, at.Text)
			}
			if at.Outline == "none" {
				t.Errorf("%s: nobody sees the focus on %s", path, at.Text)
			}
			if at.Index < 0 { // what can be scrolled can be reached
				continue
			}
			if at.Index < last {
				t.Errorf("%s: stop %d comes after stop %d: %s", path, at.Index, last, at.Text)
			}
			reached[at.Index], last = true, at.Index
		}
		for i := range want {
			if !reached[i] {
				t.Errorf("%s: never reached: %s", path, eval[string](b, fmt.Sprintf("window.stops[%d].outerHTML.slice(0, 150)", i)))
			}
		}
	}
}

// TestTold: what is wrong with a form is told with the field that it is about,
// where one goes on.
func TestTold(t *testing.T) {
	h := open(t)
	access, err := os.ReadFile("testdata/access.js")
	if err != nil {
		t.Fatal(err)
	}
	b := h.browser("en")
	at := func(name string, sure bool) {
		t.Helper()
		is := eval[struct {
			Name, Told, Invalid, Role string
		}](b, `(() => { const e = document.activeElement, p = document.getElementById('problem');
			return {Name: e.name ?? e.tagName, Told: e.getAttribute('aria-describedby') ?? '', Invalid: e.getAttribute('aria-invalid') ?? '', Role: p?.getAttribute('role') ?? ''}; })()`)
		if is.Name != name || !strings.Contains(is.Told, "problem") || (is.Invalid == "true") != sure || is.Role != "alert" {
			t.Errorf("%s: %+v", name, is)
		}
		for _, wrong := range eval[[]string](b, string(access)) {
			t.Errorf("%s: %s", name, wrong)
		}
	}
	b.do(chromedp.Navigate(h.url + "/desk/signin"))
	b.fill("[name=user]", "sam")
	b.fill("[name=password]", "wrong")
	b.send("form[action='/desk/signin'] button")
	at("password", true)
	b.signIn(h, "robin", "/desk/people")
	b.fill("[name=user]", "sam")
	b.fill("[name=name]", "Another Sam")
	b.fill("section [name=password]", "long enough it is")
	b.send("form[action='/desk/people'] button")
	at("user", false) // the sentence names no field, so it is the first
	b.do(chromedp.Navigate(h.url + "/desk/me"))
	b.do(chromedp.Click("section[aria-labelledby=h-password] summary"))
	b.fill("[name=current]", password)
	b.fill("[name=password]", "long enough it is")
	b.fill("[name=again]", "but not the same")
	b.send("form[action='/desk/me/password'] button")
	at("again", true)
	b.do(chromedp.Navigate(h.url + "/my/new"))
	b.fill("[name=title]", "x")
	eval[bool](b, "(document.querySelector('[name=title]').value = '   ', true)")
	b.send("#filing button.main")
	if name := eval[string](b, "document.activeElement.name + ' ' + document.activeElement.getAttribute('aria-describedby')"); name != "title wrong-title" {
		t.Errorf("a ticket without a title: %s", name)
	}
	s := h.surfer()
	token := s.signIn("sam")
	_, body := s.do("POST", h.path("/change"), url.Values{"token": {token}, "form": {"urgency"}, "version": {"1"}, "urgency": {"critical"}, "reason": {""}})
	if !strings.Contains(body, `id="problem"`) || strings.Count(body, `aria-describedby="problem"`) != 1 {
		t.Errorf("a priority without a reason: %s", body)
	}
}
