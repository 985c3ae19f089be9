package console_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/beistand/beistand/app/api"
)

// TestConflict: two people change a ticket; the second sees both, and decides.
func TestConflict(t *testing.T) {
	h := open(t)
	b := h.browser("de")
	b.signIn(h, "sam", h.path(""))
	ticket, err := h.staff.Ticket(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = h.admin.ChangeTicket(t.Context(), 1, api.TicketChange{Version: ticket.Version, Product: new("Example 5")}); err != nil {
		t.Fatal(err)
	}
	eval[bool](b, "(document.querySelector('form:has([name=title]) ').closest('details').open = true)")
	b.fill("form:has([name=title]) [name=product]", "Example 4.3")
	b.fill("form:has([name=title]) [name=title]", "Rechnungen drucken gar nicht")
	b.send("form:has([name=title]) button.main")
	b.says("Jemand war schneller")
	b.says("Example 5")
	b.shot("conflict")
	for _, mine := range []string{"Example 4.3", "Rechnungen drucken gar nicht"} {
		if !eval[bool](b, fmt.Sprintf("[...document.querySelectorAll('.conflict .mine')].some((e) => e.textContent === %q)", mine)) {
			t.Errorf("%q is not shown", mine)
		}
	}
	if ticket, err = h.staff.Ticket(t.Context(), 1); err != nil || ticket.Product != "Example 5" || ticket.Title != "Rechnungen drucken nicht" {
		t.Errorf("something was saved: %q %q %v", ticket.Product, ticket.Title, err)
	}
	b.send(".conflict button.main")
	if ticket, err = h.staff.Ticket(t.Context(), 1); err != nil || ticket.Product != "Example 4.3" || ticket.Title != "Rechnungen drucken gar nicht" {
		t.Errorf("decided for mine: %q %q %v", ticket.Product, ticket.Title, err)
	}
}

// TestLive: a page that is open shows what others do, and leaves alone what is typed.
func TestLive(t *testing.T) {
	h := open(t)
	b := h.browser("en")
	b.signIn(h, "sam", h.path(""))
	b.fill("#compose [name=text]", "Half a sentence")
	if _, err := h.client(h.ticket.Token).AddEntry(t.Context(), 1, api.NewEntry{Kind: api.EntryNote, Public: true, Text: "It works again."}); err != nil {
		t.Fatal(err)
	}
	b.says("It works again.")
	if v := eval[string](b, "document.querySelector('#compose [name=text]').value"); v != "Half a sentence" {
		t.Errorf("what was typed became %q", v)
	}
	b.do(chromedp.Navigate(h.url + "/desk/?all=1"))
	b.says("Rechnungen drucken nicht")
	h.file(newTicket("Ganz neu"))
	b.says("Ganz neu")
	b.do(chromedp.Navigate(h.url + h.path("")))
	if v := eval[string](b, "document.querySelector('#compose [name=text]').value"); v != "Half a sentence" {
		t.Errorf("after leaving and coming back: %q", v)
	}
}

// submit sends the page's first form.
func (b *browser) submit() {
	b.t.Helper()
	b.leave("the form", func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.Evaluate[bool]("(setTimeout(() => document.forms[0].requestSubmit()), true)")(ctx, t)
		return chromedp.Void{}, err
	})
}

// TestForeign is another site in the same browser: it can neither show a page
// in a frame, nor send a form, nor read anything.
func TestForeign(t *testing.T) {
	h := open(t)
	b := h.browser("en")
	b.signIn(h, "sam", "/desk/")
	evil := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, `<title>evil</title><iframe src="%[1]s/desk/tickets/1"></iframe>
			<form method="post" action="%[1]s/desk/tickets/1/entries"><input name="what" value="answer"><input name="text" value="stolen"><button>x</button></form>`, h.url)
	}))
	t.Cleanup(evil.Close)
	b.allow(evil.URL)
	b.do(chromedp.Navigate(evil.URL + "/"))
	b.until("the frame was refused", `(() => { try { return document.querySelector('iframe').contentDocument === null; } catch { return true; } })()`)
	if eval[int](b, "frames[0].length") != 0 {
		t.Error("the page is in the frame")
	}
	for _, how := range []string{"{credentials: 'include'}", "{method: 'POST', credentials: 'include', body: new URLSearchParams({what: 'answer', text: 'stolen'})}"} {
		if said := eval[string](b, fmt.Sprintf("fetch(%q, %s).then(() => 'read', () => 'refused')", h.url+"/desk/tickets/1/entries", how)); said != "refused" {
			t.Errorf("%s: %s", how, said)
		}
	}
	b.submit()
	b.says("does not come from this desk")
	if line, err := h.staff.Timeline(t.Context(), 1, 0, 0, 0); err != nil || len(line.Entries) != 0 {
		t.Errorf("%+v %v", line, err)
	}
	// A link from there leads to the page, signed in, with one step between.
	b.do(chromedp.Navigate(evil.URL + "/"))
	eval[bool](b, fmt.Sprintf("(() => { const a = document.createElement('a'); a.href = %q; a.id = 'go'; a.textContent = 'go'; document.body.append(a); return true; })()", h.url+h.path("")))
	b.send("#go")
	b.says("Rechnungen drucken nicht")
}
