package diag

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

const sessionProfile = `name: Example
session:
  blank:
    - class: keepassxc
    - {title: "*bank*", program: /opt/bank/*}
  observer: required
`

func TestProfileSession(t *testing.T) {
	p, err := parseProfile([]byte(sessionProfile))
	if err != nil {
		t.Fatal(err)
	}
	want := []Blank{{Class: "keepassxc"}, {Title: "*bank*", Program: "/opt/bank/*"}}
	if !p.Session.Observer || !slices.Equal(p.Session.Blank, want) {
		t.Errorf("%+v", p.Session)
	}
	for _, text := range []string{"name: x\n", "name: x\nsession:\n  blank: []\n"} {
		if p, err := parseProfile([]byte(text)); err != nil || p.Session.Observer || len(p.Session.Blank) > 0 {
			t.Errorf("%q: %+v, %v", text, p, err)
		}
	}
}

func TestBadProfileSession(t *testing.T) {
	for name, c := range map[string]struct {
		was, is, want string
		line          int
	}{
		"everything":  {"class: keepassxc", `class: "**"`, "this one would be every window", 4},
		"nothing":     {"class: keepassxc", "{}", "", 4},
		"empty":       {"class: keepassxc", `class: ""`, "the text is empty", 4},
		"unknown":     {"class: keepassxc", "window: x", `a window to blank has no setting "window"`, 4},
		"twice":       {`{title: "*bank*", program: /opt/bank/*}`, "class: keepassxc", "these windows are there twice", 5},
		"a text":      {"    - class: keepassxc\n    - {title: \"*bank*\", program: /opt/bank/*}\n", "    keepassxc\n", "list", 4},
		"observer":    {"observer: required", "observer: yes", "here stands one of required", 6},
		"another":     {"observer: required", "record: all", `session has no setting "record"`, 6},
		"too many":    {"    - class: keepassxc\n", strings.Repeat("    - class: keepassxc\n", 101), `"blank" has more than 100 entries`, 104},
		"too long":    {"class: keepassxc", "class: " + strings.Repeat("x", 201), "200", 4},
		"many lines":  {"class: keepassxc", `class: "a\nb"`, "line", 4},
		"no settings": {"session:\n  blank:\n    - class: keepassxc\n    - {title: \"*bank*\", program: /opt/bank/*}\n  observer: required\n", "session: [x]\n", "session consists of settings", 2},
	} {
		text := strings.Replace(sessionProfile, c.was, c.is, 1)
		_, err := parseProfile([]byte(text))
		var wrong *ProfileError
		if !errors.As(err, &wrong) || !strings.Contains(wrong.Reason, c.want) || wrong.Line != c.line {
			t.Errorf("%s: %v, want line %d: %s", name, err, c.line, c.want)
		}
	}
}
