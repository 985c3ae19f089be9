package rule

import (
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/form"
	"github.com/beistand/beistand/app/desk/reply"
)

// Filed gives t as it is kept: without spaces around its texts. It refuses
// with a sentence for the person who filled it in.
func Filed(t api.NewTicket) (_ api.NewTicket, err error) {
	if t.ID, err = UUID(t.ID); err != nil {
		return t, err
	}
	if err := lines("description", &t.Description, api.MaxDescription, false); err != nil {
		return t, err
	}
	for _, f := range []struct {
		name string
		text *string
		most int
		need bool
	}{
		{"title", &t.Title, api.MaxTitle, true},
		{"product", &t.Product, api.MaxName, false},
		{"product version", &t.ProductVersion, api.MaxName, false},
		{"module", &t.Module, api.MaxName, false},
		{"name", &t.Name, api.MaxName, false},
		{"contact", &t.Contact, api.MaxName, false},
	} {
		if err := line(f.name, f.text, f.most, f.need); err != nil {
			return t, err
		}
	}
	if !t.Priority.Valid() {
		return t, reply.Invalid("the priority is not one of critical, high, normal, low")
	}
	if err := form.Language(&t.Language); err != nil {
		return t, err
	}
	if t.Kind != "" {
		if err := oneOf("kind", t.Kind, api.Kinds); err != nil {
			return t, err
		}
	}
	if t.Impact != "" {
		if err := oneOf("impact", t.Impact, Impacts); err != nil {
			return t, err
		}
	}
	if t.Critical, err = criticalDates(t.Critical); err != nil {
		return t, err
	}
	if t.Answers, err = answered(nil, t.Answers); err != nil {
		return t, err
	}
	if t.Findings, err = texts("findings", t.Findings, api.MaxName); err != nil {
		return t, err
	}
	t.Signs, err = texts("signs", t.Signs, maxShort)
	return t, err
}

// texts checks a list of lines; empty ones are left out.
func texts(name string, list []string, most int) ([]string, error) {
	if len(list) > maxList {
		return nil, reply.Invalid("there are more than %d %s", maxList, name)
	}
	var out []string
	for _, s := range list {
		if err := lines(name, &s, most, false); err != nil {
			return nil, err
		}
		if s != "" {
			out = append(out, s)
		}
	}
	return out, nil
}

// answered puts each answer in place of the same question's, or behind the
// others; an empty one is taken away.
func answered(before, given []api.Answer) ([]api.Answer, error) {
	if len(given) > maxList {
		return nil, reply.Invalid("there are more than %d answers", maxList)
	}
	after := append([]api.Answer(nil), before...)
	for _, a := range given {
		if err := line("question", &a.Question, api.MaxName, true); err != nil {
			return nil, err
		}
		if err := line("question's text", &a.Label, maxShort, false); err != nil {
			return nil, err
		}
		if err := lines("answer", &a.Text, maxAnswer, false); err != nil {
			return nil, err
		}
		at := -1
		for i := range after {
			if after[i].Question == a.Question {
				at = i
			}
		}
		switch {
		case at < 0 && a.Text != "":
			after = append(after, a)
		case at >= 0 && a.Text == "":
			after = append(after[:at], after[at+1:]...)
		case at >= 0:
			if a.Label == "" {
				a.Label = after[at].Label
			}
			after[at] = a
		}
	}
	if len(after) > maxList {
		return nil, reply.Invalid("there are more than %d answers", maxList)
	}
	return after, nil
}

func criticalDates(list []api.CriticalDate) ([]api.CriticalDate, error) {
	if len(list) > maxPromises {
		return nil, reply.Invalid("there are more than %d critical dates", maxPromises)
	}
	var out []api.CriticalDate
	for _, c := range list {
		if c.To == "" {
			c.To = c.From
		}
		if !day(c.From) || !day(c.To) || c.To < c.From {
			return nil, reply.Invalid("a critical date is two days such as 2026-11-30, the first before the last")
		}
		if err := line("reason of a critical date", &c.Why, api.MaxName, false); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// day says whether text is a day such as 2026-11-30.
func day(text string) bool {
	_, err := time.Parse(dayForm, text)
	return err == nil
}
