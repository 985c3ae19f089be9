package rule

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/beistand/beistand/app/api"
)

// maxChanged bounds one side of a Changed in characters.
const maxChanged = 200

// Differences are the fields that two states of a ticket differ in.
func Differences(before, after api.Ticket) []api.Changed {
	var list []api.Changed
	was, is := fields(before), fields(after)
	for i, f := range was {
		if f.whole != is[i].whole {
			list = append(list, api.Changed{Field: f.name, From: cut(f.shown), To: cut(is[i].shown)})
		}
	}
	return list
}

func cut(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > maxChanged {
		s = string([]rune(s)[:maxChanged]) + "…"
	}
	return s
}

// shownField is a field as it is shown, and with all that counts as a change of it.
type shownField struct{ name, shown, whole string }

func fields(t api.Ticket) []shownField {
	plain := func(name, s string) shownField { return shownField{name, s, s} }
	list := []shownField{
		plain("title", t.Title),
		plain("kind", string(t.Kind)),
		plain("product", t.Product),
		plain("product_version", t.ProductVersion),
		plain("module", t.Module),
		plain("impact", string(t.Impact)),
		plain("queue", t.Queue),
		plain("level", strconv.Itoa(t.Level)),
		plain("level_at", t.LevelAt),
		plain("owner", t.Owner),
		plain("watchers", strings.Join(t.Watchers, ", ")),
		plain("state", string(t.State)),
		plain("parent", number(t.Parent)),
		plain("organisation", number(t.Organisation)),
		plain("person", number(t.Person)),
		plain("installation", number(t.Installation)),
	}
	urgency := ""
	if u := t.Urgency; u != nil {
		urgency = fmt.Sprintf("%s: %s", u.Priority, u.Reason)
	}
	waiting := ""
	if t.Waiting != nil {
		waiting = t.Waiting.For
	}
	escalate := ""
	if t.Escalation != nil {
		escalate = t.Escalation.Reason
	}
	list = append(list, plain("urgency", urgency), plain("waiting_for", waiting), plain("escalate", escalate))
	list = append(list, listed("critical", t.Critical, func(c api.CriticalDate) string { return c.From + " – " + c.To + " " + c.Why }))
	list = append(list, listed("answers", t.Answers, func(a api.Answer) string { return a.Text }))
	list = append(list, listed("promises", t.Promises, func(p api.Promise) string {
		if p.Kept != nil {
			return p.What + " ✓"
		}
		return p.What + " " + p.Due.Format(dayForm)
	}))
	list = append(list, listed("plan", t.Plan, func(s api.Step) string {
		if s.Done != nil {
			return s.Text + " ✓"
		}
		return s.Text
	}))
	return append(list, closed(t.Closing)...)
}

func closed(c *api.Closing) []shownField {
	if c == nil {
		c = &api.Closing{}
	}
	satisfied := ""
	if c.Satisfied != nil {
		satisfied = strconv.FormatBool(*c.Satisfied)
	}
	first := ""
	if c.FirstCheck {
		first = "true"
	}
	list := []shownField{}
	for _, f := range [][2]string{
		{"cause", string(c.Cause)},
		{"solution", c.Solution},
		{"tried", c.Tried},
		{"first_check", first},
		{"helped", c.Helped},
		{"feedback", c.Feedback},
		{"satisfied", satisfied},
	} {
		list = append(list, shownField{f[0], f[1], f[1]})
	}
	return list
}

// listed is a list as its entries' words; every field of an entry counts.
func listed[T any](name string, list []T, word func(T) string) shownField {
	var shown []string
	for _, e := range list {
		shown = append(shown, word(e))
	}
	whole, err := json.Marshal(list)
	if err != nil { // lists of texts and times have nothing that cannot be encoded
		panic(err)
	}
	return shownField{name, strings.Join(shown, "; "), string(whole)}
}

func number(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}
