package desk

import (
	"strings"
	"testing"

	"github.com/beistand/beistand/app/api"
)

// TestTokenPlaces proves that a token counts in the Authorization header only.
func TestTokenPlaces(t *testing.T) {
	h := open(t)
	token := h.staff()
	for name, header := range map[string][]string{
		"cookie": {"Cookie", "token=" + token}, "basic": {"Authorization", "Basic " + token}, "bare": {"Authorization", token},
	} {
		if status, _, _ := h.do("GET", api.PathTickets+"?token="+token+"&access_token="+token, "", nil, header...); status != 401 {
			t.Errorf("%s: %d", name, status)
		}
	}
	status, head, body := h.do("GET", api.PathTickets, "", nil)
	if status != 401 || kind(t, body) != api.KindUnauthorized || !strings.HasPrefix(head.Get("WWW-Authenticate"), "Bearer") {
		t.Errorf("%d %v %s", status, head, body)
	}
}

// TestElsewhere proves that every refusal has the interface's form, also for paths and methods that are none.
func TestElsewhere(t *testing.T) {
	h := open(t)
	for _, c := range []struct {
		method, path string
		status       int
		allow        string
	}{
		{"GET", "/", 404, ""},
		{"GET", "/api/v2/health", 404, ""},
		{"GET", api.PathTickets + "/x/../../..", 404, ""},
		{"DELETE", api.PathTickets, 405, "GET, HEAD, POST"},
		{"PUT", api.UploadPath("x"), 405, "DELETE, HEAD, OPTIONS, PATCH"},
	} {
		status, head, body := h.do(c.method, c.path, "", nil)
		if status != c.status || head.Get("Allow") != c.allow || kind(t, body) == "" {
			t.Errorf("%s %s: %d %q %s", c.method, c.path, status, head.Get("Allow"), body)
		}
		if head.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(head.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s %s: headers %v", c.method, c.path, head)
		}
	}
}
