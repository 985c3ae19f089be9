package cases

import (
	"slices"
	"strings"
	"text/template"

	"github.com/beistand/beistand/app/api"
	templates "github.com/beistand/beistand/app/desk/cases/template"
	"github.com/beistand/beistand/assets"
)

// What the desk itself writes onto timelines.
const (
	textNeeded   = "So that we can go on, we still need from you:"
	textReminder = "Reminder: “{{.What}}” is promised for {{.Due}}."
)

// CannedTexts are the English texts that are said in every language.
func CannedTexts() []string {
	return append(templates.Texts(), textNeeded, textReminder, api.PromiseWorkaround, api.PromiseFix)
}

// say is a text in a language, with what is filled in.
func say(language, text string, fill map[string]string) string {
	short, _, _ := strings.Cut(strings.ToLower(language), "-")
	if !slices.Contains(assets.Languages, short) {
		short = assets.Languages[0]
	}
	text = assets.Translator(short)(text)
	if fill == nil {
		return text
	}
	var b strings.Builder
	if err := template.Must(template.New("").Parse(text)).Execute(&b, fill); err != nil {
		panic(err) // the texts and what fills them are this program's own
	}
	return b.String()
}
