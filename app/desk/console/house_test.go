package console_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/desk"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
	"github.com/beistand/beistand/app/desk/store/people/peopletest"
)

const password = "correct horse"

// house is a desk with a supporter, "sam", an administrator, "robin", and a ticket.
type house struct {
	t      testing.TB
	url    string
	dir    string // of the desk
	ticket api.CreatedTicket
	rich   api.CreatedTicket // one with something of everything, after seed
	staff  *client.Client    // as sam
	admin  *client.Client    // as robin
}

// option changes a desk before it starts.
type option func(*desk.Config, *store.Store) error

func open(t testing.TB, more ...option) *house {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "desk")
	dbtest.Fill(t, dir)
	s, err := store.Open(t.Context(), dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := peopletest.Hire(t.Context(), s.DB(),
		api.NewStaff{User: "sam", Name: "Sam Support", Roles: []api.Role{api.RoleStaff}, Password: password},
		api.NewStaff{User: "robin", Name: "Robin Rat", Roles: []api.Role{api.RoleAdministrator}, Password: password}); err != nil {
		t.Fatal(err)
	}
	c := desk.Config{Dir: dir, Listen: "127.0.0.1:0", Organisation: "Example Care", Version: "test", Log: said{t}}
	for _, change := range more {
		if err := change(&c, s); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	d, err := desk.New(c)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- d.Serve(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("stop the desk: %v", err)
		}
	})
	h := &house{t: t, url: d.URL(), dir: dir}
	anon := h.client("")
	h.ticket = h.file(api.NewTicket{
		Title: "Rechnungen drucken nicht", Description: "Seit heute früh.", Product: "Example 4.2", Priority: api.High,
		Name: "Ümit Jansen", Contact: "uj@example.com", Language: "de",
	})
	if _, err := anon.SignIn(t.Context(), "sam", password); err != nil {
		t.Fatal(err)
	}
	h.staff, h.admin = anon, h.client("")
	if _, err := h.admin.SignIn(t.Context(), "robin", password); err != nil {
		t.Fatal(err)
	}
	return h
}

// said is what the desk logs.
type said struct{ t testing.TB }

func (s said) Printf(format string, args ...any) { s.t.Logf("desk: "+format, args...) }

func (h *house) client(token string) *client.Client {
	h.t.Helper()
	c, err := client.New(h.url, client.Options{Token: token})
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(c.CloseIdle)
	return c
}

func (h *house) file(t api.NewTicket) api.CreatedTicket {
	h.t.Helper()
	made, err := h.client("").CreateTicket(h.t.Context(), t)
	if err != nil {
		h.t.Fatal(err)
	}
	return made
}

// path is a page of the ticket.
func (h *house) path(more string) string { return "/desk/tickets/1" + more }

// browser is a Chromium that prefers a language.
func (h *house) browser(language string) *browser {
	h.t.Helper()
	return chromium(h.t, h.url, chromedp.Flag("accept-lang", language), chromedp.Flag("lang", language))
}

// signIn signs somebody in through the page.
func (b *browser) signIn(h *house, user, then string) {
	b.t.Helper()
	b.do(chromedp.Navigate(h.url + then))
	b.fill("[name=user]", user)
	b.fill("[name=password]", password)
	b.send("form[action='/desk/signin'] button")
}

// surfer is somebody with cookies and without a browser.
type surfer struct {
	t    testing.TB
	url  string
	http *http.Client
}

func (h *house) surfer() *surfer {
	h.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		h.t.Fatal(err)
	}
	s := &surfer{t: h.t, url: h.url, http: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	h.t.Cleanup(s.http.CloseIdleConnections)
	return s
}

// do asks for a page, or sends a form.
func (s *surfer) do(method, path string, form url.Values, header ...string) (*http.Response, string) {
	s.t.Helper()
	var body io.Reader
	if form != nil {
		body = bytes.NewReader([]byte(form.Encode()))
	}
	r, err := http.NewRequestWithContext(s.t.Context(), method, s.url+path, body)
	if err != nil {
		s.t.Fatal(err)
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", s.url)
	}
	for i := 0; i < len(header); i += 2 {
		if r.Header.Set(header[i], header[i+1]); header[i+1] == "" {
			r.Header.Del(header[i])
		}
	}
	return s.answer(r)
}

// send sends a form of any type.
func (s *surfer) send(path string, body io.Reader, contentType string) (*http.Response, string) {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.url+path, body)
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("Origin", s.url)
	return s.answer(r)
}

func (s *surfer) answer(r *http.Request) (*http.Response, string) {
	s.t.Helper()
	resp, err := s.http.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return resp, string(b)
}

var tokenField = regexp.MustCompile(`name="token" value="([^"]+)"`)

// token is that of the first form on a page.
func (s *surfer) token(path string) string {
	s.t.Helper()
	_, body := s.do("GET", path, nil)
	m := tokenField.FindStringSubmatch(body)
	if m == nil {
		s.t.Fatalf("%s has no form: %s", path, body)
	}
	return m[1]
}

// signIn signs somebody in and gives the token of the forms from then on.
func (s *surfer) signIn(user string) string {
	s.t.Helper()
	r, body := s.do("POST", "/desk/signin", url.Values{"token": {s.token("/desk/signin")}, "user": {user}, "password": {password}})
	if r.StatusCode != http.StatusSeeOther {
		s.t.Fatalf("sign in: %d %s", r.StatusCode, body)
	}
	return s.token("/desk/new")
}

// cookie is the one whose name ends so.
func (s *surfer) cookie(name string) *http.Cookie {
	u, _ := url.Parse(s.url)
	for _, c := range s.http.Jar.Cookies(u) {
		if strings.HasSuffix(c.Name, name) {
			return c
		}
	}
	return nil
}
