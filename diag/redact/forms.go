package redact

import "strings"

// labelValue gives the name of a machine its pseudonym.
func labelValue(sc *scanner, rule *Rule, v site) int {
	b := sc.b
	i := v.at
	if v.sep != '=' && v.sep != ':' && (v.quote == 0 || v.sep != 's') {
		return 0
	}
	for b[i] == '\\' {
		i++
	}
	e := i
	for e < sc.n && (labelSet.has(b[e]) || b[e] >= 0x80) && e-i < 64 {
		e++
	}
	name := strings.ToLower(string(b[i:e]))
	if len(name) < 2 || allDigits(b[i:e]) || placeholder(b, i) > 0 || spared(b[i:e], v.sep) || everyday[name] || name == "localhost" {
		return 0
	}
	if c := b[e]; c == '.' && isAlnum(b[e+1]) || c == '(' || c == '/' || c == '@' || c == ' ' && v.sep == ':' && v.quote == 0 && isLetter(b[e+1]) {
		return 0 // a whole name, which other rules know, a path, or a sentence
	}
	if v.sep == ':' && v.quote == 0 && !v.json && !unlikeWord(b[i:e]) && !capitals(b[i:e]) {
		return 0 // a product's name: "Server: Apache"
	}
	return sc.rename(rule, Host, i, e)
}

// capitals reports whether a name has no small letters.
func capitals(b []byte) bool {
	for _, c := range b {
		if c-'a' < 26 {
			return false
		}
	}
	return true
}

// codeValue replaces a number with its separators, or a serial number.
func codeValue(sc *scanner, rule *Rule, v site) int {
	b := sc.b
	if v.sep == 's' && rule.Kind == Place {
		return 0
	}
	if b[v.at] == '/' {
		v.at++
	}
	e, seen := v.at, 0
	for e < sc.n && e-v.at < 96 {
		c := b[e]
		ok := isDigit(c) || rule.Form == Code && (isLetter(c) || c == '_')
		if isDigit(c) {
			seen++
		}
		if !ok && !(e > v.at && numberJoints.has(c) && (isDigit(b[e+1]) || rule.Form == Code && c != ' ' && isLetter(b[e+1]) || b[e+1] == '(')) && !(c == '+' && e == v.at) && !(c == '(' && e <= v.at+4) && !(c == ')' && isDigit(b[e-1])) && !(c == ' ' && b[e-1] == ')') {
			break
		}
		e++
	}
	least := rule.least
	if least == 0 {
		least = 4
	}
	if rule.Form == Code && seen == 0 && e-v.at >= 8 && capitals(b[v.at:e]) && v.sep != 's' && v.sep != 'i' {
		seen = 1 // serial numbers of capitals alone
	}
	if (v.sep == 's' || v.sep == 'i') && rule.Form == Code && (seen < 2 || !capitals(b[v.at:e]) && rule.Kind != Machine && rule.Kind != ID) {
		return 0
	}
	if e-v.at < least || seen == 0 || rule.Form == Number && seen < least || placeholder(b, v.at) > 0 {
		return 0
	}
	return sc.hideValue(rule, v, e, nil)
}

var numberJoints = set(" ./-")

// phraseValue replaces a name that may hold blanks: up to the closing mark, or
// to the end of its line or field.
func phraseValue(sc *scanner, rule *Rule, v site) int {
	b := sc.b
	if v.quote == 0 {
		if v.sep == 's' || v.sep == 'i' || v.sep == ' ' {
			return 0
		}
		v.first = true
	}
	end, open := sc.valueEnd(v)
	for end > v.at && (b[end-1] == ' ' || b[end-1] == ')' || b[end-1] == ',') {
		end--
	}
	if v.at == end || spared(b[v.at:end], v.sep) || placeholder(b, v.at) > 0 {
		return 0
	}
	return sc.hideValue(rule, v, end, open)
}

// decimalValue replaces a number of degrees with at least three decimals, as a
// receiver gives them.
func decimalValue(sc *scanner, rule *Rule, v site) int {
	b := sc.b
	i := v.at
	if b[i] == '-' || b[i] == '+' {
		i++
	}
	s := i
	for isDigit(b[i]) {
		i++
	}
	if foldAt(b, i, " deg ") { // 52 deg 23' 17.06" N
		for ; i-s < 40 && !isBreak(b[i]) && i < sc.n; i++ {
			if c := lower(b[i]); (c == 'n' || c == 's' || c == 'e' || c == 'w') && !isAlnum(b[i+1]) && b[i-1] == ' ' {
				return sc.rename(rule, Place, v.at, i+1)
			}
		}
		return 0
	}
	if i == s || i-s > 3 || b[i] != '.' && b[i] != ',' {
		return 0
	}
	point := i
	for i++; isDigit(b[i]); i++ {
	}
	if i-point < 4 {
		return 0
	}
	return sc.hideValue(rule, v, i, nil)
}
