package console_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/app/desk/people/totp"
)

var (
	secretShown  = regexp.MustCompile(`<code>([A-Z2-7]{16,})</code>`)
	recoveryForm = regexp.MustCompile(`<code>([a-z0-9]{4}(?:-[a-z0-9]{4}){3})</code>`)
	pendingField = regexp.MustCompile(`name="pending" value="([^"]+)"`)
)

// TestSecondFactor sets up an authenticator through the pages, and signs in
// with a recovery code, which is good once.
func TestSecondFactor(t *testing.T) {
	h := open(t)
	s := h.surfer()
	token := s.signIn("sam")
	_, body := s.do("POST", "/desk/me/totp", url.Values{"token": {token}, "do": {"add"}})
	m := secretShown.FindStringSubmatch(body)
	if m == nil || !strings.Contains(body, `class="qr"`) {
		t.Fatalf("no secret: %s", body)
	}
	code, err := totp.Code(m[1], time.Now())
	if err != nil {
		t.Fatal(err)
	}
	_, body = s.do("POST", "/desk/me/totp/confirm", url.Values{"token": {token}, "code": {code}})
	codes := recoveryForm.FindAllStringSubmatch(body, -1)
	if len(codes) < 8 {
		t.Fatalf("%d recovery codes: %s", len(codes), body)
	}
	enter := func(recovery string) (*http.Response, string) {
		s := h.surfer()
		r, body := s.do("POST", "/desk/signin", url.Values{"token": {s.token("/desk/signin")}, "user": {"sam"}, "password": {password}, "then": {"/desk/me"}})
		m := pendingField.FindStringSubmatch(body)
		if r.StatusCode != http.StatusOK || m == nil || s.cookie("beistand") != nil {
			t.Fatalf("the password alone: %d %s", r.StatusCode, body)
		}
		return s.do("POST", "/desk/signin/second", url.Values{
			"token": {s.token("/desk/signin")}, "pending": {m[1]}, "needs": {"totp", "recovery"}, "recovery": {recovery}, "then": {"/desk/me"},
		})
	}
	if r, body := enter("aaaa-aaaa-aaaa-aaaa"); r.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "That was not right") {
		t.Errorf("a wrong code: %d %s", r.StatusCode, body)
	}
	if r, body := enter(codes[0][1]); r.StatusCode != http.StatusSeeOther || r.Header.Get("Location") != "/desk/me" {
		t.Errorf("a right one: %d %s", r.StatusCode, body)
	}
	if r, _ := enter(codes[0][1]); r.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("the same once more: %d", r.StatusCode)
	}
}
