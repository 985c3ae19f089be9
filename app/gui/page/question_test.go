//go:build !headless

package page

import "testing"

func TestForeignTextsArePlain(t *testing.T) {
	for text, want := range map[string]string{
		"Größe 12 €":               "Größe 12 €",
		"exe\u202etxt.cod":         "exe\ufffdtxt.cod",
		"a\x1b[2Jb\nc":             "a\ufffd[2Jb\ufffdc",
		"zero\u200bwidth\u2066":    "zero\ufffdwidth\ufffd",
		"not\xffvalid":             "not\ufffdvalid",
		"{{.Name}} is not carried": "{{.Name}} is not carried",
	} {
		if got := Plain(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

func TestCommandLine(t *testing.T) {
	for want, args := range map[string][]string{
		`/opt/erp/ctl status --all`: {"/opt/erp/ctl", "status", "--all"},
		`ctl "" "two words" a\b`:    {"ctl", "", "two words", `a\b`},
		`ctl "one\" \"argument"`:    {"ctl", `one" "argument`},
		"ctl \ufffdtfel":            {"ctl", "\u202etfel"},
	} {
		if got := CommandLine(args); got != want {
			t.Errorf("%q became %s, want %s", args, got, want)
		}
	}
}
