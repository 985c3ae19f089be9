package app

import (
	"os"
	"regexp"

	"github.com/rogpeppe/go-internal/testscript"
)

// pseudonym sets a variable to what an expression finds in a file: pseudonym NAME FILE EXPRESSION.
func pseudonym(ts *testscript.TestScript, _ bool, args []string) {
	b, err := os.ReadFile(ts.MkAbs(args[1]))
	ts.Check(err)
	found := regexp.MustCompile(args[2]).FindSubmatch(b)
	if found == nil {
		ts.Fatalf("%s has nothing like %s", args[1], args[2])
	}
	ts.Setenv(args[0], string(found[1]))
}

// database makes a file that begins as SQLite's do: database FILE TEXT.
func database(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte("SQLite format 3\x00"+args[1]), 0o600))
}
