package assets_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/beistand/beistand/app"
	"github.com/beistand/beistand/app/desk/cases"
	"github.com/beistand/beistand/app/desk/console"
	"github.com/beistand/beistand/app/desk/knowledge"
	"github.com/beistand/beistand/app/desk/mail/texts"
	"github.com/beistand/beistand/app/desk/retention"
	"github.com/beistand/beistand/app/desk/routing"
	"github.com/beistand/beistand/app/doctor"
	"github.com/beistand/beistand/app/problem"
	"github.com/beistand/beistand/assets"
	"github.com/beistand/beistand/diag"
)

var languages = []string{"en", "de", "nl"}

// fynes are the words of Fyne's own dialogs and menus that our windows show.
var fynes = []string{
	"Cancel", "Confirm", "Copy", "Create Folder", "Cut", "Enter filename", "Error", "Favourites", "File", "Folder",
	"New Folder", "No", "OK", "Open", "Paste", "Quit", "Redo", "Save", "Select all", "Show Hidden Files", "Undo", "Yes",
	"file.name", "file.parent",
}

// reserved are go-i18n's own, in any case: a file with one of them on top is read as one message.
var reserved = []string{"id", "description", "hash", "leftdelim", "rightdelim", "zero", "one", "two", "few", "many", "other", "translation"}

// TestEveryTextIsTranslated finds texts that a language lacks and those that
// nothing uses any more.
func TestEveryTextIsTranslated(t *testing.T) {
	used := map[string]bool{} // key to whether it has plural forms
	for _, key := range slices.Concat(fynes, problem.Texts(), diag.Titles(), diag.FactWords(), app.FindingTexts(), app.RecordTexts(), doctor.Texts(), console.Texts(), cases.CannedTexts(), knowledge.Texts(), routing.Texts(), texts.Texts(), retention.CannedTexts()) {
		used[key] = false
	}
	maps.Copy(used, literals(t))
	for _, language := range languages {
		t.Run(language, func(t *testing.T) {
			texts := read(t, language)
			for key, plural := range used {
				text, ok := texts[key]
				switch {
				case !ok:
					t.Errorf("%q has no text", key)
				case plural != (len(text) > 1):
					t.Errorf("%q: plural forms %v, want %v", key, !plural, plural)
				}
				for form, words := range text {
					if got, want := fields(words), fields(key); strings.Contains(key, "{{") && !subset(got, want) {
						t.Errorf("%q, %s: fills in %v, want some of %v", key, form, got, want)
					}
					if strings.TrimSpace(words) == "" {
						t.Errorf("%q, %s: empty", key, form)
					}
				}
			}
			for key := range texts {
				if _, ok := used[key]; !ok {
					t.Errorf("%q is not used any more", key)
				}
				if slices.Contains(reserved, strings.ToLower(key)) {
					t.Errorf("%q is a reserved word", key)
				}
			}
		})
	}
}

func TestHas(t *testing.T) {
	for key, want := range map[string]bool{
		"Send": true, "Ticket {{.Number}}": true, "{{.Count}} minutes": false, "": false, "The press in hall 3": false,
	} {
		if got := assets.Has(key); got != want {
			t.Errorf("%q: %v, want %v", key, got, want)
		}
	}
}

// read gives each text of a language by its forms; "other" alone when it has none.
func read(t *testing.T, language string) map[string]map[string]string {
	t.Helper()
	data, err := assets.Translations.ReadFile("translations/" + language + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		t.Fatal(err)
	}
	texts := map[string]map[string]string{}
	for key, value := range raw {
		var one string
		if json.Unmarshal(value, &one) == nil {
			texts[key] = map[string]string{"other": one}
			continue
		}
		var forms map[string]string
		if err := json.Unmarshal(value, &forms); err != nil {
			t.Fatalf("%s, %q: %v", language, key, err)
		}
		texts[key] = forms
	}
	return texts
}

// literals are the keys that our code gives to lang.L, lang.N and lang.X, and
// whether they have plural forms.
func literals(t *testing.T) map[string]bool {
	t.Helper()
	keys := map[string]bool{}
	files := token.NewFileSet()
	err := filepath.WalkDir("../app", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" {
			return err
		}
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			if key, ok := paged(path, call); ok {
				keys[key] = false
			}
			f, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if pkg, ok := f.X.(*ast.Ident); !ok || pkg.Name != "lang" {
				return true
			}
			if literal, ok := call.Args[0].(*ast.BasicLit); ok && literal.Kind == token.STRING {
				key, err := strconv.Unquote(literal.Value)
				if err != nil {
					t.Errorf("%s: %v", files.Position(literal.Pos()), err)
				}
				keys[key] = f.Sel.Name == "N" || f.Sel.Name == "XN"
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

// paged finds the texts of the desk's pages that are not in their templates:
// what is given to text, and to T of a request.
func paged(path string, call *ast.CallExpr) (key string, ok bool) {
	if !strings.Contains(filepath.ToSlash(path), "app/desk/console/") {
		return "", false
	}
	switch f := call.Fun.(type) {
	case *ast.Ident:
		ok = f.Name == "text"
	case *ast.SelectorExpr:
		ok = f.Sel.Name == "T"
	}
	literal, is := call.Args[0].(*ast.BasicLit)
	if !ok || !is || literal.Kind != token.STRING {
		return "", false
	}
	key, err := strconv.Unquote(literal.Value)
	return key, err == nil
}

var field = regexp.MustCompile(`\{\{\s*\.(\w+)\s*\}\}`)

func fields(text string) (names []string) {
	for _, m := range field.FindAllStringSubmatch(text, -1) {
		names = append(names, m[1])
	}
	return names
}

func subset(some, all []string) bool {
	for _, one := range some {
		if !slices.Contains(all, one) {
			return false
		}
	}
	return true
}

// TestTranslator: a language's texts are read once, however often they are asked for.
func TestTranslator(t *testing.T) {
	const key = "Cancel"
	if got := assets.Translator("de")(key); got == key {
		t.Fatalf("%q is not translated: choose another text", key)
	}
	if n := testing.AllocsPerRun(100, func() { assets.Translator("de")(key) }); n > 2 {
		t.Errorf("to ask for a text costs %.0f allocations", n)
	}
	if got := assets.Translator("xx")(key); got != key {
		t.Errorf("of a language that there is not: %q", got)
	}
}
