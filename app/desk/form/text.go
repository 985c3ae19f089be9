// Package form checks what a request brings; what it refuses it says in a sentence for people.
package form

import (
	"net/mail"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/beistand/beistand/app/desk/late"
	"github.com/beistand/beistand/app/desk/reply"
)

// Line takes the spaces around a text of one line, and refuses more than most
// characters, control characters, and nothing when it is needed.
func Line(name string, text *string, most int, need bool) error {
	return check(name, text, most, need, func(rune) bool { return false })
}

// Text is Line for several lines: line feeds and tabs may be in it.
func Text(name string, text *string, most int, need bool) error {
	*text = strings.ReplaceAll(*text, "\r\n", "\n")
	return check(name, text, most, need, func(r rune) bool { return r == '\n' || r == '\t' })
}

func check(name string, text *string, most int, need bool, fine func(rune) bool) error {
	*text = strings.TrimSpace(*text)
	switch n := utf8.RuneCountInString(*text); {
	case need && *text == "":
		return reply.Invalid("the %s is missing", name)
	case n > most:
		return reply.Invalid("the %s has %d characters; %d fit", name, n, most)
	case !utf8.ValidString(*text) || strings.ContainsFunc(*text, func(r rune) bool { return hidden(r) && !fine(r) }):
		return reply.Invalid("the %s has characters that cannot be shown", name)
	}
	return nil
}

// hidden are control characters, and those that turn the direction of what follows.
func hidden(r rune) bool {
	return unicode.IsControl(r) || (r >= 0x202a && r <= 0x202e) || (r >= 0x2066 && r <= 0x2069)
}

var languageForm = late.Regexp(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,8}$`) // BCP 47, roughly

// Language refuses what is neither "" nor a BCP 47 tag.
func Language(text *string) error {
	*text = strings.TrimSpace(*text)
	if *text != "" && (len(*text) > 35 || !languageForm().MatchString(*text)) {
		return reply.Invalid("the language is not a BCP 47 tag such as de or nl-BE")
	}
	return nil
}

// Words checks texts by language; an empty one is taken out.
func Words(name string, texts map[string]string, most int) error {
	if len(texts) > 20 {
		return reply.Invalid("the %s is there in %d languages; 20 fit", name, len(texts))
	}
	for language, text := range texts {
		tag := language
		if err := Language(&tag); err != nil || tag == "" || tag != language {
			return reply.Invalid("the %s: %q is not a BCP 47 tag such as de or nl-BE", name, language)
		}
		if err := Text(name, &text, most, false); err != nil {
			return err
		}
		if texts[language] = text; text == "" {
			delete(texts, language)
		}
	}
	return nil
}

// Mail refuses what is neither "" nor one address; it is put in lower case.
func Mail(text *string) error {
	if err := Line("mail address", text, 254, false); err != nil || *text == "" {
		return err
	}
	a, err := mail.ParseAddress(*text)
	if err != nil || a.Name != "" || a.Address != *text || strings.ContainsAny(a.Address, " \"(),:;<>\\") {
		return reply.Invalid("%q is not a mail address such as anna@example.com", *text)
	}
	*text = strings.ToLower(a.Address)
	return nil
}

var domainForm = late.Regexp(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$`)

// Domain refuses what is no domain of mail addresses; it is put in lower case.
func Domain(text *string) error {
	*text = strings.ToLower(strings.TrimPrefix(strings.TrimSpace(*text), "@"))
	if len(*text) > 253 || !domainForm().MatchString(*text) {
		return reply.Invalid("%q is not a domain such as example.com", *text)
	}
	return nil
}

// Staff checks the form of a staff name.
func Staff(name *string) error {
	*name = strings.TrimSpace(*name)
	if n := utf8.RuneCountInString(*name); n == 0 || n > 64 || !utf8.ValidString(*name) ||
		strings.ContainsFunc(*name, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }) {
		return reply.Invalid("%q is not a name of staff", *name)
	}
	return nil
}

// Day refuses what is not a day such as 2026-11-30.
func Day(name, text string) (time.Time, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || t.Year() < 1990 || t.Year() > 2200 {
		return t, reply.Invalid("the %s is not a day such as 2026-11-30", name)
	}
	return t, nil
}
