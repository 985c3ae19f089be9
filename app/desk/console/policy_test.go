package console_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/beistand/beistand/app/desk/console"
	"github.com/beistand/beistand/app/desk/console/page"
)

// TestPolicy asks for every page and sends every form as somebody who may not:
// without a session, with a customer's, and as a supporter where it takes an administrator.
func TestPolicy(t *testing.T) {
	h := open(t)
	nobody, customer := h.surfer(), h.surfer()
	sam := h.surfer()
	token := sam.signIn("sam")
	theirs := "beistand-my=1." + h.ticket.Token + "; beistand=" + h.ticket.Token
	visit := nobody.token("/desk/signin")
	fill := strings.NewReplacer("{$}", "", "{n}", "1", "{id}", "1", "{user}", "robin", "{secret}", "x")
	rows := 0
	for _, row := range console.Rows() {
		rows++
		path := fill.Replace(row.Path)
		var form url.Values
		if row.Method == http.MethodPost {
			form = url.Values{"token": {visit}}
		}
		if row.Who != page.Anybody {
			r, _ := nobody.do(row.Method, path, form)
			switch {
			case row.Method == http.MethodGet && row.Who == page.Staff:
				if r.StatusCode != http.StatusSeeOther || !strings.HasPrefix(r.Header.Get("Location"), "/desk/signin?then=") {
					t.Errorf("%s %s, nobody: %d %s", row.Method, path, r.StatusCode, r.Header.Get("Location"))
				}
			case r.StatusCode != http.StatusUnauthorized && (!row.Files || r.StatusCode != http.StatusBadRequest):
				t.Errorf("%s %s, nobody: %d", row.Method, path, r.StatusCode)
			}
		}
		if row.Who == page.Staff {
			r, _ := customer.do(row.Method, path, form, "Cookie", theirs)
			if r.StatusCode < 300 || r.StatusCode == http.StatusSeeOther && !strings.HasPrefix(r.Header.Get("Location"), "/desk/signin") {
				t.Errorf("%s %s, a customer: %d %s", row.Method, path, r.StatusCode, r.Header.Get("Location"))
			}
		}
		if row.Method == http.MethodGet && (path == "/desk/keys" || path == "/desk/erase") || row.Method == http.MethodPost && (strings.HasPrefix(path, "/desk/people") || strings.HasPrefix(path, "/desk/keys") || strings.HasPrefix(path, "/desk/erase")) {
			if form != nil {
				form = url.Values{"token": {token}, "user": {"eve"}, "name": {"Eve"}, "roles": {"administrator"}, "contact": {"uj@example.com"}, "seal": {"x"}, "reason": {"x"}, "scopes": {"read"}}
			}
			if r, _ := sam.do(row.Method, path, form); r.StatusCode != http.StatusForbidden && (!strings.HasPrefix(path, "/desk/erase") || r.StatusCode < 400) || r.StatusCode == http.StatusOK && form != nil {
				t.Errorf("%s %s, a supporter: %d", row.Method, path, r.StatusCode)
			}
		}
	}
	if rows < 80 {
		t.Errorf("%d rows", rows)
	}
	other := h.file(newTicket("Ein anderes"))
	s := h.surfer()
	for path, want := range map[string]int{"/my/tickets/1": 200, "/my/tickets/2": 403} {
		if r, _ := s.do("GET", path, nil, "Cookie", "beistand-my=1."+h.ticket.Token+"~2."+h.ticket.Token); r.StatusCode != want {
			t.Errorf("%s with the token of ticket 1: %d, want %d", path, r.StatusCode, want)
		}
	}
	if r, _ := s.do("GET", "/my/tickets/2", nil, "Cookie", "beistand-my=2."+other.Token); r.StatusCode != 200 {
		t.Errorf("their own: %d", r.StatusCode)
	}
}
