package bugs

import (
	"crypto/sha256"
	"slices"
	"strings"
	"text/template"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/assets"
)

// part is one thing that a customer is told of a bug.
type part struct {
	digest []byte // of what it says, whatever words are around it
	text   string
}

// language is the one of ours that a ticket's customer is spoken to in: their
// own, or else English.
func language(tag string) string {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	if slices.Contains(assets.Languages, base) {
		return base
	}
	return assets.Languages[0]
}

// inLanguage picks the text for a reader: in their language, in English, or any.
func inLanguage(texts map[string]string, tag string) string {
	base, _, _ := strings.Cut(tag, "-")
	for _, want := range []string{tag, base, "en"} {
		for have, text := range texts {
			if strings.EqualFold(have, want) {
				return text
			}
		}
	}
	first := ""
	for have := range texts {
		if first == "" || have < first {
			first = have
		}
	}
	return texts[first]
}

// lines are the desk's own sentences in one language.
type lines struct{ say func(string) string }

// L is the sentence key in the language.
func (l lines) L(key string) string { return l.say(key) }

// fill puts values into a sentence. They are the bug's, so they may hold
// braces; the sentence is ours.
func fill(text string, values map[string]string) string {
	t, err := template.New("").Option("missingkey=zero").Parse(text)
	if err != nil {
		return text
	}
	var b strings.Builder
	if err := t.Execute(&b, values); err != nil {
		return text
	}
	return b.String()
}

// parts are what a customer is told of a bug, in their language.
func parts(b api.Bug, what api.TellWhat, tag string) []part {
	lang := lines{assets.Translator(language(tag))}
	var list []part
	until := lang.L("Until it is fixed, this helps:")
	if b.FixedIn != "" && what != api.TellWorkaround {
		text := fill(lang.L("It is fixed in version {{.Version}} of {{.Product}}."), map[string]string{"Version": b.FixedIn, "Product": b.Product})
		more := inLanguage(b.Fix, tag)
		if more != "" {
			text += "\n\n" + more
		}
		list = append(list, part{digest("fix", b.FixedIn, more), text})
		until = lang.L("Until you have that version, this helps:")
	}
	if text := inLanguage(b.Workaround, tag); text != "" && what != api.TellFix {
		list = append(list, part{digest("workaround", text), until + "\n\n" + text})
	}
	return list
}

// letter puts parts together. By rule it says that nobody has looked yet.
func letter(list []part, rule bool, tag string) string {
	lang := lines{assets.Translator(language(tag))}
	first := lang.L("The problem that you have reported is known to us.")
	if rule {
		first = lang.L("The problem that you have reported looks like one that is known to us and that a newer version does not have any more.")
	}
	texts := []string{first}
	for _, p := range list {
		texts = append(texts, p.text)
	}
	return strings.Join(texts, "\n\n")
}

// digest knows what was said again.
func digest(texts ...string) []byte {
	h := sha256.Sum256([]byte(strings.Join(texts, "\x00")))
	return h[:]
}
