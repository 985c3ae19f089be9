package parse

import (
	"strings"
	"time"
)

// calendar keeps an invitation as a file, and says in a line what it is about (RFC 5545).
func (w *walker) calendar(content []byte, name, charset string) taken {
	if len(content) == 0 {
		return taken{}
	}
	t := taken{files: []File{{Name: fileName(name, "text/calendar"), Type: "text/calendar", Content: content}}}
	text := strings.NewReplacer("\r\n", "\n", "\n ", "", "\n\t", "").Replace(strings.ReplaceAll(toUTF8(content, charset), "\r\n", "\n"))
	var what, where, start, end string
	in := false
	for line := range strings.Lines(text) {
		name, value, ok := strings.Cut(strings.TrimRight(line, "\n"), ":")
		name, params, _ := strings.Cut(name, ";")
		name = strings.ToUpper(name)
		switch {
		case !ok:
		case name == "BEGIN" && strings.EqualFold(value, "VEVENT"):
			in = true
		case name == "END" && strings.EqualFold(value, "VEVENT"):
			in = false
		case !in:
		case name == "SUMMARY" && what == "":
			what = unescape(value)
		case name == "LOCATION" && where == "":
			where = unescape(value)
		case name == "DTSTART" && start == "":
			start = moment(value, params)
		case name == "DTEND" && end == "":
			end = moment(value, params)
		}
	}
	var said []string
	for _, s := range []string{what, strings.Trim(start+" – "+end, " –"), where} {
		if s != "" {
			said = append(said, s)
		}
	}
	if len(said) > 0 {
		t.text, t.plain = "["+strings.Join(said, ", ")+"]", false
	}
	return t
}

func unescape(s string) string {
	return oneLine(strings.NewReplacer(`\n`, " ", `\N`, " ", `\,`, ",", `\;`, ";", `\\`, `\`).Replace(s))
}

// moment is a time as it stands in a calendar: its zone is named, and not judged.
func moment(value, params string) string {
	value = strings.TrimSpace(value)
	if t, err := time.Parse("20060102T150405Z", value); err == nil {
		return t.Format("2006-01-02 15:04") + " UTC"
	}
	if t, err := time.Parse("20060102T150405", value); err == nil {
		zone := ""
		if _, z, ok := strings.Cut(params, "TZID="); ok {
			z, _, _ = strings.Cut(z, ";")
			zone = " " + oneLine(strings.Trim(z, `"`))
		}
		return t.Format("2006-01-02 15:04") + zone
	}
	if t, err := time.Parse("20060102", value); err == nil {
		return t.Format(time.DateOnly)
	}
	return ""
}
