package redact

import "strings"

// headerValue replaces what an HTTP header such as Authorization carries: its
// scheme stays, what it proves goes.
func headerValue(sc *scanner, rule *Rule, v site) int {
	b := sc.b
	if v.sep == 's' || v.sep == 'i' {
		return 0 // a sentence
	}
	i := v.at
	if b[i] == '[' {
		i++
	}
	e := i
	for e < sc.n && isLetter(b[e]) || e > i && (isDigit(b[e]) || b[e] == '-') {
		e++
	}
	whole := true // a scheme of several fields, such as Digest
	if e > i && e-i <= 20 && b[e] == ' ' {
		whole = !oneWord[strings.ToLower(string(b[i:e]))]
		if known := strings.ToLower(string(b[i:e])); !oneWord[known] && !manyFields[known] {
			whole = false
			if !unlikeWord(b[i:e]) && v.sep != ':' {
				return 0 // a sentence: "authorization was denied"
			}
			e = i
		}
		i = skipBlanks(b, e)
		if !whole && foldAt(b, i, "token=") {
			i += len("token=")
		}
		if isQuote(b[i]) {
			i++
		}
	} else {
		whole = false
	}
	if placeholder(b, i) > 0 {
		return 0
	}
	stop := &stopHeaderWord
	if whole {
		stop = &stopHeaderLine
	}
	for e = i; e < sc.n && !stop.has(b[e]); e++ {
		if b[e] == '\\' && (b[e+1] == 'r' || b[e+1] == 'n' || isQuote(b[e+1])) {
			break
		}
	}
	if e == i || spared(b[i:e], v.sep) {
		return 0
	}
	if e == sc.n && !sc.last {
		sc.goesOn(span{stop: stop})
	}
	return sc.hide(rule, i, e)
}

var (
	stopHeaderWord = set(" \t\r\n\x00\"'`,;)]}<>")
	stopHeaderLine = set("\r\n\x00'`")
	oneWord        = words("bearer basic token negotiate ntlm apikey bot key jwt oauth2 splunk genie-key ssws")
	manyFields     = words("digest aws aws4-hmac-sha256 hawk oauth sharedkey sharedkeylite hmac mac signature googlelogin")
)

// jarValue replaces the values of cookies; their names and attributes stay.
func jarValue(sc *scanner, rule *Rule, v site) int {
	b, done := sc.b, 0
	if v.sep != ':' && v.sep != '=' {
		return 0
	}
	i := v.at
	for i < sc.n {
		i = skipBlanks(b, i)
		s := i
		for i < sc.n && !stopCookieName.has(b[i]) {
			i++
		}
		if b[i] != '=' || i == s {
			return done
		}
		i++
		at := i
		if b[i] == '"' && v.quote == 0 {
			at, i = i+1, i+1
		}
		for i < sc.n && !stopCookie.has(b[i]) && (b[i] != '\\' || !isQuote(b[i+1]) && b[i+1] != 'r' && b[i+1] != 'n') {
			i++
		}
		if placeholder(b, at) == 0 && i > at {
			done = sc.hide(rule, at, i)
			if i == sc.n && !sc.last {
				sc.goesOn(span{stop: &stopCookie})
			}
		}
		if b[i] == '"' && at > 0 && b[at-1] == '"' && v.quote == 0 {
			i++
		}
		if rule.Form == SetJar || b[i] != ';' {
			return done
		}
		i++
	}
	return done
}

var (
	stopCookieName = set("=; \t\r\n\x00\"'<>,")
	stopCookie     = set("; \t\r\n\x00\"'<>`")
)

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
