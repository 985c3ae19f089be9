package console_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
)

var passed = regexp.MustCompile(`^/web/#ticket=1&pass=([\w-]{40,})$`)

// TestLook goes from a ticket to the page that looks at the customer's screen
// by one click, without a second sign-in and without leaving anything in the address.
func TestLook(t *testing.T) {
	h := open(t)
	h.url = strings.Replace(h.url, "127.0.0.1", "localhost", 1)
	b := h.browser("en")
	b.signIn(h, "sam", h.path(""))
	b.do(chromedp.Click(".quick form[action$='/screen'] button"))
	b.until("the ticket is open there", "location.pathname === '/web/' && document.querySelector('#ticket')?.checkVisibility()")
	b.says("Rechnungen drucken nicht")
	b.says("Sam Support")
	if at := eval[string](b, "location.href"); at != h.url+"/web/#ticket=1" {
		t.Errorf("the address is %s", at)
	}
	b.do(chromedp.Click("#ticket button.main"))
	b.until("the session was asked for", "document.querySelector('#digits')?.checkVisibility()")
	b.do(chromedp.Navigate(h.url + "/web/?#ticket=1&pass=0123456789012345678901234567890123456789"))
	b.says("holds for one minute, and once")
}

// TestPass: a way to the screen is good for its ticket, once, and no longer
// than the sign-in that asked for it.
func TestPass(t *testing.T) {
	h := open(t)
	h.file(newTicket("Ein anderes"))
	s := h.surfer()
	pass := func() string {
		t.Helper()
		r, body := s.do("POST", h.path("/screen"), map[string][]string{"token": {s.token("/desk/new")}})
		m := passed.FindStringSubmatch(r.Header.Get("Location"))
		if r.StatusCode != http.StatusSeeOther || m == nil {
			t.Fatalf("%d %q %s", r.StatusCode, r.Header.Get("Location"), body)
		}
		return m[1]
	}
	use := func(ticket int64, pass string) (api.SignedIn, error) {
		var in api.SignedIn
		err := h.client("").Call(t.Context(), http.MethodPost, api.PathScreenSignIn, api.OpenScreen{Ticket: ticket, Pass: pass}, &in)
		return in, err
	}
	s.signIn("sam")
	one := pass()
	in, err := use(1, one)
	if err != nil || in.User != "sam" || in.Token == "" {
		t.Fatalf("%+v %v", in, err)
	}
	if me, err := h.client(in.Token).Ticket(t.Context(), 1); err != nil || me.Number != 1 {
		t.Errorf("%+v %v", me, err)
	}
	if _, err := use(1, one); client.KindOf(err) != api.KindGone {
		t.Errorf("a second time: %v", err)
	}
	other := pass()
	if _, err := use(2, other); client.KindOf(err) != api.KindGone {
		t.Errorf("for another ticket: %v", err)
	}
	if _, err := use(1, other); client.KindOf(err) != api.KindGone {
		t.Errorf("after a try for another ticket: %v", err)
	}
	last := pass()
	if r, _ := s.do("POST", "/desk/signout", map[string][]string{"token": {s.token("/desk/new")}}); r.StatusCode != http.StatusSeeOther {
		t.Fatal(r.Status)
	}
	if _, err := use(1, last); client.KindOf(err) != api.KindGone {
		t.Errorf("after signing out: %v", err)
	}
}
