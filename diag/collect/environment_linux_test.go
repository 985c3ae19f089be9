package collect

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEnvironment(t *testing.T) {
	dir := t.TempDir()
	e := environment{wanted: []string{"LEDGER_HOME", "PATH", "LEDGER_MODE"}, all: func() []string {
		return []string{"PATH=" + dir + ":" + dir + "/none:" + dir, "PASSWORD=secret", "LEDGER_HOME=/opt/l\xe4dger", "EMPTY=", "=C:=C:\\", "LC_ALL=de_DE.ISO-8859-1", "LANG=de_DE.UTF-8"}
	}}
	s := &memSink{}
	if err := e.Collect(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(s.only(t).String(), "secret") {
		t.Error("a value is there that nobody asked for")
	}
	f := factsOf[EnvironmentFacts](t, e)
	text := func(s string) *string { return &s }
	want := EnvironmentFacts{
		Variables: []VariableFacts{
			{Name: "EMPTY", Empty: true},
			{Name: "LANG"},
			{Name: "LC_ALL"},
			{Name: "LEDGER_HOME", Value: text("/opt/l\uFFFDdger")},
			{Name: "LEDGER_MODE", Unset: true},
			{Name: "PASSWORD"},
			{Name: "PATH", Value: text(dir + ":" + dir + "/none:" + dir)},
		},
		Locale: "de_DE.ISO-8859-1", UTF8: false,
		Path: []PathEntry{{Folder: dir}, {Folder: dir + "/none", Problem: "no such file or directory"}, {Folder: dir}},
	}
	if d := cmp.Diff(want, f); d != "" {
		t.Error(d)
	}
}
