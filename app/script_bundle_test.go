package app

import (
	"crypto/rand"
	"fmt"
	"os"
	"strconv"
	"strings"

	"filippo.io/age"
	"github.com/rogpeppe/go-internal/testscript"
)

// evidenceCommands are what scripts about bundles and profiles need beside the usual.
var evidenceCommands = map[string]func(*testscript.TestScript, bool, []string){
	"damage": damage, "agekey": ageKey, "mode": mode, "replace": replace, "append": appendLine,
	"setenvfile": setenvFile, "noise": noise, "smaller": smaller,
	"pseudonym": pseudonym, "database": database,
}

// damage changes a byte in the middle of a file: damage FILE.
func damage(ts *testscript.TestScript, _ bool, args []string) {
	b, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	b[len(b)/3] ^= 0xff
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b, 0o600))
}

// ageKey makes a private key, and a profile with its public part: agekey KEY PROFILE.
func ageKey(ts *testscript.TestScript, _ bool, args []string) {
	k, err := age.GenerateX25519Identity()
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(k.String()+"\n"), 0o600))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), fmt.Appendf(nil, "name: Example\nkey: %s\n", k.Recipient()), 0o600))
}

// mode compares a file's rights: mode FILE 600.
func mode(ts *testscript.TestScript, _ bool, args []string) {
	info, err := os.Stat(ts.MkAbs(args[0]))
	ts.Check(err)
	if got := fmt.Sprintf("%o", info.Mode().Perm()); got != args[1] {
		ts.Fatalf("%s has mode %s", args[0], got)
	}
}

// replace changes a file's text: replace FILE OLD NEW.
func replace(ts *testscript.TestScript, _ bool, args []string) {
	b, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(string(b), args[1], args[2], 1)), 0o600))
}

// appendLine adds a line to a file: append FILE LINE.
func appendLine(ts *testscript.TestScript, _ bool, args []string) {
	b, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), append(b, args[1]+"\n"...), 0o600))
}

// setenvFile sets a variable to a file's first line: setenvfile NAME FILE.
func setenvFile(ts *testscript.TestScript, _ bool, args []string) {
	line, _, _ := strings.Cut(ts.ReadFile(args[1]), "\n")
	ts.Setenv(args[0], line)
}

// noise makes a text that does not pack well: noise FILE BYTES.
func noise(ts *testscript.TestScript, _ bool, args []string) {
	size, err := strconv.Atoi(args[1])
	ts.Check(err)
	var b strings.Builder
	for b.Len() < size {
		b.WriteString(rand.Text() + "\n")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(b.String()), 0o600))
}

// smaller holds a file to a size: smaller FILE BYTES.
func smaller(ts *testscript.TestScript, _ bool, args []string) {
	info, err := os.Stat(ts.MkAbs(args[0]))
	ts.Check(err)
	most, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	if info.Size() > most {
		ts.Fatalf("%s has %d bytes", args[0], info.Size())
	}
}
