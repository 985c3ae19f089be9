package desk

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/beistand/beistand/app/desk/console"
)

// pagePolicy is who is shown a page, or may send a form. What a page shows and
// does beyond that is the interface's to say, which it calls with the same token.
var pagePolicy = map[string]who{
	"GET /desk/signin":                            everybody,
	"POST /desk/signin":                           everybody,
	"POST /desk/signin/second":                    everybody,
	"POST /desk/signin/passkey":                   everybody,
	"POST /desk/signin/passkey/finish":            everybody,
	"POST /desk/signin/oidc":                      everybody,
	"GET /desk/signin/oidc":                       everybody,
	"POST /desk/language":                         everybody,
	"POST /desk/signout":                          anyStaff,
	"GET /desk/{$}":                               anyStaff,
	"POST /desk/bulk":                             anyStaff,
	"POST /desk/filters":                          anyStaff,
	"POST /desk/filters/{id}/delete":              anyStaff,
	"GET /desk/new":                               anyStaff,
	"POST /desk/new":                              anyStaff,
	"GET /desk/tickets/{n}":                       anyStaff,
	"GET /desk/tickets/{n}/events":                anyStaff,
	"GET /desk/tickets/{n}/bundles/{id}":          anyStaff,
	"GET /desk/tickets/{n}/files/{id}":            anyStaff,
	"GET /desk/sessions/{id}/record":              anyStaff,
	"POST /desk/tickets/{n}/change":               anyStaff,
	"POST /desk/tickets/{n}/plan":                 anyStaff,
	"POST /desk/tickets/{n}/promises":             anyStaff,
	"POST /desk/tickets/{n}/critical":             anyStaff,
	"POST /desk/tickets/{n}/entries":              anyStaff,
	"POST /desk/tickets/{n}/request":              anyStaff,
	"POST /desk/tickets/{n}/close":                anyStaff,
	"POST /desk/tickets/{n}/bugs":                 anyStaff,
	"POST /desk/tickets/{n}/access":               anyStaff,
	"POST /desk/tickets/{n}/link":                 anyStaff,
	"POST /desk/tickets/{n}/screen":               anyStaff,
	"GET /desk/board":                             anyStaff,
	"GET /desk/numbers":                           anyStaff,
	"GET /desk/search":                            anyStaff,
	"GET /desk/mails":                             anyStaff,
	"POST /desk/mails/{id}/again":                 anyStaff,
	"GET /desk/organisations":                     anyStaff,
	"GET /desk/organisations/new":                 anyStaff,
	"POST /desk/organisations/new":                anyStaff,
	"GET /desk/organisations/{id}":                anyStaff,
	"POST /desk/organisations/{id}":               anyStaff,
	"POST /desk/organisations/{id}/delete":        anyStaff,
	"POST /desk/organisations/{id}/contacts":      anyStaff,
	"POST /desk/organisations/{id}/installations": anyStaff,
	"GET /desk/organisations/{id}/ways":           anyStaff,
	"POST /desk/organisations/{id}/ways":          anyStaff,
	"POST /desk/organisations/{id}/access":        anyStaff,
	"GET /desk/accesses/{id}":                     anyStaff,
	"POST /desk/accesses/{id}":                    anyStaff,
	"POST /desk/accesses/{id}/uses":               anyStaff,
	"GET /desk/bugs":                              anyStaff,
	"GET /desk/bugs/new":                          anyStaff,
	"POST /desk/bugs/new":                         anyStaff,
	"GET /desk/bugs/{id}":                         anyStaff,
	"POST /desk/bugs/{id}":                        anyStaff,
	"POST /desk/bugs/{id}/tickets":                anyStaff,
	"POST /desk/bugs/{id}/tell":                   anyStaff,
	"GET /desk/releases":                          anyStaff,
	"POST /desk/releases":                         anyStaff,
	"GET /desk/articles":                          anyStaff,
	"GET /desk/articles/new":                      anyStaff,
	"POST /desk/articles/new":                     anyStaff,
	"GET /desk/articles/{id}":                     anyStaff,
	"GET /desk/articles/{id}/edit":                anyStaff,
	"POST /desk/articles/{id}/edit":               anyStaff,
	"POST /desk/articles/{id}/state":              anyStaff,
	"GET /desk/handbook":                          anyStaff,
	"GET /desk/handbook/{id}":                     anyStaff,
	"POST /desk/confirm":                          anyStaff,
	"GET /desk/me":                                anyStaff,
	"POST /desk/me":                               anyStaff,
	"POST /desk/me/password":                      anyStaff,
	"POST /desk/me/totp":                          anyStaff,
	"POST /desk/me/totp/confirm":                  anyStaff,
	"POST /desk/me/recovery":                      anyStaff,
	"POST /desk/me/passkeys/begin":                anyStaff,
	"POST /desk/me/passkeys":                      anyStaff,
	"POST /desk/me/passkeys/{id}/delete":          anyStaff,
	"POST /desk/me/sessions":                      anyStaff,
	"GET /desk/people":                            anyStaff,
	"POST /desk/people":                           anyStaff,
	"GET /desk/people/{user}":                     anyStaff,
	"POST /desk/people/{user}":                    anyStaff,
	"POST /desk/people/{user}/factors":            anyStaff,
	"POST /desk/people/{user}/sessions":           anyStaff,
	"GET /desk/queues":                            anyStaff,
	"POST /desk/queues":                           anyStaff,
	"GET /desk/keys":                              anyStaff,
	"POST /desk/keys":                             anyStaff,
	"POST /desk/keys/{id}/delete":                 anyStaff,
	"GET /desk/erase":                             anyStaff,
	"POST /desk/erase":                            anyStaff,
	"POST /desk/erase/export":                     anyStaff,
	"GET /my/{$}":                                 everybody,
	"GET /my/link/{secret}":                       everybody,
	"POST /my/link":                               everybody,
	"POST /my/leave":                              everybody,
	"POST /my/language":                           everybody,
	"GET /my/new":                                 everybody,
	"POST /my/new":                                everybody,
	"POST /my/known":                              everybody,
	"POST /my/helped":                             everybody,
	"GET /my/articles/{id}":                       everybody,
	"GET /my/handbook/{id}":                       everybody,
	"GET /my/tickets/{n}":                         ticketSide | keyRead, // staff see it by the interface, too
	"GET /my/tickets/{n}/events":                  ticketSide | keyRead, // staff see it by the interface, too
	"GET /my/tickets/{n}/bundles/{id}":            ownTicket,
	"GET /my/tickets/{n}/files/{id}":              ownTicket,
	"POST /my/tickets/{n}/answer":                 ownTicket,
	"POST /my/tickets/{n}/questions":              ownTicket,
	"POST /my/tickets/{n}/solution":               ownTicket,
	"GET /desk/events":                            anyStaff,
	"GET /desk/hooks":                             anyStaff,
	"POST /desk/hooks":                            anyStaff,
	"GET /desk/hooks/{id}":                        anyStaff,
	"POST /desk/hooks/{id}":                       anyStaff,
	"GET /desk/journal":                           anyStaff,
	"GET /desk/journal/export":                    anyStaff,
}

// TestPolicyOfPages walks everybody through every page of the console. Whoever may
// not see one is sent away, whichever cookie they put their token into; and
// nobody sends a form that the page has not given them.
func TestPolicyOfPages(t *testing.T) {
	h := open(t)
	cast := newCast(t, h)
	cast.next(t)
	seen := map[string]bool{}
	for _, r := range console.Rows() {
		name := r.Method + " " + r.Path
		may, ok := pagePolicy[name]
		if seen[name] = true; !ok {
			t.Errorf("%s: the policy has no line for it", name)
			continue
		}
		t.Run(name, func(t *testing.T) {
			for i, who := range whoNames {
				w := whoAt(i)
				status, to := cast.look(t, w, r.Method, r.Path)
				switch shown := status < 300; {
				case r.Method == http.MethodPost:
					if shown || status == http.StatusSeeOther && !strings.HasPrefix(to, "/desk/signin") && !strings.HasPrefix(to, "/my/") {
						t.Errorf("%s: a form from elsewhere is answered %d %s", who, status, to)
					}
				case may&w == 0 && shown:
					t.Errorf("%s: is shown it", who)
				case may&w != 0 && may != everybody && (status == http.StatusUnauthorized || strings.HasPrefix(to, "/desk/signin")):
					t.Errorf("%s: is sent away with %d %s", who, status, to)
				}
			}
		})
	}
	for name := range pagePolicy {
		if !seen[name] {
			t.Errorf("%s: a line, and no page", name)
		}
	}
}

func whoAt(i int) who { return who(1) << i }

// look asks for a page with the token of w in every cookie that may hold one.
func (c *cast) look(t *testing.T, w who, method, path string) (status int, to string) {
	t.Helper()
	n := fmt.Sprint(c.denied.Ticket.Number)
	path = strings.NewReplacer("{$}", "", "{n}", n, "{id}", "1", "{user}", "sam", "{secret}", "x").Replace(path)
	req, err := http.NewRequestWithContext(t.Context(), method, c.URL()+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if token := c.tokens[w]; token != "" {
		req.AddCookie(&http.Cookie{Name: "beistand", Value: token})
		req.AddCookie(&http.Cookie{Name: "beistand-my", Value: n + "." + token})
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.StatusCode, resp.Header.Get("Location")
}
