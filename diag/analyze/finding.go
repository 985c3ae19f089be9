package analyze

import (
	"slices"
	"strings"
)

// Severity is how much a finding matters to the person.
type Severity string

// The severities.
const (
	Critical Severity = "critical" // something does not work, or data is in danger
	Warning  Severity = "warning"  // it will become a problem, or may be the cause of one
	Info     Severity = "info"     // worth knowing when looking for a cause
)

func (s Severity) rank() int {
	switch s {
	case Critical:
		return 0
	case Warning:
		return 1
	}
	return 2
}

// Finding is one thing that the evidence shows.
type Finding struct {
	ID       string            `json:"id"` // the rule's
	Severity Severity          `json:"severity"`
	Say      string            `json:"say"`              // one sentence for the customer: an English template, the key of its translations
	Data     map[string]string `json:"data,omitempty"`   // fills {{.Name}} in Say and Do; see spoken
	Detail   string            `json:"detail,omitempty"` // English, for level 2
	Evidence []Ref             `json:"evidence,omitempty"`
	Do       string            `json:"do,omitempty"` // what to do next: a template as Say
}

// Ref is a place in the bundle.
type Ref struct {
	File string `json:"file"`
	Line int    `json:"line,omitempty"` // from 1; 0 is the whole file
}

// Sentence gives Say in words; translate may be nil for English.
func (f Finding) Sentence(translate func(key string) string) string {
	return f.fill(f.Say, translate)
}

// Advice gives Do in words; translate may be nil for English.
func (f Finding) Advice(translate func(key string) string) string {
	return f.fill(f.Do, translate)
}

// once is how sentences end that count; what happened once needs no figure.
const once = " ({{.Count}}×)"

// fill puts data into a template. It knows {{.Name}} and nothing else: what a
// profile says must not be able to compute.
func (f Finding) fill(text string, translate func(string) string) string {
	if translate != nil {
		text = translate(text)
	}
	if f.Data["Count"] == "1" {
		text = strings.Replace(text, once, "", 1)
	}
	pairs := make([]string, 0, 2*len(f.Data))
	for name, value := range f.Data {
		if translate != nil && slices.Contains(spoken, name) {
			value = spell(value, translate)
		} else if translate != nil && isMeasured(name) {
			value = decimals(value, translate)
		}
		pairs = append(pairs, "{{."+name+"}}", value)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}
