package parse

import (
	"strings"

	"github.com/beistand/beistand/app/desk/late"
)

// fold parts what was written from the mail before and from the signature. An
// answer between quoted lines is left as it is, since it cannot be read without
// them, and so is what is forwarded.
func fold(s string, forward bool) (text, quoted, signature string) {
	text = s
	if len(s) > maxFolded {
		return tidy(s), "", ""
	}
	if !forward {
		text, quoted = unquote(s)
	}
	text, signature = unsign(text)
	if strings.TrimSpace(text) == "" { // a forward without a word
		return tidy(s), "", ""
	}
	return tidy(text), tidy(quoted), tidy(signature)
}

// maxFolded bounds what is looked through for quotations, in bytes.
const maxFolded = 200_000

func tidy(s string) string {
	out := strings.Split(strings.ReplaceAll(s, quoteMark, ""), "\n")
	kept := out[:0]
	empty := 0
	for _, l := range out {
		l = strings.TrimRight(l, " \t")
		if empty++; l != "" {
			empty = 0
		}
		if empty < 3 {
			kept = append(kept, l)
		}
	}
	return strings.Trim(strings.Join(kept, "\n"), "\n")
}

var (
	// wroteForm is the line before a quotation: English, German, Dutch, French.
	wroteForm = late.Regexp(`(?i)^\s*(>\s*)?((on|am|op|le)\b.{4,200}\b(wrote|schrieb|schreef|a écrit)\b.{0,120}:|.{1,200}\b(wrote|schrieb|schreef)\b.{0,80}:)\s*$`)
	// wroteBegins is such a line that goes on in the next.
	wroteBegins = late.Regexp(`(?i)^\s*(on|am|op|le)\b.{4,200}$`)
	ruleForm    = late.Regexp(`(?i)^\s*[-_]{2,}\s*(original message|ursprüngliche nachricht|originalnachricht|oorspronkelijk bericht)\s*[-_]{2,}\s*$`)
	// headForm is a field of a header as Outlook quotes it; three within five lines are a quotation.
	headForm = late.Regexp(`(?i)^\s*\*?(from|von|van|sent|gesendet|verzonden|date|datum|to|an|aan|cc|subject|betreff|onderwerp)\s*\*?:\*?\s*\S`)
	fromForm = late.Regexp(`(?i)^\s*\*?(from|von|van)\s*\*?:\*?\s*\S`)
)

// unquote cuts off the mail before, which has to reach to the text's end.
func unquote(s string) (text, quoted string) {
	all := strings.Split(s, "\n")
	looked := -1 // up to here every quotation has something behind it
	for i, l := range all {
		if l == quoteMark || ruleForm().MatchString(l) || headed(all[i:]) {
			if i > 0 && underline(all[i-1]) {
				i--
			}
			return join(all[:i]), join(all[i:])
		}
		if i <= looked || !quotesAt(all, i) {
			continue
		}
		whole, last := rest(all[i:])
		if whole {
			return join(all[:i]), join(all[i:])
		}
		looked = i + last
	}
	return s, ""
}

func join(l []string) string { return strings.Join(l, "\n") }

func underline(l string) bool {
	l = strings.TrimSpace(l)
	return len(l) >= 10 && strings.Trim(l, "_-") == ""
}

// headed says whether the lines begin with the header of a mail.
func headed(l []string) bool {
	if !fromForm().MatchString(l[0]) {
		return false
	}
	n := 0
	for _, line := range l[:min(len(l), 6)] {
		if headForm().MatchString(line) {
			n++
		}
	}
	return n >= 3
}

// quotesAt says whether a quotation begins at line i, with or without a line that says whose it is.
func quotesAt(all []string, i int) bool {
	if strings.HasPrefix(all[i], ">") {
		return true
	}
	from := i + 1
	switch {
	case wroteForm().MatchString(all[i]):
	case i+1 < len(all) && wroteBegins().MatchString(all[i]) && wroteForm().MatchString(all[i]+" "+all[i+1]):
		from = i + 2
	default:
		return false
	}
	for _, l := range all[from:] {
		if strings.TrimSpace(l) != "" {
			return strings.HasPrefix(l, ">")
		}
	}
	return true // nothing follows: the quotation was cut off
}

// rest says whether nothing but a quotation follows. When something else does,
// last is the last quoted line before it, -1 for none: it follows on all up to there.
func rest(all []string) (whole bool, last int) {
	begun := false
	last = -1
	for i, l := range all {
		switch {
		case strings.HasPrefix(l, ">"):
			begun, last = true, i
		case strings.TrimSpace(l) == "" || !begun && i < 3:
		case wroteForm().MatchString(l) || wroteBegins().MatchString(l) && i+1 < len(all) && wroteForm().MatchString(l+" "+all[i+1]):
		case begun && i > 0 && wroteBegins().MatchString(all[i-1]):
		case signs(all[i:]):
			return true, last
		default:
			return false, last
		}
	}
	return true, last
}

// maxSignature is how many lines what is behind "--" may have and still be a signature.
const maxSignature = 30

func signs(l []string) bool {
	return (l[0] == "-- " || l[0] == "--") && len(l) <= maxSignature
}

// forwardForm are the words before the subject of what is forwarded.
var forwardForm = late.Regexp(`(?i)^\s*((re|aw|antw)\s*:\s*)*(fwd?|wg|doorst|tr)\s*:`)

var phoneForm = late.Regexp(`(?i)^(sent from my |sent from outlook|get outlook for |von meinem .{2,40} gesendet|gesendet von |gesendet mit |verstuurd vanaf |verzonden vanaf |outlook (für|voor|for) )`)

// unsign cuts off a signature: what stands behind "-- " (RFC 3676, section 4.3), or what telephones write.
func unsign(s string) (text, signature string) {
	all := strings.Split(s, "\n")
	for i := len(all) - 1; i >= 0 && i >= len(all)-maxSignature; i-- {
		if signs(all[i:]) {
			return join(all[:i]), join(all[i+1:])
		}
	}
	for i := len(all) - 1; i >= 0 && i >= len(all)-4; i-- {
		if phoneForm().MatchString(strings.TrimSpace(all[i])) {
			return join(all[:i]), join(all[i:])
		}
	}
	return s, ""
}
