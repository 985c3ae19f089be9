package analyze

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/beistand/beistand/diag/facts"
)

// What a declared rule's texts may be.
const (
	maxID       = 60  // bytes
	maxSentence = 500 // characters
	maxInserted = 10  // facts in one sentence
)

// Declared makes a rule of a profile's check. when is a condition over facts
// (docs/findings.md); say and do are texts for the customer in which {path}
// is replaced by the fact of that path. What is wrong is a *ConditionError.
func Declared(id, severity, when, say, do string) (Rule, error) {
	wrong := func(in, reason string, args ...any) (Rule, error) {
		return Rule{}, &ConditionError{In: in, Reason: fmt.Sprintf(reason, args...)}
	}
	if id == "" || len(id) > maxID || strings.Trim(id, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return wrong("id", "an id consists of small letters, digits and -, at most %d", maxID)
	}
	if severity == "" {
		severity = string(Warning)
	}
	if s := Severity(severity); s != Critical && s != Warning && s != Info {
		return wrong("severity", "there are critical, warning and info")
	}
	if strings.TrimSpace(when) == "" {
		return wrong("when", "a check needs a condition")
	}
	if strings.TrimSpace(say) == "" {
		return wrong("say", "a check needs a sentence")
	}
	p, err := compile(when)
	if err != nil {
		return Rule{}, err
	}
	r := Rule{ID: id, Severity: Severity(severity), When: when, program: p}
	inserted := map[string]value{}
	for _, text := range []struct {
		in   string
		from string
		to   *string
	}{{"say", say, &r.Say}, {"do", do, &r.Do}} {
		if *text.to, err = insertions(text.from, inserted); err != nil {
			var c *ConditionError
			if errors.As(err, &c) {
				c.In = text.in
			}
			return Rule{}, err
		}
	}
	r.find = func(e *evidence) []hit { return p.hits(e, id, inserted) }
	return r, nil
}

// hits evaluates the condition.
func (p *program) hits(e *evidence, id string, inserted map[string]value) []hit {
	run := &evaluation{evidence: e, steps: maxSteps}
	holds := p.holds(run, nil)
	if run.steps <= 0 {
		e.costly = append(e.costly, id)
		return nil
	}
	if !holds {
		return nil
	}
	h := hit{refs: uniqueRefs(run.refs), data: map[string]string{}}
	for name, v := range inserted {
		h.data[name] = inWords(v(run, nil))
	}
	return []hit{h}
}

// insertions turns {path} in a text into {{.V1}} and so on.
func insertions(text string, into map[string]value) (string, error) {
	wrong := func(at int, reason string, args ...any) (string, error) {
		return "", wrongAt(text, at, reason, args...)
	}
	if utf8.RuneCountInString(text) > maxSentence {
		return wrong(0, "the text is longer than %d characters", maxSentence)
	}
	if i := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsGraphic(r) }); i >= 0 {
		return wrong(i, "the text has more than one line or an invisible character")
	}
	var b strings.Builder
	for at := 0; ; {
		open := strings.IndexAny(text[at:], "{}")
		if open < 0 {
			b.WriteString(text[at:])
			return b.String(), nil
		}
		open += at
		end := strings.IndexByte(text[open:], '}') + open
		if text[open] == '}' || end < open {
			return wrong(open, "a { and a } belong together")
		}
		tokens, err := lex(text[open+1 : end])
		if err != nil {
			return wrong(open, "between { and } stands the path of a fact")
		}
		p := &parser{text: text[open+1 : end], tokens: tokens}
		v, err := p.value()
		var c *ConditionError
		if errors.As(err, &c) {
			return wrong(open, "%s", c.Reason)
		}
		if p.tokens[0].kind != tokenEnd || len(p.counts) > 0 || len(into) == maxInserted {
			return wrong(open, "between { and } stands the path of one fact, at most %d in all", maxInserted)
		}
		name := "V" + strconv.Itoa(len(into)+1)
		into[name] = v
		b.WriteString(text[at:open] + "{{." + name + "}}")
		at = end + 1
	}
}

// inWords gives the first values of a path as a person reads them.
func inWords(all []item) string {
	var parts []string
	for _, one := range all[:min(len(all), 3)] {
		key := ""
		if n := len(one.path); n > 0 {
			key, _ = one.path[n-1].(string)
		}
		switch v := one.v.(type) {
		case float64:
			parts = append(parts, facts.Human(key, json.Number(strconv.FormatFloat(v, 'f', -1, 64))))
		case string, bool:
			parts = append(parts, facts.Human(key, v))
		case version:
			parts = append(parts, string(v))
		}
	}
	if len(parts) == 0 {
		return "?"
	}
	return strings.Join(parts, ", ")
}

func uniqueRefs(all []Ref) []Ref {
	var one []Ref
	seen := map[Ref]bool{}
	for _, r := range all {
		if !seen[r] {
			seen[r] = true
			one = append(one, r)
		}
	}
	return one
}
