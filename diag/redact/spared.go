package redact

import "strings"

// states are words that say something about a password or a token and are none.
var states = words(`
	null nil none undefined true false yes no empty ok required optional missing unset set
	invalid incorrect wrong expired expires valid changed reset rejected accepted denied failed failure success
	unknown unavailable disabled enabled revoked refreshed provided given hidden redacted masked filtered
	removed omitted secret protected auth account session chauthtok encrypted error string str text object function
	leer keine keiner falsch ungültig abgelaufen erforderlich fehlt geändert korrekt richtig
	leeg geen ongeldig verlopen verplicht ontbreekt gewijzigd onjuist juist
	amd64 i386 i686 x86 x64 arm64 armhf aarch64 all any noarch
	prompt ask interactive stdin file env vault
`)

func words(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

// spared reports whether a value is visibly none: empty, a state, a variable to
// be filled in, or already masked.
func spared(val []byte, sep byte) bool {
	for len(val) > 0 && (val[len(val)-1] == '.' || val[len(val)-1] == '!') && sep != '=' {
		val = val[:len(val)-1]
	}
	if len(val) == 0 {
		return true
	}
	if len(val) < 24 && states[strings.ToLower(string(val))] {
		return true
	}
	return masked(val) || variable(val) || versionLike(val)
}

// versionLike recognises numbers with points: a package called "passwd" has a
// version too.
func versionLike(val []byte) bool {
	points := 0
	for i, c := range val {
		switch {
		case c == '.' && i > 0 && i < len(val)-1 && isDigit(val[i-1]) && isDigit(val[i+1]):
			points++
		case !isDigit(c):
			return false
		}
	}
	return points > 0 && len(val) <= 12
}

// masked recognises values that somebody has already made unreadable.
func masked(val []byte) bool {
	s := string(val)
	if c := s[0]; strings.IndexByte("*.•xX#-_", c) >= 0 && strings.Count(s, s[:1]) == len(s) {
		return true
	}
	if strings.Trim(s, "•●") == "" {
		return true
	}
	if first, last := s[0], s[len(s)-1]; first == '[' && last == ']' || first == '(' && last == ')' || first == '<' && last == '>' {
		return states[strings.ToLower(s[1:len(s)-1])]
	}
	return false
}

// variable recognises what stands for a value that is filled in later.
func variable(val []byte) bool {
	s := string(val)
	switch {
	case strings.HasPrefix(s, "${") && strings.HasSuffix(s, "}"),
		strings.HasPrefix(s, "$(") && strings.HasSuffix(s, ")"),
		strings.HasPrefix(s, "{{") && strings.HasSuffix(s, "}}"),
		strings.HasPrefix(s, "%(") && strings.HasSuffix(s, ")s"):
		return !strings.Contains(s, ":-") // a default is a value
	case strings.HasPrefix(s, "{{") || strings.HasPrefix(s, "<%=") || strings.HasPrefix(s, "#{"):
		return true
	case s == "%s" || s == "%v" || s == "%d" || s == "{}" || s == "?" || s == "{0}" || s == "{1}" || s == "%@":
		return true
	case len(s) > 2 && s[0] == '$':
		for i := 1; i < len(s); i++ {
			if c := s[i]; c != '_' && c-'A' >= 26 && (i == 1 || !isDigit(c)) {
				return false
			}
		}
		return true
	case len(s) > 2 && s[0] == '%' && s[len(s)-1] == '%':
		return true
	}
	return false
}

// unlikeWord reports whether a value has what words of a language lack: digits
// or marks within, or capitals after small letters.
func unlikeWord(val []byte) bool {
	for i, c := range val {
		switch {
		case isDigit(c):
			return true
		case c-'A' < 26 && i > 0 && val[i-1]-'a' < 26:
			return true
		case c < 0x80 && !isLetter(c) && c != '-' && c != '\'' && i < len(val)-1:
			return true
		}
	}
	return false
}
