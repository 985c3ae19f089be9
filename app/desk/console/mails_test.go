package console_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/mail"
)

// mails leaves a mail that did not go out and one that was not taken in.
func mails(more string) option {
	return func(_ *desk.Config, s *store.Store) error {
		return s.DB().Tx(context.Background(), func(tx *db.Tx) error {
			for i, m := range []api.Mail{
				{State: api.MailFailed, What: api.MailPublic, Address: "anna@example.com", Name: "Anna" + more, Subject: "Ihr Ticket" + more, Problem: "550 no such user" + more, Tries: 3},
				{State: api.MailRefused, In: true, What: api.MailBulk, Address: "news@example.org", Subject: "Angebote" + more, Problem: "it went to many" + more, Remarks: []string{"a file was left out" + more}},
				{State: api.MailSent, What: api.MailReceived, Address: "bert@example.com", Subject: "Angekommen"},
			} {
				m.At = time.Now()
				if _, _, err := mail.Add(context.Background(), tx, mail.Mail{Mail: m, Mark: []byte{byte(i)}, Content: []byte("{}")}); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

// TestMails: an administrator sees what went wrong with mails and has one sent
// again; whoever may not is not led there, and told so.
func TestMails(t *testing.T) {
	h := open(t, mails(""))
	b := h.browser("en")
	b.signIn(h, "robin", "/desk/")
	b.send("nav a[href='/desk/mails']")
	b.says("550 no such user")
	b.says("it went to many")
	if n := eval[int](b, "document.querySelectorAll('form[action$=\"/again\"]').length"); n != 1 {
		t.Errorf("%d mails can be sent again", n)
	}
	if eval[bool](b, "document.body.innerText.includes('bert@example.com')") {
		t.Error("a mail that was sent stands among those that were not")
	}
	b.send("form[action$='/again'] button")
	b.says("The mail is being sent again.")
	b.send("footer button[lang=de]") // of a page that answers a form
	b.says("Fehlgeschlagen")
	b.send("footer button[lang=en]")
	if eval[bool](b, "document.body.innerText.includes('550 no such user')") {
		t.Error("it still stands among those that went wrong")
	}
	b.send("a[href='/desk/mails?state=waiting']")
	b.says("anna@example.com")
	b.send("a[href='/desk/mails?state=sent']")
	b.says("bert@example.com")

	s := h.surfer()
	token := s.signIn("sam")
	if _, body := s.do("GET", "/desk/", nil); strings.Contains(body, `href="/desk/mails"`) {
		t.Error("a supporter is led to what they may not see")
	}
	if r, body := s.do("GET", "/desk/mails", nil); r.StatusCode != http.StatusForbidden || strings.Contains(body, "anna@") {
		t.Errorf("a supporter: %d %s", r.StatusCode, body)
	}
	if r, _ := s.do("POST", "/desk/mails/1/again", url.Values{"token": {token}}); r.StatusCode != http.StatusForbidden {
		t.Errorf("a supporter sends again: %d", r.StatusCode)
	}
	token = s.signIn("robin")
	for path, want := range map[string]int{"/desk/mails/3/again": http.StatusUnprocessableEntity, "/desk/mails/99/again": http.StatusNotFound, "/desk/mails?state=none": http.StatusBadRequest} {
		method, form := "POST", url.Values{"token": {token}}
		if !strings.HasSuffix(path, "/again") {
			method, form = "GET", nil
		}
		if r, body := s.do(method, path, form); r.StatusCode != want {
			t.Errorf("%s: %d %s", path, r.StatusCode, body)
		}
	}
}

// TestUnsent: who looks at a ticket sees that a mail of it did not go out.
func TestUnsent(t *testing.T) {
	h := open(t)
	s, err := store.Open(t.Context(), h.dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	err = s.DB().Tx(t.Context(), func(tx *db.Tx) error {
		_, _, err := mail.Add(t.Context(), tx, mail.Mail{Mark: []byte("x"), Content: []byte("{}"), Mail: api.Mail{
			Ticket: 1, State: api.MailFailed, What: api.MailPublic, Address: "uj@example.com", Subject: "Antwort", Problem: "550 full", At: time.Now(),
		}})
		return err
	})
	if cerr := s.Close(); err != nil || cerr != nil {
		t.Fatal(err, cerr)
	}
	b := h.browser("de")
	b.signIn(h, "sam", h.path(""))
	b.says("Eine Mail an uj@example.com ging nicht hinaus")
	b.says("550 full")
	if eval[bool](b, "!!document.querySelector('#live-unsent button')") {
		t.Error("a supporter is offered what they may not do")
	}
	b.send(".self form button")
	b.signIn(h, "robin", h.path(""))
	b.send("#live-unsent button")
	b.do(chromedp.Navigate(h.url + h.path("")))
	if eval[bool](b, "document.body.innerText.includes('550 full')") {
		t.Error("it is still said after it was sent again")
	}
}
