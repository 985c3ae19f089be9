package page

import (
	"bytes"
	"html"
	"regexp"
	"slices"
	"strings"
)

// Blame says in English words which field of a form is wrong: by its name, or
// by what the interface says of it.
func (p *Request) Blame(words string) { p.blamed = words }

var (
	control   = regexp.MustCompile(`<(?:input|select|textarea)\b[^>]*>`) // what is escaped has no ">"
	attribute = regexp.MustCompile(`\b(name|type|aria-describedby)="([^"]*)"`)
	word      = regexp.MustCompile(`[a-z]+`)
)

// tie joins the problem on a page to the field of the form that was refused:
// it is told with the field, and the field is where one goes on. The interface
// names no field; its sentences name most, and otherwise it is the form's first.
func tie(page []byte, action, form, blamed string) []byte {
	if !bytes.Contains(page, []byte(`id="problem"`)) {
		return page
	}
	from, to := formIn(page, action, form)
	said := word.FindAllString(strings.ToLower(blamed), -1)
	at, sure, seen := []int(nil), false, 0
	for _, c := range control.FindAllIndex(page[from:to], -1) {
		tag := attributes(page[from+c[0] : from+c[1]])
		if tag["type"] == "hidden" || tag["name"] == "" {
			continue
		}
		names := strings.FieldsFunc(tag["name"], func(r rune) bool { return r == '_' || r == '.' || r == ':' })
		named := slices.Contains(said, names[0]) || slices.Contains(said, tag["name"])
		if seen++; at == nil || named && !sure {
			at, sure = []int{from + c[0], from + c[1]}, named
		}
	}
	if at == nil {
		return page
	}
	tag := string(page[at[0]:at[1]])
	if of := attributes([]byte(tag))["aria-describedby"]; of != "" {
		tag = strings.Replace(tag, `aria-describedby="`+of+`"`, `aria-describedby="problem `+of+`"`, 1)
	} else {
		tag = strings.TrimSuffix(tag, ">") + ` aria-describedby="problem">`
	}
	more := ""
	if (sure || seen == 1) && !strings.Contains(tag, "aria-invalid") {
		more = ` aria-invalid="true"`
	}
	if !strings.Contains(tag, " autofocus") {
		more += " autofocus"
	}
	tag = strings.TrimSuffix(tag, ">") + more + ">"
	return slices.Concat(page[:at[0]], []byte(tag), page[at[1]:])
}

// formIn is where the form stands that was sent to action.
func formIn(page []byte, action, form string) (from, to int) {
	head := []byte(`<form method="post" action="` + html.EscapeString(action) + `"`)
	mark := []byte(`name="form" value="` + html.EscapeString(form) + `"`)
	for at := 0; ; {
		i := bytes.Index(page[at:], head)
		if i < 0 {
			return 0, 0
		}
		from = at + i
		end := bytes.Index(page[from:], []byte("</form>"))
		if end < 0 {
			return 0, 0
		}
		to = from + end
		if form == "" || bytes.Contains(page[from:to], mark) {
			return from, to
		}
		at = to
	}
}

func attributes(tag []byte) map[string]string {
	all := map[string]string{}
	for _, m := range attribute.FindAllSubmatch(tag, -1) {
		if _, there := all[string(m[1])]; !there {
			all[string(m[1])] = string(m[2])
		}
	}
	return all
}
