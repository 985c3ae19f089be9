package retention

import (
	"slices"
	"strings"
	"text/template"

	"github.com/beistand/beistand/assets"
)

// What is left on a ticket, in its language.
const (
	textBundle      = "Bundle {{.Name}}, {{.Size}} MB"
	textFile        = "File {{.Name}}, {{.Size}} MB"
	textMails       = "The texts of {{.Count}} mails"
	textTexts       = "The texts of {{.Count}} entries"
	textDescription = "The description"
	textJournal     = "Details of what was done"
)

var why = map[string]string{
	Bundles: "Evidence is kept for {{.Days}} days after a ticket is closed.",
	Files:   "Attachments are kept for {{.Days}} days after a ticket is closed.",
	Mails:   "Mails are kept for {{.Days}} days after a ticket is closed.",
	Texts:   "Texts are kept for {{.Days}} days after a ticket is closed.",
	Journal: "Details are kept for {{.Days}} days after a ticket is closed.",
}

// CannedTexts are the English texts that are said in every language.
func CannedTexts() []string {
	all := []string{textBundle, textFile, textMails, textTexts, textDescription, textJournal}
	for _, what := range whats {
		all = append(all, why[what])
	}
	return all
}

// say is a text in a language, with what is filled in.
func say(language, text string, fill map[string]string) string {
	short, _, _ := strings.Cut(strings.ToLower(language), "-")
	if !slices.Contains(assets.Languages, short) {
		short = assets.Languages[0]
	}
	var b strings.Builder
	if err := template.Must(template.New("").Parse(assets.Translator(short)(text))).Execute(&b, fill); err != nil {
		panic(err) // the texts and what fills them are this program's own
	}
	return b.String()
}
