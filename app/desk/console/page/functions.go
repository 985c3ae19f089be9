package page

import (
	"fmt"
	"html/template"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/beistand/beistand/app/api"
)

// functions are what templates can call, in one language.
func functions(language string, say func(string) string) template.FuncMap {
	when := func(t time.Time) template.HTML { return moment(t, dateTime[language]) }
	return template.FuncMap{
		"t":     func(key string, pairs ...any) string { return Fill(say(key), pairs...) },
		"word":  func(table string, value any) string { return say(Word(table, fmt.Sprint(value))) },
		"value": func(field, v string) string { return value(say, date[language], field, v) },
		"agent": agent,
		"say":   func(key string) string { return say(key) },
		"when":  func(t any) template.HTML { return onTime(t, when) },
		"day": func(t any) template.HTML {
			return onTime(t, func(t time.Time) template.HTML { return moment(t, date[language]) })
		},
		"plainday":       func(t any) string { return plain(t, date[language]) },
		"plainwhen":      func(t any) string { return plain(t, dateTime[language]) },
		"words":          func(s []string) string { return strings.Join(s, " ") },
		"date":           func(s string) string { return spokenDay(s, date[language]) },
		"size":           func(n int64) string { return size(n, language) },
		"minutes":        minutes,
		"lines":          Lines,
		"marks":          Marked,
		"pick":           func(texts map[string]string) string { return api.In(texts, language) },
		"join":           func(s []string) string { return strings.Join(s, ", ") },
		"rows":           func(s []string) string { return strings.Join(s, "\n") },
		"has":            has,
		"list":           func(all ...any) []any { return all },
		"dict":           dict,
		"head":           func(v View, title string) Head { return Head{View: v, Title: title} },
		"part":           func(v View, data any) View { v.Data = data; return v },
		"input":          func(t any) string { return onInput(t, "2006-01-02") },
		"minute":         func(t any) string { return onInput(t, "2006-01-02T15:04") },
		"in":             func(texts map[string]string, language string) string { return texts[language] },
		"numbersof":      func(all []int64) string { return strings.Trim(fmt.Sprint(all), "[]") },
		"nocontact":      func() api.Contact { return api.Contact{} },
		"noinstallation": func() api.Installed { return api.Installed{} },
		"nohook":         func() *api.Hook { return &api.Hook{} },
		"norelease":      func() api.Release { return api.Release{} },
		"query":          url.QueryEscape,
		"short":          Short,
		"plus":           func(a, b int) int { return a + b },
		"share":          func(n, of int) int { return n * 100 / max(of, 1) },
		"deref":          deref,
		"span":           func(seconds *int64) string { return minutes(int((*seconds + 59) / 60)) },
		"ago":            func(at, now time.Time) string { return ago(at, now) },
		"written":        Written,
		"states":         func() []api.State { return api.States }, "kinds": func() []api.Kind { return api.Kinds },
		"priorities": func() []api.Priority { return api.Priorities }, "causes": func() []api.Cause { return api.Causes },
		"scopes":    func() []api.Scope { return api.Scopes },
		"impacts":   func() []api.Impact { return []api.Impact{api.ImpactOne, api.ImpactMany, api.ImpactStandstill} },
		"maxfiles":  func() int { return api.MaxEntryFiles },
		"maxfile":   func() int64 { return api.MaxFile >> 20 }, // in MB, as a refusal says it
		"languages": func() []string { return []string{"de", "en", "nl"} },
	}
}

// valueTables are the words for fields whose values are of a table.
var valueTables = map[string]string{"state": "state", "kind": "kind", "impact": "impact", "urgency": "priority", "priority": "priority", "cause": "cause", "access": "access"}

// dayInside is a day as the interface writes it inside of a text.
var dayInside = regexp.MustCompile(`\b\d{4}-\d{2}-\d{2}\b`)

// value is a field's value in words: "critical: month's end" begins with one.
func value(say func(string) string, form, field, v string) string {
	switch field {
	case "promises":
		all := strings.Split(v, ", ")
		for i, one := range all {
			what, rest, _ := strings.Cut(one, " ")
			all[i] = strings.TrimSpace(say(Word("promise", what)) + " " + dayInside.ReplaceAllStringFunc(rest, func(d string) string { return spokenDay(d, form) }))
		}
		return strings.Join(all, ", ")
	case "critical":
		return dayInside.ReplaceAllStringFunc(v, func(d string) string { return spokenDay(d, form) })
	case "first_check", "satisfied":
		return say(Word("truth", v))
	}
	head, rest, more := strings.Cut(v, ": ")
	if w := Word(valueTables[field], head); more && w != head {
		return say(w) + ": " + rest
	}
	return say(Word(valueTables[field], v))
}

// agent is a browser and its system, of the words by which they name themselves.
func agent(s string) string {
	browser, system := "", ""
	for _, b := range [][2]string{{"Firefox/", "Firefox"}, {"Edg/", "Edge"}, {"OPR/", "Opera"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}} {
		if browser == "" && strings.Contains(s, b[0]) {
			browser = b[1]
		}
	}
	for _, o := range [][2]string{{"Windows", "Windows"}, {"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Mac OS", "macOS"}, {"Linux", "Linux"}} {
		if system == "" && strings.Contains(s, o[0]) {
			system = o[1]
		}
	}
	if browser == "" {
		return Short(s, 60)
	}
	return strings.TrimSuffix(browser+", "+system, ", ")
}

// Head is what the top of a page is given.
type Head struct {
	View
	Title string
}

var (
	dateTime = map[string]string{"en": "2 Jan 2006, 15:04", "de": "02.01.2006, 15:04", "nl": "02-01-2006 15:04"}
	date     = map[string]string{"en": "2 Jan 2006", "de": "02.01.2006", "nl": "02-01-2006"}
)

func onTime(t any, say func(time.Time) template.HTML) template.HTML {
	switch t := t.(type) {
	case time.Time:
		return say(t)
	case *time.Time:
		if t != nil {
			return say(*t)
		}
	}
	return ""
}

// plain is a time as people read it, inside of a sentence.
func plain(t any, form string) string {
	return string(onTime(t, func(t time.Time) template.HTML {
		if t.IsZero() {
			return ""
		}
		return template.HTML(t.Local().Format(form)) // digits
	})) // digits
}

// deref is what a pointer of an API type leads to; a template cannot look.
func deref(p any) (any, error) {
	switch p := p.(type) {
	case *bool:
		return *p, nil
	case *int64:
		return *p, nil
	case *int:
		return *p, nil
	}
	return nil, fmt.Errorf("deref: %T", p)
}

func onInput(t any, form string) string {
	return string(onTime(t, func(t time.Time) template.HTML {
		if t.IsZero() {
			return ""
		}
		return template.HTML(t.Local().Format(form)) // digits
	}))
}

// moment is a time as people read it and as programs do.
func moment(t time.Time, form string) template.HTML {
	if t.IsZero() {
		return ""
	}
	return template.HTML(fmt.Sprintf(`<time datetime="%s">%s</time>`, t.UTC().Format(time.RFC3339), t.Local().Format(form))) // digits
}

// spokenDay is a day that the interface writes as 2026-11-30.
func spokenDay(s, form string) string {
	d, err := time.Parse("2006-01-02", s)
	if err != nil {
		return s
	}
	return d.Format(form)
}

func size(n int64, language string) string {
	unit, v := "B", float64(n)
	for _, u := range []string{"kB", "MB", "GB"} {
		if v < 1000 {
			break
		}
		unit, v = u, v/1000
	}
	s := fmt.Sprintf("%.1f", v)
	if v >= 100 || unit == "B" {
		s = fmt.Sprintf("%.0f", v)
	}
	if language != "en" {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s + " " + unit
}

func minutes(n int) string {
	switch {
	case n < 60:
		return fmt.Sprintf("%d min", n)
	case n < 48*60 && n%60 == 0:
		return fmt.Sprintf("%d h", n/60)
	case n < 48*60:
		return fmt.Sprintf("%d h %d min", n/60, n%60)
	}
	return fmt.Sprintf("%d d %d h", n/1440, n%1440/60)
}

// ago is how long something is ago, in one unit.
func ago(at, now time.Time) string {
	switch d := now.Sub(at); {
	case d < time.Hour:
		return fmt.Sprintf("%d min", max(0, int(d.Minutes())))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h", int(d.Hours()))
	default:
		return fmt.Sprintf("%d d", int(d.Hours()/24))
	}
}

// has says whether a list of words, of whatever type, has one.
func has(all any, one any) bool {
	switch all := all.(type) {
	case []string:
		return slices.Contains(all, fmt.Sprint(one))
	case nil:
		return false
	}
	return slices.Contains(strings.Fields(strings.Trim(fmt.Sprint(all), "[]")), fmt.Sprint(one))
}

func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("dict: %d arguments", len(pairs))
	}
	d := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		d[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return d, nil
}
