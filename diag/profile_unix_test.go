//go:build unix

package diag

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const example = `# how Example Ltd helps
name: Example Ltd
desk: https://desk.example.com
desk_key: AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=
phone: +49 30 123456
email: help@example.com
products:
  - name: Ledger
    version: 1.10
  - {name: Scanner, version: "2024"}
  - name: 7
logs:
  - path: ~/ledger/ledger.log
  - path: ${APPDATA}\Ledger\log-*.txt
    bytes: 1048576
    newest: 3
`

func TestProfile(t *testing.T) {
	got, err := load(t, example)
	if err != nil {
		t.Fatal(err)
	}
	want := &Profile{
		Name: "Example Ltd", Desk: "https://desk.example.com", Phone: "+49 30 123456", Email: "help@example.com",
		DeskKey:  PublicKey{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31},
		Products: []Product{{Name: "Ledger", Version: "1.10"}, {Name: "Scanner", Version: "2024"}, {Name: "7"}},
		Logs:     []Log{{Path: "~/ledger/ledger.log"}, {Path: `${APPDATA}\Ledger\log-*.txt`, Bytes: 1 << 20, Newest: 3}},
		Signed:   Unsigned,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	for _, text := range []string{"name: x", "---\nname: x\n", "\ufeffname: x\n", "name: x\r\ndesk: http://127.0.0.1:7480\r\n", `{"name": "x"}`, "name: >\n  x\n"} {
		if p, err := load(t, text); err != nil || p.Name != "x" {
			t.Errorf("%q: %+v, %v", text, p, err)
		}
	}
}

func TestWrongProfiles(t *testing.T) {
	cases := map[string]struct {
		text         string
		line, column int
		reason       string
	}{
		"empty":             {"", 0, 0, "the file is empty"},
		"only comments":     {"# nothing\n\n", 0, 0, "the file is empty"},
		"only spaces":       {" \n\t\n", 0, 0, "the file is empty"},
		"binary":            {"name: x\n\x00\x01", 2, 1, "this is no text but binary data"},
		"not UTF-8":         {"name: gr\xf6\xdfe", 1, 9, "this is no text in UTF-8"},
		"a picture":         {"\x89PNG\r\n\x1a\n", 1, 1, "this is no text in UTF-8"},
		"a letter":          {"Dear Sir or Madam", 1, 1, `a profile consists of settings such as "name: Example"`},
		"a list":            {"- name: x", 1, 1, `a profile consists of settings such as "name: Example"`},
		"a page":            {"<!DOCTYPE html>\n<html>", 1, 1, `a profile consists of settings such as "name: Example"`},
		"not closed":        {"name: \"x", 1, 7, "this is no YAML: could not find end character of double-quoted text"},
		"bad indent":        {"name: x\n  desk: y\n", 1, 7, "this is no YAML: mapping value is not allowed in this context"},
		"tab":               {"name: x\nproducts:\n\t- name: y\n", 3, 0, "this is no YAML"},
		"unknown setting":   {"name: x\nfoo: y\n", 2, 1, `a profile has no setting "foo"`},
		"unknown deeper":    {"name: x\nproducts:\n  - nam: y\n", 3, 5, `a product has no setting "nam"`},
		"twice":             {"name: x\nphone: 1\nname: y\n", 3, 1, "name"},
		"no name":           {"phone: 1\n", 1, 0, `a profile needs the setting "name"`},
		"nothing":           {"name:\n", 1, 1, `"name" is set to nothing`},
		"list for text":     {"name: [x]\n", 1, 7, "here stands one text"},
		"text for list":     {"name: x\nproducts: y\n", 2, 11, `"products" is a list, each entry behind a dash`},
		"two lines":         {"name: |\n  x\n  y\n", 1, 0, "the text has more than one line or an invisible character"},
		"long":              {"name: " + strings.Repeat("x", 201), 1, 7, "the text is longer than 200 characters"},
		"in the clear":      {"name: x\ndesk: http://desk.example.com\n", 2, 7, "a desk's address begins with https://"},
		"no address":        {"name: x\ndesk: desk\n", 2, 7, "a desk's address is like https://desk.example.com"},
		"desk's key":        {"name: x\ndesk_key: abc\n", 2, 11, "this is no desk's key: those are 44 characters of base64"},
		"with password":     {"name: x\ndesk: https://a:b@c\n", 2, 7, "a desk's address is like https://desk.example.com"},
		"no e-mail":         {"name: x\nemail: anna\n", 2, 8, "an e-mail address is like help@example.com"},
		"product twice":     {"name: x\nproducts:\n  - name: y\n  - name: y\n", 4, 0, `the product "y" is there twice`},
		"relative log":      {"name: x\nlogs:\n  - path: a.log\n", 3, 11, `a path begins with /, a drive such as C:\, ~/ or a folder such as ${HOME}`},
		"other variable":    {"name: x\nlogs:\n  - path: ${SECRET}/a.log\n", 3, 11, "a path can begin with ${APPDATA}"},
		"star in a folder":  {"name: x\nlogs:\n  - path: /var/*/a.log\n", 3, 11, "*, ? and [] can stand only in a path's last part"},
		"bytes as text":     {"name: x\nlogs:\n  - path: /a.log\n    bytes: 8 MB\n", 4, 12, "here stands a whole number"},
		"bytes in parts":    {"name: x\nlogs:\n  - path: /a.log\n    bytes: 8.5\n", 4, 12, "here stands a whole number"},
		"no bytes":          {"name: x\nlogs:\n  - path: /a.log\n    bytes: 0\n", 4, 12, "here stands a whole number from 1 to 1073741824"},
		"two things":        {"name: x\nlogs:\n  - path: /a.log\n    foo: 1\nbar: 2\n", 4, 5, `a log has no setting "foo"`},
		"two settings":      {"name: x\nfoo: 1\nbar: 2\n", 2, 1, `a profile has no setting "foo"`},
		"folder":            {"name: x\nlogs:\n  - path: /var/log/\n", 3, 11, "a path names a file, not a folder"},
		"back":              {"name: x\nlogs:\n  - path: /var/../etc/shadow\n", 3, 11, "a path does not lead back with .."},
		"system":            {"name: x\nlogs:\n  - path: /a.log\n    os: [linux, beos]\n", 4, 17, "here stands one of linux, windows, macos"},
		"system twice":      {"name: x\nlogs:\n  - path: /a.log\n    os: [linux, linux]\n", 4, 0, `"os" has the same entry twice`},
		"no system":         {"name: x\nlogs:\n  - path: /a.log\n    os: []\n", 4, 0, `"os" has no entries`},
		"no path":           {"name: x\nlogs:\n  - bytes: 5\n", 3, 0, `a log needs the setting "path"`},
		"a log's name":      {"name: x\nlogs:\n  - /a.log\n", 3, 5, `a log consists of settings such as "name: Example"`},
		"shell":             {"name: x\ncommands:\n  - path: /bin/sh\n    args: [-c, rm]\n", 3, 11, "a command is run by itself, not by a shell or through another program"},
		"shell elsewhere":   {"name: x\ncommands:\n  - path: C:\\Windows\\System32\\CMD.EXE\n", 3, 11, "a command is run by itself, not by a shell"},
		"batch file":        {"name: x\ncommands:\n  - path: C:\\a.bat\n", 3, 11, "a command is a program; a batch file would be read by a shell"},
		"line of a shell":   {"name: x\ncommands:\n  - path: ls; rm\n", 3, 11, "a program is a path, or a name of letters, digits, dots and dashes"},
		"shell for version": {"name: x\nproducts:\n  - name: y\n    version_command: [bash, -c, x]\n", 4, 0, "a command is run by itself, not by a shell"},
		"time of a command": {"name: x\ncommands:\n  - path: ls\n    seconds: 301\n", 4, 14, "here stands a whole number from 1 to 300"},
		"registry":          {"name: x\nregistry: [SOFTWARE]\n", 2, 12, `a registry key is like HKLM\SOFTWARE\Example`},
		"host":              {"name: x\nhosts: ['a b']\n", 2, 9, "a host is like erp.example.com"},
		"variable":          {"name: x\nenvironment: [A=B]\n", 2, 15, "a variable's name has letters, digits and _"},
		"endpoint":          {"name: x\nendpoints:\n  - url: ftp://x\n", 3, 10, "an endpoint is like https://erp.example.com/health or tcp://db.example.com:5432"},
		"no port":           {"name: x\nendpoints:\n  - url: tcp://x\n", 3, 10, "an endpoint is like"},
		"password":          {"name: x\nendpoints:\n  - url: https://a:b@x\n", 3, 10, "an endpoint is like"},
		"export":            {"name: x\nexports:\n  - path: /a/[/b\n", 3, 11, "a [ in a path is not closed"},
		"crash folder":      {"name: x\ncrash_folders:\n  - path: /a/*\n", 3, 11, "this path names one folder, without *, ? and []"},
		"severity":          {"name: x\nchecks:\n  - {id: a, severity: bad, when: x, say: y, do: z}\n", 3, 23, "here stands one of critical, warning, info"},
		"half a check":      {"name: x\nchecks:\n  - {id: a, severity: info, say: y, do: z}\n", 3, 0, `a check needs the setting "when"`},
		"check twice":       {"name: x\nchecks:\n  - {id: a, severity: info, when: x, say: y, do: z}\n  - {id: a, severity: info, when: x, say: y, do: z}\n", 4, 0, `the check "a" is there twice`},
		"id":                {"name: x\nchecks:\n  - {id: A b, severity: info, when: x, say: y, do: z}\n", 3, 10, "an id has small letters, digits and -"},
		"no key":            {"name: x\nkey: ssh-ed25519 AAAA\n", 2, 6, "a key is a public key of age, which begins with age1"},
		"mistyped key":      {"name: x\nkey: age1qqqqqqqq\n", 2, 6, "this is no public key of age: a letter of it is wrong or missing"},
		"priority":          {"name: x\npriorities: {urgent: y}\n", 2, 14, `priorities has no setting "urgent"`},
		"priority of what":  {"name: x\npriorities: high\n", 2, 13, `priorities consists of settings such as "name: Example"`},
		"spaces":            {"name: '  '\n", 1, 7, "the text is empty"},
		"no text":           {"name: ''\n", 1, 7, "the text is empty"},
		"bytes too many":    {"name: x\nlogs:\n  - path: /a.log\n    bytes: 99999999999\n", 4, 12, "here stands a whole number from 1 to 1073741824"},
		"two documents":     {"name: x\n---\nname: y\n", 3, 0, "a profile is one document, and this is a second one"},
		"alias":             {"name: &a x\nphone: *a\n", 1, 7, "anchors, aliases and merges are not used in profiles"},
		"tag":               {"name: !!binary x\n", 1, 7, "tags and directives are not used in profiles"},
		"brackets":          {"name: " + strings.Repeat("[", 10_000), 1, 23, "brackets stand too deep in each other"},
		"too large":         {"name: x\n" + strings.Repeat("# x\n", MaxProfile/4), 0, 0, "the file is larger than 64 kB"},
		"too many products": {"name: x\nproducts:\n" + strings.Repeat("  - name: y\n", 300), 203, 9, `"products" has more than 200 entries`},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			p, err := load(t, c.text)
			var wrong *ProfileError
			if !errors.As(err, &wrong) || p != nil {
				t.Fatalf("%+v, %v", p, err)
			}
			if !strings.Contains(wrong.Reason, c.reason) || strings.Contains(wrong.Reason, "\n") {
				t.Errorf("reason %q, want %q", wrong.Reason, c.reason)
			}
			if wrong.Line != c.line || c.column != 0 && wrong.Column != c.column {
				t.Errorf("%v", wrong)
			}
			if !strings.HasSuffix(wrong.File, "profile.yaml") || !strings.Contains(wrong.Error(), wrong.Reason) {
				t.Errorf("%v", wrong)
			}
		})
	}
}

func TestNoProfile(t *testing.T) {
	if _, err := LoadProfile(filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{t.TempDir(), pipe} {
		var wrong *ProfileError
		if _, err := LoadProfile(path); !errors.As(err, &wrong) || wrong.Reason != "it is no file" {
			t.Error(err)
		}
	}
}

func TestExpand(t *testing.T) {
	t.Setenv("HOME", "/home/anna")
	t.Setenv("APPDATA", "")
	t.Setenv("XDG_STATE_HOME", "")
	t.Setenv("TMPDIR", "/scratch")
	for in, want := range map[string]string{
		"/var/log/a.log": "/var/log/a.log", "~/a.log": "/home/anna/a.log", "${HOME}/a.log": "/home/anna/a.log",
		"${XDG_STATE_HOME}/a.log": "/home/anna/.local/state/a.log", "${TMPDIR}/a": "/scratch/a", "${APPDATA}/a.log": "${APPDATA}/a.log",
	} {
		if got := expand(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

func TestTitles(t *testing.T) {
	all := Titles()
	if !slices.IsSorted(all) || slices.Contains(all, "") || !slices.Contains(all, "Log file") || !slices.Contains(all, "Printer") {
		t.Error(all)
	}
}

// FuzzProfile holds that a profile is either good or wrong at a place, in one line.
func FuzzProfile(f *testing.F) {
	f.Add([]byte(example))
	f.Add([]byte(sessionProfile))
	f.Add([]byte("name: x\nsession: {blank: [{title: 1.0}, {program: true, class: ~}], observer: required}"))
	f.Add([]byte("name: |\n  x\nlogs: [{path: /a, bytes: 0x10, newest: 2.0}]"))
	f.Add([]byte("name: 1e400\nproducts: [{name: .inf, version_command: [a, 2, true]}]\nchecks: []\nkey: ~"))
	f.Add([]byte("? a\n: - b\n- [c, {d: 'e'}]\n...\n---\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		p, err := parseProfile(text)
		var wrong *ProfileError
		switch {
		case err == nil && (p == nil || p.Name == ""):
			t.Errorf("%+v", p)
		case err != nil && !errors.As(err, &wrong):
			t.Errorf("%T: %v", err, err)
		case err != nil && (strings.ContainsAny(wrong.Reason, "\n\x00") || wrong.Line < 0 || (wrong.Line == 0) != (wrong.Column == 0)):
			t.Errorf("%+v", wrong)
		}
	})
}
