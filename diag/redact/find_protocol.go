package redact

import "bytes"

// findProtocol reads what follows PASS, LOGIN and AUTH in capitals.
func findProtocol(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	word := string(b[s:e])
	i, quoted := e, false
	if isQuote(b[e]) {
		i, quoted = e+1, true
	}
	if !isBlank(b[i]) {
		return 0
	}
	args := sc.argumentsOf(i)
	switch {
	case word == "PASS" && len(args) >= 1 && secretLike(b[args[0].s:args[0].e]):
		a := args[0]
		for a.e > a.s && b[a.e-1] == ';' {
			a.e--
		}
		return sc.argumentPart(rule, a, "")
	case word == "AUTH" && len(args) == 1 && (quoted || secretLike(b[args[0].s:args[0].e])):
		return sc.argumentPart(rule, args[0], "")
	case word == "AUTH" && len(args) == 2 && bytes.Equal(b[args[0].s:args[0].e], []byte("PLAIN")) && args[1].e-args[1].s >= 8:
		return sc.argumentPart(rule, args[1], "")
	case word == "LOGIN" && len(args) == 2 && secretLike(b[args[1].s:args[1].e]):
		return sc.argumentPart(rule, args[1], "")
	}
	return 0
}

// findHashPair recognises two hexadecimal hashes with a colon between.
func findHashPair(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	if b[s-1] != ':' || !hexSet.has(b[s]) || !hexSet.has(b[e-1]) {
		return 0
	}
	i := e + 1
	for hexSet.has(b[i]) && i-e < 66 {
		i++
	}
	if i-e-1 != 32 {
		return 0
	}
	if b[i] == ':' && hexSet.has(b[i+1]) {
		for i++; i < sc.n && hexSet.has(b[i]); i++ {
		}
	}
	return sc.hide(rule, s, i)
}

// findPgpass recognises host:port:database:user:password on a line of its own.
func findPgpass(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	i := e
	for fields := 0; fields < 3; fields++ {
		from := i + 1
		for i = from; i < sc.n && (labelSet.has(b[i]) || b[i] == '*' || b[i] == '.'); i++ {
		}
		if fields == 2 {
			for i < sc.n && b[i] > ' ' {
				i++
			}
			if i == from || !isBreak(b[i]) && i < sc.n || !secretLike(b[from:i]) || placeholder(b, from) > 0 {
				return 0
			}
			return sc.hide(rule, from, i)
		}
		if i == from || b[i] != ':' {
			return 0
		}
	}
	return 0
}
