package terms

import (
	"strings"
	"unicode/utf8"
)

// token is something in a text that becomes terms: text[from:to].
type token struct {
	from, to int
	kind     tokenKind
	text     string // lower case; of a code its whole term
}

type tokenKind uint8

const (
	word   tokenKind = iota
	number           // with its dots and hyphens
	sign             // a code
)

// tokens gives what a text has, in order of where it begins.
func tokens(text string, each func(token)) {
	text = cut(text, MaxText)
	ahead := ""
	chunks(text, func(c chunk) {
		whole := text[c.from:c.to]
		for _, one := range codes(whole, ahead) {
			each(token{c.from, c.to, sign, fold(string(code) + one)})
		}
		ahead = ""
		if len(whole) <= 16 {
			ahead = strings.ToLower(strings.TrimSuffix(whole, "-code"))
		}
		if strings.Trim(whole, "0123456789.,:-") == "" {
			each(token{c.from, c.to, number, fold(whole)})
			return
		}
		list, joined := parts(text, c)
		letters := 0
		for _, p := range list {
			s := text[p.from:p.to]
			switch {
			case p.digits && len(list) > 1 && len(s) < 3: // of win10, sda1
			case p.digits:
				each(token{p.from, p.to, number, fold(s)})
			default:
				letters++
				if utf8.RuneCountInString(s) > 1 {
					each(token{p.from, p.to, word, strings.ToLower(s)})
				}
			}
		}
		if len(list) > 1 && len(whole) <= maxTerm && (joined && letters > 0 || plainMixed(whole)) {
			each(token{c.from, c.to, word, strings.ToLower(strings.NewReplacer("-", "", "\u2010", "", "\u2011", "", "\u00ad", "").Replace(whole))})
		}
	})
}

// plainMixed is letters and digits without anything between them: win10.
func plainMixed(s string) bool {
	return span(s, func(b byte) bool { return letter(b) || digit(b) || b >= 0x80 }) == len(s)
}

// cut bounds a text at the beginning of a character.
func cut(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}
