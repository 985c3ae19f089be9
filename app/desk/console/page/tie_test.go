package page

import (
	"strings"
	"testing"
)

func TestTie(t *testing.T) {
	const problem = `<p id="problem">x</p>`
	form := func(action, mark, fields string) string {
		return `<form method="post" action="` + action + `"><input type="hidden" name="form" value="` + mark + `">` + fields + `</form>`
	}
	for name, c := range map[string]struct{ page, blamed, want string }{
		"the named field": {
			problem + form("/a", "one", `<input name="title"><textarea name="reason"></textarea>`), "the reason is missing",
			`<textarea name="reason" aria-describedby="problem" aria-invalid="true" autofocus>`,
		},
		"the first when none is named": {
			problem + form("/a", "one", `<input name="title"><input name="reason">`), "that is too much",
			`<input name="title" aria-describedby="problem" autofocus><input name="reason">`,
		},
		"the form that was sent": {
			problem + form("/a", "two", `<input name="title">`) + form("/b", "one", `<input name="title">`) + form("/a", "one", `<input name="title" value="mine">`), "title",
			`<input name="title" value="mine" aria-describedby="problem" aria-invalid="true" autofocus>`,
		},
		"beside what describes it already": {
			problem + form("/a", "one", `<input name="file" aria-describedby="hint">`), "file",
			`<input name="file" aria-describedby="problem hint" aria-invalid="true" autofocus>`,
		},
		"part of a name": {
			problem + form("/a", "one", `<input name="x"><input name="fix.de">`), "the fix is too long",
			`<input name="fix.de" aria-describedby="problem" aria-invalid="true" autofocus>`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := string(tie([]byte(c.page), "/a", "one", c.blamed))
			if !strings.Contains(got, c.want) || strings.Count(got, "autofocus") != 1 {
				t.Errorf("%s", got)
			}
		})
	}
	for name, page := range map[string]string{
		"no problem":      form("/a", "one", `<input name="title">`),
		"no such form":    problem + form("/b", "one", `<input name="title">`),
		"nothing to type": problem + form("/a", "one", ``),
		"no end":          problem + `<form method="post" action="/a"><input name="title">`,
	} {
		t.Run(name, func(t *testing.T) {
			if got := string(tie([]byte(page), "/a", "one", "title")); got != page {
				t.Errorf("%s", got)
			}
		})
	}
}
