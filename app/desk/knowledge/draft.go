package knowledge

import (
	"context"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/late"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/knowledge"
)

// draft makes of a closed case what an editor may publish. It has only what
// the closing says, of which names and addresses are taken out: what the
// customer wrote stays on the ticket. A draft that nobody has changed follows
// its case; one that somebody has is left alone.
func (k *Knowledge) draft(ctx context.Context, tx *db.Tx, t api.Ticket) error {
	a, ok := draftOf(t)
	if !ok {
		return nil
	}
	before, err := knowledge.ArticleOf(ctx, tx, t.Number)
	switch {
	case errors.Is(err, db.ErrNotFound):
		_, err = k.add(ctx, tx, a, "", api.Actor{Kind: api.ActorDesk})
		return err
	case err != nil || before.By != a.By || before.State != api.ArticleDraft || before.Title == a.Title && before.Body == a.Body:
		return err
	}
	a.ID, a.Version, a.Of = before.ID, before.Version, before.Of
	return k.keep(ctx, tx, &a, actChanged, "", api.Actor{Kind: api.ActorDesk})
}

// The words of a draft, in its language.
var draftWords = map[string]struct{ solution, cause, tried string }{
	"en": {"Solution", "Cause", "What was tried"},
	"de": {"Lösung", "Ursache", "Was versucht wurde"},
	"nl": {"Oplossing", "Oorzaak", "Wat is geprobeerd"},
}

var causeWords = map[string]map[api.Cause]string{
	"en": {api.CauseFault: "A fault of the product.", api.CauseHandling: "The way it was used.", api.CauseConfiguration: "A setting of the installation.", api.CausePatch: "A patch was missing.", api.CauseVendor: "Another vendor's product."},
	"de": {api.CauseFault: "Ein Fehler des Produkts.", api.CauseHandling: "Die Bedienung.", api.CauseConfiguration: "Eine Einstellung der Installation.", api.CausePatch: "Ein Patch fehlte.", api.CauseVendor: "Das Produkt eines anderen Herstellers."},
	"nl": {api.CauseFault: "Een fout van het product.", api.CauseHandling: "De bediening.", api.CauseConfiguration: "Een instelling van de installatie.", api.CausePatch: "Er ontbrak een patch.", api.CauseVendor: "Het product van een andere leverancier."},
}

// maxDraftTitle is where a title that was a solution's first sentence is cut, in characters.
const maxDraftTitle = 100

func draftOf(t api.Ticket) (api.Article, bool) {
	c := t.Closing
	if c == nil || strings.TrimSpace(c.Solution) == "" {
		return api.Article{}, false
	}
	language := t.Language
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	say, ok := draftWords[base]
	if !ok {
		base = "en"
		say = draftWords[base]
	}
	if language == "" {
		language = base
	}
	names := namesOf(t)
	solution, found1 := without(c.Solution, names)
	tried, found2 := without(c.Tried, names)
	a := api.Article{
		State: api.ArticleDraft, Title: firstSentence(solution), Product: t.Product, From: t.ProductVersion, Language: language, Ticket: t.Number, Cause: c.Cause,
		By: api.ActorDesk, Check: []string{api.CheckTitle, api.CheckNames},
	}
	if found1 || found2 {
		a.Check = append(a.Check, api.CheckTaken)
	}
	if t.ProductVersion != "" {
		a.Check = append(a.Check, api.CheckVersion)
	}
	var b strings.Builder
	part := func(head, text string) {
		if text = strings.TrimSpace(text); text != "" {
			b.WriteString("## " + head + "\n\n" + plain(text) + "\n\n")
		}
	}
	part(say.solution, solution)
	part(say.cause, causeWords[base][c.Cause])
	part(say.tried, tried)
	a.Body = strings.TrimSpace(b.String())
	return a, true
}

func firstSentence(text string) string {
	text = strings.TrimSpace(text)
	if i := strings.IndexByte(text, '\n'); i > 0 {
		text = text[:i]
	}
	if i := strings.Index(text, ". "); i > 0 {
		text = text[:i]
	}
	if r := []rune(text); len(r) > maxDraftTitle {
		text = strings.TrimSpace(string(r[:maxDraftTitle-1])) + "…"
	}
	return strings.TrimSuffix(text, ".")
}

// plain makes a text that was not meant as Markdown one that looks the same in it.
func plain(text string) string {
	return strings.NewReplacer("\\", "\\\\", "*", "\\*", "_", "\\_", "`", "\\`", "<", "\\<", "[", "\\[", "#", "\\#", "\n", "  \n").Replace(text)
}

// namesOf are the words of the customer's name, in small letters.
func namesOf(t api.Ticket) map[string]bool {
	names := map[string]bool{}
	for _, word := range strings.FieldsFunc(t.Name, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if utf8.RuneCountInString(word) > 2 {
			names[strings.ToLower(word)] = true
		}
	}
	return names
}

// addresses are mail addresses, and what looks like a telephone number.
var addresses = late.Regexp(`[^\s@<>]+@[^\s@<>]+\.[A-Za-z]{2,}|\+?\d[\d ()/-]{7,}\d`)

var wordsOf = late.Regexp(`\pL+`)

// without takes names and addresses out of a text, and says whether there were some.
func without(text string, names map[string]bool) (string, bool) {
	found := false
	text = addresses().ReplaceAllStringFunc(text, func(string) string {
		found = true
		return "…"
	})
	text = wordsOf().ReplaceAllStringFunc(text, func(word string) string {
		if !names[strings.ToLower(word)] {
			return word
		}
		found = true
		return "…"
	})
	return text, found
}

// Texts are the English texts that are shown in every language.
func Texts() []string {
	return []string{api.CheckTitle, api.CheckNames, api.CheckTaken, api.CheckVersion}
}
