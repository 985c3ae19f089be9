package hooks

import (
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
)

// TestInside: whatever a name means at the moment of connecting, nothing is
// sent into this network, and no redirect leads there.
func TestInside(t *testing.T) {
	d := dbtest.Open(t, dbtest.File(t))
	c, out := newClock(), receive(t)
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(out.URL, "http://"))
	h := New(Config{DB: d, Now: c.now, Version: "test"})
	for _, url := range []string{out.URL, "http://localhost:" + port, "http://[::ffff:127.0.0.1]:" + port, "http://0.0.0.0:" + port} {
		_, err := h.send(t.Context(), kept{Hook: api.Hook{URL: url}}, delivery{})
		if err == nil || !strings.Contains(why(err), "not an address of the internet") {
			t.Errorf("%s: %v", url, err)
		}
	}
	away := httptest.NewServer(http.RedirectHandler(out.URL, http.StatusTemporaryRedirect))
	defer away.Close()
	named := New(Config{DB: d, Now: c.now, Version: "test", Allow: loopback})
	if status, err := named.send(t.Context(), kept{Hook: api.Hook{URL: away.URL}}, delivery{}); status != http.StatusTemporaryRedirect || err == nil {
		t.Errorf("a redirect: %d %v", status, err)
	}
	named.client.CloseIdleConnections()
	if n := out.count(); n != 0 {
		t.Errorf("%d arrived", n)
	}
	for url, want := range map[string]string{
		"https://hooks.example.com/x": "", "http://hooks.example.com/x": "https://", "ftp://x": "like https", "https://sam:secret@example.com": "password",
		"https://169.254.169.254/latest": "not an address", "https://[::1]/": "not an address", "": "like https", "https:///x": "like https", "https://10.0.0.1": "not an address",
	} {
		err := h.check(&api.Hook{Name: "x", URL: url, Actions: []string{"*"}})
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", url, err)
		}
	}
	if err := named.check(&api.Hook{Name: "x", URL: out.URL, Actions: []string{"ticket.*"}}); err != nil {
		t.Errorf("a network of one's own: %v", err)
	}
	if err := h.check(&api.Hook{Name: "x", URL: "https://example.com", Actions: []string{"staff.changed"}}); err == nil {
		t.Error("told of what it is not for")
	}
}
