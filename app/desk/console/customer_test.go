package console_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/beistand/beistand/app/api"
)

func newTicket(title string) api.NewTicket {
	return api.NewTicket{Title: title, Description: "…", Product: "Example", Priority: api.Normal, Name: "Vera", Contact: "v@example.com", Language: "de"}
}

// TestCustomer is a customer's way: the link, an answer with a file, the
// solution that does not help, and the one that does.
func TestCustomer(t *testing.T) {
	h := open(t)
	var link api.CreatedLink
	if err := h.staff.Call(t.Context(), http.MethodPost, api.LinksPath(1), nil, &link); err != nil {
		t.Fatal(err)
	}
	_, path, ok := strings.Cut(link.URL, api.PageLink)
	if !ok {
		t.Fatalf("the link is %s", link.URL)
	}
	path = api.PageLink + path
	for range 10 { // what looks at a mail's links opens nothing
		r, body := h.surfer().do("GET", path, nil, "Sec-Fetch-Site", "none")
		if r.StatusCode != 200 || strings.Contains(body, "Rechnungen") || strings.Contains(strings.Join(r.Header.Values("Set-Cookie"), ""), "beistand-my") {
			t.Fatalf("looking at the link: %d %v %s", r.StatusCode, r.Header, body)
		}
	}
	b := h.browser("de")
	b.do(chromedp.Navigate(h.url + path))
	b.send("main form button")
	b.says("Rechnungen drucken nicht")
	if at := eval[string](b, "location.href"); at != h.url+"/my/tickets/1" {
		t.Errorf("the secret is still there: %s", at)
	}
	if seen := eval[string](b, "document.cookie"); seen != "" {
		t.Errorf("a script reads cookies: %s", seen)
	}
	name := filepath.Join(t.TempDir(), `foto "><img src=x onerror=pwned=1>.txt`)
	if err := os.WriteFile(name, []byte("Inhalt"), 0o600); err != nil {
		t.Fatal(err)
	}
	b.fill("form[action$='/answer'] [name=text]", "Hier ist ein Foto.")
	b.attach("form[action$='/answer'] [name=file]", name)
	b.send("form[action$='/answer'] button.main")
	b.says("Hier ist ein Foto.")
	got := eval[string](b, "fetch(document.querySelector('.entry .files a').href).then(async (r) => r.headers.get('content-type') + ' ' + r.headers.get('content-disposition').split(';')[0] + ' ' + await r.text())")
	if got != "application/octet-stream attachment Inhalt" {
		t.Errorf("the file came as %q", got)
	}
	close := func() {
		ticket, err := h.staff.Ticket(t.Context(), 1)
		if err == nil {
			_, err = h.staff.CloseTicket(t.Context(), 1, api.CloseTicket{Version: ticket.Version, State: api.StateSolved, Cause: api.CausePatch, Solution: "Patch einspielen.", Tried: "Treiber"})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	close()
	b.until("the page hears of it", "document.querySelector('#live-standing').textContent.includes('Patch einspielen.')") // nobody has asked for the page again
	b.do(chromedp.Reload())
	b.fill("[name=feedback]", "Es druckt immer noch doppelt.")
	b.send("[value=reopen]")
	b.says("Es druckt immer noch doppelt.")
	if ticket, err := h.staff.Ticket(t.Context(), 1); err != nil || ticket.State != api.StateOpen {
		t.Errorf("after it did not help: %v %v", ticket.State, err)
	}
	close()
	b.do(chromedp.Reload())
	b.do(chromedp.Click("[name=satisfied][value=yes]"))
	b.send("[value=close]")
	b.says("Das Ticket ist geschlossen.")
	ticket, err := h.staff.Ticket(t.Context(), 1)
	if err != nil || ticket.State != api.StateClosed || ticket.Closing == nil || ticket.Closing.Satisfied == nil || !*ticket.Closing.Satisfied {
		t.Errorf("%+v %v", ticket.Closing, err)
	}
}

// attach chooses files in a form.
func (b *browser) attach(selector string, names ...string) {
	b.t.Helper()
	field, err := chromedp.Call(b.ctx, runtime.Evaluate, runtime.EvaluateParams{Expression: "document.querySelector(" + quoted(selector) + ")"})
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := chromedp.Call(b.ctx, dom.SetFileInputFiles, dom.SetFileInputFilesParams{Files: names, ObjectID: field.Result.ObjectID}); err != nil {
		b.t.Fatal(err)
	}
}

func quoted(s string) string { return "`" + s + "`" }

// TestWithoutScript files a ticket in a browser that runs no script at all:
// known solutions are asked for by a button, and nothing that was typed is lost.
func TestWithoutScript(t *testing.T) {
	h := open(t)
	b := h.browser("nl")
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.Navigate(h.url + "/my/new?kind=wish"))
	b.do(chromedp.SendKeys("[name=title]", "Export als CSV"), chromedp.SendKeys("[name=description]", "Voor de boekhouding"), chromedp.SendKeys("[name=contact]", "v@example.com"))
	b.do(chromedp.Click("[name=look]"), chromedp.WaitVisible("#known p, #known li"))
	if v := eval[string](b, "document.querySelector('[name=description]').value"); v != "Voor de boekhouding" {
		t.Errorf("after looking: %q", v)
	}
	b.do(chromedp.Click("#filing button.main"), chromedp.WaitVisible(".done"))
	if said := eval[string](b, "document.body.innerText"); !strings.Contains(said, "Uw ticket heeft nummer 2.") {
		t.Errorf("%s", said)
	}
	ticket, err := h.staff.Ticket(t.Context(), 2)
	if err != nil || ticket.Kind != api.Wish || ticket.Language != "nl" || ticket.Description != "Voor de boekhouding" {
		t.Errorf("%+v %v", ticket, err)
	}
}
