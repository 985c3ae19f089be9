//go:build !headless

package page

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/beistand/beistand/assets"
)

// TestEveryEndingHasItsTranslation reads out of session's sources every reason
// with which its state machine ends, for both who can be own and other there.
func TestEveryEndingHasItsTranslation(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "..", "..", "session", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	reasons := map[string]bool{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) != 3 {
				return true
			}
			if f, ok := call.Fun.(*ast.Ident); !ok || f.Name != "over" {
				return true
			}
			for _, r := range worded(t, call.Args[2]) {
				reasons[r] = true
			}
			return true
		})
	}
	if !reasons["the customer refused"] || !reasons["the supporter has left"] {
		t.Fatalf("the reasons are not where this test looks for them: %v", reasons)
	}
	t.Cleanup(func() { _, _ = Speak("en") })
	for _, language := range []string{"de", "nl", "en"} {
		t.Run(language, func(t *testing.T) {
			if _, err := Speak(language); err != nil {
				t.Fatal(err)
			}
			seen := map[string]string{}
			for r := range reasons {
				got := Ending(r)
				if !assets.Has(r) || (language == "en") != (got == r) {
					t.Errorf("%q is shown as %q", r, got)
				}
				if other := seen[got]; other != "" {
					t.Errorf("%q and %q are shown alike: %q", r, other, got)
				}
				seen[got] = r
			}
		})
	}
	if got := Ending("{{.Name}} of tomorrow\x1b"); strings.Contains(got, "\x1b") || !strings.Contains(got, "{{.Name}} of tomorrow") {
		t.Errorf("an unknown reason is shown as %q", got)
	}
}

// worded is every text that an expression of texts, own and other can be.
func worded(t *testing.T, e ast.Expr) []string {
	t.Helper()
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		if err != nil {
			t.Fatal(err)
		}
		return []string{text}
	case *ast.Ident:
		if slices.Contains([]string{"own", "other"}, e.Name) {
			return []string{"customer", "supporter"}
		}
	case *ast.BinaryExpr:
		var all []string
		for _, left := range worded(t, e.X) {
			for _, right := range worded(t, e.Y) {
				all = append(all, left+right)
			}
		}
		return all
	}
	t.Fatalf("a reason is made of %T: this test cannot read it", e)
	return nil
}
