package console_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// TestForms proves that a form counts only when it comes from this desk's own
// page and has the session's own token, and that nothing else is done with it.
func TestForms(t *testing.T) {
	h := open(t)
	s := h.surfer()
	token := s.signIn("sam")
	other := h.surfer().signIn("sam")
	entry := func(token string) url.Values {
		return url.Values{"token": {token}, "form": {"entry"}, "what": {"note"}, "text": {"eine Notiz"}, "id": {"6f0d2f60-5b0a-4f0e-8a4b-0d6c1d1b2a3c"}}
	}
	for name, c := range map[string]struct {
		token  string
		header []string
		status int
		kept   bool // what was typed is shown again
	}{
		"no token":             {"", nil, 403, true},
		"another session's":    {other, nil, 403, true},
		"a foreign origin":     {token, []string{"Origin", "https://evil.example"}, 403, false},
		"another port":         {token, []string{"Origin", "http://127.0.0.1:1"}, 403, false},
		"origin null":          {token, []string{"Origin", "null"}, 403, false},
		"no origin":            {token, []string{"Origin", ""}, 403, false},
		"a foreign fetch site": {token, []string{"Sec-Fetch-Site", "cross-site"}, 403, false},
		"a sibling's":          {token, []string{"Sec-Fetch-Site", "same-site"}, 403, false},
		"another content type": {token, []string{"Content-Type", "text/plain"}, 400, false},
	} {
		t.Run(name, func(t *testing.T) {
			r, body := s.do("POST", h.path("/entries"), entry(c.token), c.header...)
			if r.StatusCode != c.status || strings.Contains(body, "eine Notiz") != c.kept {
				t.Errorf("%d, kept %v: %s", r.StatusCode, !c.kept, body)
			}
		})
	}
	line, err := h.staff.Timeline(t.Context(), 1, 0, 0, 0)
	if err != nil || len(line.Entries) != 0 {
		t.Fatalf("something was done: %+v %v", line, err)
	}
	if r, body := s.do("POST", h.path("/entries"), entry(token)); r.StatusCode != http.StatusSeeOther {
		t.Errorf("the right form: %d %s", r.StatusCode, body)
	}
	if r, body := s.do("POST", h.path("/entries"), entry(token)); r.StatusCode != http.StatusSeeOther {
		t.Errorf("the same form again: %d %s", r.StatusCode, body)
	}
	if line, err = h.staff.Timeline(t.Context(), 1, 0, 0, 0); err != nil || len(line.Entries) != 1 {
		t.Errorf("sent twice: %+v %v", line, err)
	}
}

// TestHeaders proves what every answer of the console says to browsers.
func TestHeaders(t *testing.T) {
	h := open(t)
	s := h.surfer()
	s.signIn("sam")
	for _, path := range []string{"/desk/", "/desk/signin", h.path(""), "/desk/new", "/my/", "/my/new", "/my/link/x", "/desk/nothing", "/my/tickets/1"} {
		r, _ := s.do("GET", path, nil)
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; form-action 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'",
			"X-Frame-Options":         "DENY", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cache-Control": "no-store",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
		} {
			if got := r.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
	}
}

// TestCookies proves what cookies may be read by and sent with.
func TestCookies(t *testing.T) {
	h := open(t)
	s := h.surfer()
	r, _ := s.do("POST", "/desk/signin", url.Values{"token": {s.token("/desk/signin")}, "user": {"sam"}, "password": {password}})
	seen := 0
	for _, c := range r.Cookies() {
		seen++
		if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/" || c.Domain != "" {
			t.Errorf("%+v", c)
		}
	}
	if seen == 0 {
		t.Error("no cookie was set")
	}
	if r, _ := s.do("GET", "/desk/", nil); r.StatusCode != http.StatusOK {
		t.Errorf("after signing in: %d", r.StatusCode)
	}
	kept := s.cookie("beistand").Value
	if r, _ := s.do("POST", "/desk/signout", url.Values{"token": {s.token("/desk/")}}); r.StatusCode != http.StatusSeeOther {
		t.Errorf("sign out: %d", r.StatusCode)
	}
	if s.cookie("beistand") != nil {
		t.Error("the cookie is still there after signing out")
	}
	if r, _ := h.surfer().do("GET", "/desk/", nil, "Cookie", "beistand="+kept); r.StatusCode != http.StatusSeeOther || !strings.HasPrefix(r.Header.Get("Location"), "/desk/signin") {
		t.Errorf("with the old token: %d %s", r.StatusCode, r.Header.Get("Location"))
	}
}

// TestKept proves that what somebody typed outlives their session.
func TestKept(t *testing.T) {
	h := open(t)
	s := h.surfer()
	token := s.signIn("sam")
	if err := h.client(s.cookie("beistand").Value).SignOut(t.Context()); err != nil { // elsewhere
		t.Fatal(err)
	}
	r, body := s.do("POST", h.path("/entries"), url.Values{"token": {token}, "form": {"entry"}, "what": {"answer"}, "text": {"Lange getippt & <schön>"}, "password": {"geheim"}})
	if r.StatusCode != http.StatusUnauthorized || !strings.Contains(body, "Lange getippt") || strings.Contains(body, "geheim") {
		t.Fatalf("%d %s", r.StatusCode, body)
	}
	kept := between(body, `name="kept" value="`, `"`)
	r, body = s.do("POST", "/desk/signin", url.Values{"token": {tokenField.FindStringSubmatch(body)[1]}, "user": {"sam"}, "password": {password}, "kept": {kept}})
	if r.StatusCode != http.StatusOK || !strings.Contains(body, "Lange getippt &amp; &lt;schön&gt;") || !strings.Contains(body, `action="/desk/tickets/1/entries"`) {
		t.Fatalf("%d %s", r.StatusCode, body)
	}
	if r, _ = s.do("POST", h.path("/entries"), url.Values{"token": {tokenField.FindStringSubmatch(body)[1]}, "what": {"answer"}, "text": {"Lange getippt"}, "id": {"6f0d2f60-5b0a-4f0e-8a4b-0d6c1d1b2a3d"}}); r.StatusCode != http.StatusSeeOther {
		t.Errorf("sent again: %d", r.StatusCode)
	}
}

func between(s, from, to string) string {
	_, s, _ = strings.Cut(s, from)
	s, _, _ = strings.Cut(s, to)
	return strings.NewReplacer("&#34;", `"`, "&amp;", "&", "&lt;", "<", "&gt;", ">", "&#39;", "'").Replace(s)
}
