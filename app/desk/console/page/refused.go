package page

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
)

// Refused is why a form was not taken, to be shown above it with what was typed.
type Refused struct {
	Problem string
	Status  int
	Clash   []Clash // somebody else has changed it: what was typed beside what is there now
}

// Clash is one field that two people have changed.
type Clash struct{ Field, Mine, Now string }

// Refused says why the interface refuses a form; ok is false when err is not
// about it. After a conflict the form is for the record as it is now: whoever
// sends it again has seen what they write over.
func (p *Request) Refused(err error) (r *Refused, ok bool) {
	said, ok := p.Problem(err)
	if !ok {
		return nil, false
	}
	r = &Refused{Problem: said, Status: http.StatusUnprocessableEntity}
	var refused *client.Error
	if errors.As(err, &refused) && refused.Kind == api.KindForbidden {
		r.Status = refused.Status
	}
	if refused != nil && len(refused.Current) > 0 {
		now := flat(refused.Current)
		r.Clash, r.Status = clashes(p.Form, now), refused.Status
		p.Form.Set("version", now["version"])
	}
	return r, true
}

func clashes(form map[string][]string, now map[string]string) (all []Clash) {
	for name, values := range form {
		is, there := now[name]
		mine := strings.TrimSpace(strings.Join(values, "\n"))
		if name == "version" || name == "form" || !there && mine == "" || mine == is {
			continue
		}
		all = append(all, Clash{name, mine, is})
	}
	slices.SortFunc(all, func(a, b Clash) int { return strings.Compare(a.Field, b.Field) })
	return all
}

// flat is a record as a form has it: lists one a line, texts by language as "fix.de".
func flat(record json.RawMessage) map[string]string {
	var fields map[string]any
	all := map[string]string{}
	if json.Unmarshal(record, &fields) != nil {
		return all
	}
	for name, v := range fields {
		switch v := v.(type) {
		case map[string]any:
			for part, text := range v {
				all[name+"."+part] = fmt.Sprint(text)
			}
		case []any:
			var lines []string
			for _, one := range v {
				lines = append(lines, plainValue(one))
			}
			all[name] = strings.Join(lines, "\n")
		default:
			all[name] = plainValue(v)
		}
	}
	return all
}

func plainValue(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case bool:
		if v {
			return "1"
		}
		return ""
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}

// Int is a number in a form; 0 for what is none.
func (p *Request) Int(name string) int64 {
	n, _ := strconv.ParseInt(p.Get(name), 10, 64)
	return n
}

// Lines are the lines of a field that are not empty.
func (p *Request) Lines(name string) (all []string) {
	for line := range strings.Lines(p.Form.Get(name)) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// Spoken are the fields NAME.en, NAME.de and NAME.nl.
func (p *Request) Spoken(name string) map[string]string {
	all := map[string]string{}
	for _, l := range []string{"en", "de", "nl"} {
		if text := p.Get(name + "." + l); text != "" {
			all[l] = text
		}
	}
	return all
}
