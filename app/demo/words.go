package demo

import (
	"fmt"
	"strings"

	"github.com/beistand/beistand/assets"
)

// words gives the windows' texts in the language that they speak.
type words func(key string) string

func wordsOf(language string) words { return words(assets.Translator(assets.Language(language))) }

// with fills a text's gaps, "{{.Name}}", with pairs of name and value.
func (w words) with(key string, pairs ...any) string {
	text := w(key)
	for i := 0; i+1 < len(pairs); i += 2 {
		text = strings.ReplaceAll(text, fmt.Sprintf("{{.%s}}", pairs[i]), fmt.Sprint(pairs[i+1]))
	}
	return text
}

// before is a text up to its first gap, for texts whose gaps are not known.
func (w words) before(key string) string {
	text, _, _ := strings.Cut(w(key), "{{")
	return text
}

// problem is what the customer types.
type problem struct {
	title, what, since, expected, name, contact string
}

// typed is all that a customer types.
func (p problem) typed() string {
	return p.title + p.what + p.since + p.expected + p.name + p.contact
}

// problemIn is the problem in a language, in English for all that there is none in.
func problemIn(language string) problem {
	if p, ok := problems[language]; ok {
		return p
	}
	return problems["en"]
}

var problems = map[string]problem{
	"en": {
		"The search finds no documents since this morning",
		"I typed \"invoice 2025\" as always & nothing came up - not one of ~300.\nYesterday at 17:30 it still worked. E-mail me, please!",
		"Since this morning.", "The invoices of 2025, as a list.",
		"Jörg Müller", "j.mueller@example.com",
	},
	"de": {
		"Die Suche findet seit heute früh keine Belege",
		"Ich habe wie immer „Rechnung 2025“ eingegeben & es kommt nichts – kein einziger von über 300.\nGestern um 17:30 ging es noch. Grüße!",
		"Seit heute früh.", "Die Rechnungen von 2025, als Liste.",
		"Jörg Müller", "j.mueller@example.com",
	},
	"nl": {
		"Zoeken vindt sinds vanochtend geen documenten",
		"Ik typte zoals altijd 'factuur 2025' en er kwam niets, geen enkele van de 300.\nGisteren om 17:30 werkte het nog, maar één collega heeft hetzelfde.",
		"Sinds vanochtend.", "De facturen van 2025, als lijst.",
		"Jörg Müller", "j.mueller@example.com",
	},
}
