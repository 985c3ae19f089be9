package redact

import "strings"

// accountValue gives the name of a person's account its pseudonym; those of the
// system stay.
func accountValue(sc *scanner, rule *Rule, v site) int {
	b := sc.b
	i := v.at
	e := sc.accountEnd(i, v.quote)
	// DOMAIN\name: the domain is a name of its own.
	for k := i; k < e; k++ {
		if b[k] == '\\' && k > i && k+1 < e {
			next := k + 1
			for b[next] == '\\' {
				next++
			}
			if !systemAccounts[strings.ToLower(string(b[i:k]))] && !systemAccounts[strings.ToLower(string(b[next:e]))] {
				sc.rename(domainRule, Domain, i, k)
			}
			i = next
			break
		}
	}
	if allDigits(b[i:e]) && b[e] == '(' { // uid=1000(anna)
		i = e + 1
		e = sc.accountEnd(i, 0)
		if b[e] != ')' {
			return 0
		}
	}
	if rule.least > 0 && i == v.at {
		return 0
	}
	if v.json && v.quote == 0 && b[i] == '{' { // "user":{"name":"anna"}
		return sc.userObject(rule, i)
	}
	name := b[i:e]
	if v.sep == 's' || v.sep == 'i' {
		if v.quote == 0 && !personal(name) || b[e] == '=' || b[e] == '(' && b[e+1] == ')' {
			return 0 // a blank alone: only what cannot be a word
		}
	}
	if len(name) < 2 || placeholder(b, i) > 0 || allDigits(name) || spared(name, v.sep) || systemAccounts[strings.ToLower(string(name))] || b[e] == '(' && b[e+1] == ')' {
		return 0
	}
	if b[e] == '@' || strings.IndexByte(string(name), '@') >= 0 {
		return 0 // an address: its own rule knows it
	}
	if v.sep == ' ' && v.quote == 0 && everyday[strings.ToLower(string(name))] {
		return 0
	}
	if v.sep == ':' && v.quote == 0 && !v.json && b[e] == ' ' && isLetter(b[e+1]) && !unlikeWord(name) && everyday[strings.ToLower(string(name))] {
		return 0 // a sentence: "user: cannot be found"
	}
	return sc.rename(rule, rule.Kind, i, e)
}

// accountEnd finds where the name of an account ends; blanks belong to it
// between quotation marks only.
func (sc *scanner) accountEnd(i int, quote byte) int {
	b := sc.b
	e := i
	for e < sc.n && e-i < maxNameSize {
		c := b[e]
		switch {
		case accountSet.has(c):
		case c == '\\' && e > i && accountSet.has(b[e+1]) && !(isBreakEscape(b[e+1]) && !accountSet.has(b[e+2])):
		case c == '\\' && b[e+1] == '\\' && e > i && accountSet.has(b[e+2]):
			e++
		case c == ' ' && quote != 0 && accountSet.has(b[e+1]):
		default:
			return trimEnd(b, i, e)
		}
		e++
	}
	return trimEnd(b, i, e)
}

// trimEnd gives the end of what lies from i to e without the stop of a sentence.
func trimEnd(b []byte, i, e int) int {
	for e > i && (b[e-1] == '.' || b[e-1] == '-') {
		e--
	}
	return e
}

var accountSet = set("A-Za-z0-9._$+\x80-\xff-")

func isBreakEscape(c byte) bool { return c == 'n' || c == 'r' || c == 't' }

func allDigits(b []byte) bool {
	for _, c := range b {
		if !isDigit(c) {
			return false
		}
	}
	return len(b) > 0
}

// personal reports whether a name has letters first and digits after them, as
// accounts do and words do not.
func personal(name []byte) bool {
	letters, digits := 0, 0
	for _, c := range name {
		switch {
		case isDigit(c):
			digits++
		case isLetter(c) && digits == 0, c == '.' && digits == 0:
			letters++
		default:
			return false
		}
	}
	return letters >= 4 && digits >= 1 && digits <= 5
}

// userObject renames the fields of an object that say who somebody is.
func (sc *scanner) userObject(rule *Rule, i int) int {
	b := sc.b
	for limit := min(sc.n, i+512); i < limit && b[i] != '}'; i++ {
		if !isQuote(b[i]) || !foldAt(b, i+1, "name") && !foldAt(b, i+1, "login") && !foldAt(b, i+1, "username") {
			continue
		}
		k, quoted := closing(b, i+1+len("name"))
		if foldAt(b, i+1, "login") {
			k, quoted = closing(b, i+1+len("login"))
		} else if foldAt(b, i+1, "username") {
			k, quoted = closing(b, i+1+len("username"))
		}
		if k = skipSpace(b, k); !quoted || b[k] != ':' {
			continue
		}
		at, quote, level := opening(b, skipSpace(b, k+1))
		return accountValue(sc, rule, site{at: at, quote: quote, level: level, sep: ':', json: true})
	}
	return 0
}
