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
