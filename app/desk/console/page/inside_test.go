package page

import (
	"strings"
	"testing"

	"github.com/beistand/beistand/app/api"
)

// TestInside proves that nothing leads to another place than the console's pages.
func TestInside(t *testing.T) {
	for to, inside := range map[string]bool{
		"/desk/tickets/1": true, "/desk/?view=due": true, "/my/new?kind=wish#x": true,
		"https://evil.example/desk/": false, "//evil.example/desk/": false, "/\\evil.example/desk/": false, "/desk/../api/v1": false, "": false,
		"javascript:alert(1)": false, "/api/v1/tickets": false, "/desk/\nx": false, "\\\\evil.example/desk/": false, "/%2f/evil.example/desk/": false,
	} {
		if got := Inside(to, "elsewhere") == to; got != inside {
			t.Errorf("%q: %v", to, got)
		}
		k := ReadKept((&Kept{To: to, Fields: map[string][]string{"a": {"b"}}}).String())
		if (k != nil) != inside {
			t.Errorf("%q: kept %v", to, k)
		}
	}
	if ReadKept("{") != nil || ReadKept(strings.Repeat("x", maxKept+1)) != nil {
		t.Error("what is no form was read")
	}
}

// FuzzLines: whatever is written, nothing but text, and links to the web, becomes of it.
func FuzzLines(f *testing.F) {
	f.Add("siehe https://example.com/a?b=c&d=<x>\"'. Ende", 3, 9)
	f.Add("<script>alert(1)</script> http://user@host/ https://[::1]/", 0, 2)
	f.Fuzz(func(t *testing.T, s string, from, to int) {
		check := func(h string) {
			for rest := h; ; {
				i := strings.IndexByte(rest, '<')
				if i < 0 {
					return
				}
				rest = rest[i:]
				if !strings.HasPrefix(rest, `<a href="http`) && !strings.HasPrefix(rest, "</a>") && !strings.HasPrefix(rest, "<mark>") && !strings.HasPrefix(rest, "</mark>") {
					t.Fatalf("%q became %q", s, h)
				}
				end := strings.IndexByte(rest, '>')
				if strings.Count(rest[:end], `"`)%2 != 0 || strings.HasPrefix(rest, "<a") && strings.Count(rest[:end], `"`) != 4 {
					t.Fatalf("%q became %q", s, h)
				}
				rest = rest[end:]
			}
		}
		check(string(Lines(s)))
		check(string(Marked(s, []api.Mark{{From: from, To: to}, {From: to, To: from}})))
	})
}
