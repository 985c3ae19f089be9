package web_test

import (
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/beistand/beistand/app/desk/web"
)

func get(path string) *http.Response {
	w := httptest.NewRecorder()
	web.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w.Result()
}

// TestServed proves that pages come anew with each visit, and what they name
// under a path that never changes its content, all of it under the policy.
func TestServed(t *testing.T) {
	for _, page := range []string{web.Prefix, web.Prefix + "share"} {
		r := get(page)
		body := new(strings.Builder)
		if _, err := io.Copy(body, r.Body); err != nil || r.StatusCode != http.StatusOK || r.Header.Get("Cache-Control") != "no-cache" {
			t.Fatalf("%s: %d %v %v", page, r.StatusCode, r.Header, err)
		}
		named := regexp.MustCompile(`(?:src|href)="([^"]+)"`).FindAllStringSubmatch(body.String(), -1)
		if len(named) < 3 {
			t.Errorf("%s names %v", page, named)
		}
		for _, n := range named {
			r := get(web.Prefix + n[1])
			if r.StatusCode != http.StatusOK || !strings.Contains(r.Header.Get("Cache-Control"), "immutable") || !strings.Contains(r.Header.Get("Content-Security-Policy"), "default-src 'none'") {
				t.Errorf("%s: %d %v", n[1], r.StatusCode, r.Header)
			}
		}
		for _, bad := range []string{"unsafe", "*", "http:", "data:"} {
			if strings.Contains(r.Header.Get("Content-Security-Policy"), bad) {
				t.Errorf("%s: the policy allows %q", page, bad)
			}
		}
	}
	for _, path := range []string{"view.html", "static/view.js", "view.js", "../web.go", "0000000000000000/view.js"} {
		if r := get(web.Prefix + path); r.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", path, r.StatusCode)
		}
	}
}

// TestTexts proves that every text of the pages is there in each language.
func TestTexts(t *testing.T) {
	table, err := os.ReadFile("static/texts.js")
	if err != nil {
		t.Fatal(err)
	}
	have := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^  "((?:[^"\\]|\\.)+)": \["(?:[^"\\]|\\.)+", "(?:[^"\\]|\\.)+"\],$`).FindAllStringSubmatch(string(table), -1) {
		have[m[1]] = true
	}
	all := ""
	used := regexp.MustCompile(`(?:\bt|\bnotice)\('((?:[^'\\]|\\.)+)'|data-t="([^"]+)"`)
	count := 0
	err = filepath.WalkDir("static", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		if d.Name() != "texts.js" {
			all += strings.ReplaceAll(string(text), `\'`, `'`)
		}
		for _, m := range used.FindAllStringSubmatch(string(text), -1) {
			count++
			if key := strings.ReplaceAll(m[1]+m[2], `\'`, `'`); !have[key] {
				t.Errorf("%s: %q is not in the table", name, key)
			}
		}
		return err
	})
	for key := range have {
		if !strings.Contains(all, key) {
			t.Errorf("%q is used nowhere", key)
		}
	}
	if err != nil || count < 60 {
		t.Errorf("%d texts: %v", count, err)
	}
}
