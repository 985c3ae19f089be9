package redact

import (
	"bytes"
	stdbase64 "encoding/base64"
)

// findJWT recognises a token in compact form, RFC 7515 section 7.1 and RFC 7516.
func findJWT(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	i, parts, size := s, 0, 0
	for {
		from := i
		for i < sc.n && urlSafe.has(b[i]) {
			i++
		}
		size += i - from
		parts++
		if b[i] != '.' || parts == 5 || !urlSafe.has(b[i+1]) && b[i+1] != '.' {
			break
		}
		i++
	}
	if parts < 2 || size < 20 {
		return 0
	}
	// The header is JSON with at least one name.
	head := b[s:min(i, s+256)]
	if dot := bytes.IndexByte(head, '.'); dot >= 0 {
		head = head[:dot]
	}
	head = head[:len(head)/4*4]
	plain, _ := stdbase64.RawURLEncoding.DecodeString(string(head))
	if len(plain) < 4 || plain[0] != '{' || !bytes.ContainsRune(plain, '"') {
		return 0
	}
	if i == sc.n && !sc.last {
		sc.goesOn(span{stop: &stopToken})
	}
	return sc.hide(rule, s, i)
}

func findTelegram(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	i := e + 1
	for i < sc.n && urlSafe.has(b[i]) {
		i++
	}
	if i-e-1 < 33 || i-e-1 > 40 || b[e+1] != 'A' || isAlnum(b[s-1]) && !foldAt(b, s-3, "bot") {
		return 0
	}
	return sc.hide(rule, s, i)
}

// findLicense recognises five groups of five capitals and digits.
func findLicense(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	if isAlnum(b[s-1]) || b[s-1] == '-' {
		return 0
	}
	digits := 0
	for g := range 5 {
		at := s + 6*g
		for k := range 5 {
			c := b[at+k]
			if !upperNum.has(c) {
				return 0
			}
			if isDigit(c) {
				digits++
			}
		}
		if g < 4 && b[at+5] != '-' {
			return 0
		}
	}
	if digits < 2 || isAlnum(b[s+29]) || b[s+29] == '-' {
		return 0
	}
	return sc.hide(rule, s, s+29)
}

// findCrypt recognises the hash of a password in modular crypt format.
func findCrypt(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	if b[s-1] != '$' || b[e] != '$' || isAlnum(b[s-2]) || b[s-2] == '$' || foldAt(b, s, "lambda") {
		return 0
	}
	i, size := e+1, 0
	for i < sc.n && (cryptSet.has(b[i]) || (b[i] == '@' || b[i] == ':') && foldAt(b, s, "krb5")) && i-e < 4096 {
		if b[i] != '$' {
			size++
		}
		i++
	}
	if size < 24 {
		return 0
	}
	return sc.hide(rule, s-1, i)
}

var cryptSet = set("A-Za-z0-9./+=,$-")

// findWebhook recognises addresses whose path is the secret.
func findWebhook(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	if b[s-1] != '/' || b[e] != '/' {
		return 0
	}
	from := max(s-80, 0)
	before := b[from:s]
	if !bytes.Contains(before, []byte("hooks.slack.com")) && !bytes.Contains(before, []byte("discord")) &&
		!bytes.Contains(before, []byte("webhook.office.com")) && !bytes.Contains(before, []byte("logic.azure.com")) {
		return 0
	}
	i := e + 1
	for i < sc.n && (urlSafe.has(b[i]) || b[i] == '/' || b[i] == '@' || b[i] == '.') {
		i++
	}
	if i-e < 8 {
		return 0
	}
	return sc.hide(rule, e+1, i)
}

// findHexToken recognises keys that have fixed letters elsewhere than in front.
func findHexToken(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	if isAlnum(b[s-1]) {
		return 0
	}
	switch w := b[s:e]; {
	case len(w) == 34 && (string(w[:2]) == "SK" || string(w[:2]) == "AC") && hexOnly(w[2:]):
	case len(w) == 32 && hexOnly(w) && b[e+1] == 'u' && b[e+2] == 's' && isDigit(b[e+3]) && (!isAlnum(b[e+4]) || isDigit(b[e+4]) && !isAlnum(b[e+5])):
		for e++; isAlnum(b[e]); e++ {
		}
	case len(w) == 40 && string(w[36:]) == "NRAL":
	case len(w) == 7 && string(w) == "atlasv1" && b[e] == '.':
		for e++; urlSafe.has(b[e]); e++ {
		}
		for s--; s > sc.flushed && alnum.has(b[s-1]); s-- {
		}
	default:
		return 0
	}
	return sc.hide(rule, s, e)
}

func hexOnly(b []byte) bool {
	for _, c := range b {
		if !hexSet.has(c) {
			return false
		}
	}
	return true
}
