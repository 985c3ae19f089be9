package redact

import "bytes"

// read reads the value of a key as its rule says, and gives where to go on.
func (f Form) read(sc *scanner, rule *Rule, v site) int {
	switch f {
	case Strong:
		return strongValue(sc, rule, v)
	case Header:
		return headerValue(sc, rule, v)
	case Jar, SetJar:
		return jarValue(sc, rule, v)
	case Account:
		return accountValue(sc, rule, v)
	case Label:
		return labelValue(sc, rule, v)
	case Number, Code:
		return codeValue(sc, rule, v)
	case Phrase:
		return phraseValue(sc, rule, v)
	case Decimal:
		return decimalValue(sc, rule, v)
	default:
		return anyValue(sc, rule, v)
	}
}

// anyValue replaces whatever stands after a key such as password.
func anyValue(sc *scanner, rule *Rule, v site) int {
	b := sc.b
	if v.quote == 0 && b[v.at] == '[' && (v.json || isQuote(b[v.at+1])) {
		return sc.list(rule, v.at+1)
	}
	if v.json && v.quote == 0 && b[v.at] == '{' {
		return sc.object(rule, v.at+1)
	}
	if v.first && v.quote == 0 && (b[v.at] == '|' || b[v.at] == '>') {
		return sc.scalar(rule, v)
	}
	end, open := sc.valueEnd(v)
	if v.at == end || spared(b[v.at:end], v.sep) || placeholder(b, v.at) > 0 {
		return 0
	}
	if key := string(b[v.key : v.key+3]); key == "PWD" && (b[v.at] == '/' || b[v.at] == '~' || b[v.at+1] == ':') {
		return 0 // where a command runs
	}
	switch val := b[v.at:end]; {
	case (v.sep == 'i' || v.sep == 's') && holdsPlaceholder(b, v.at, end):
		return 0 // what made it look like a secret is gone, or was never there
	case v.sep == 'i' && !unlikeWord(val):
		return 0
	case v.sep == ':' && !v.json && string(b[v.key:v.key+4]) == "PASS" && !secretLike(val):
		return 0 // the result of a test
	case v.sep == 's' && !secretLike(val) && !(v.quote != 0 && unlikeWord(val)):
		return 0
	case v.quote == 0 && (bytes.HasPrefix(val, []byte("(ConvertTo")) || bytes.HasPrefix(val, []byte("(Read")) || bytes.HasPrefix(val, []byte("(Get"))):
		return 0 // another rule reads the call
	case v.quote == 0 && (bytes.EqualFold(val, []byte("password")) || bytes.EqualFold(val, []byte("values"))) && isBlank(b[end]):
		// IDENTIFIED BY PASSWORD '...'
		v.at, v.quote, v.level = opening(b, skipBlanks(b, end))
		if v.quote == 0 {
			return 0
		}
		end, open = sc.valueEnd(v)
	}
	on := sc.hideValue(rule, v, end, open)
	if v.sep == 'i' || v.first && b[end-1] == '\\' {
		sc.more(rule, v, end)
	}
	return on
}

// more replaces what belongs to a value and stands apart from it: the second
// password of "from ... to ...", and the next line after a backslash.
func (sc *scanner) more(rule *Rule, v site, end int) {
	b := sc.b
	if b[end-1] == '\\' && isBreak(b[end]) {
		s := skipSpace(b, end)
		e := s
		for e < sc.n && !isBreak(b[e]) {
			e++
		}
		if e > s && placeholder(b, s) == 0 {
			sc.hide(rule, s, e)
		}
		return
	}
	for _, to := range [...]string{" to ", " auf ", " naar ", " in "} {
		if foldAt(b, end, to) {
			w := v
			w.at, w.quote, w.level = opening(b, end+len(to))
			if e, _ := sc.valueEnd(w); secretLike(b[w.at:e]) && placeholder(b, w.at) == 0 {
				sc.hide(rule, w.at, e)
			}
		}
	}
}

// strongValue replaces what stands after a key such as token when it does not
// read like a word, so that "token: expired" stays.
func strongValue(sc *scanner, rule *Rule, v site) int {
	b := sc.b
	end, open := sc.valueEnd(v)
	val := b[v.at:end]
	if len(val) < 6 || spared(val, v.sep) || placeholder(b, v.at) > 0 {
		return 0
	}
	if !v.query && !unlikeWord(val) && len(val) < 24 || len(val) < rule.least {
		return 0
	}
	if holdsPlaceholder(b, v.at, end) {
		return 0
	}
	if rule.least > 0 && (countDigits(val) < 2 || bytes.HasPrefix(val, []byte("-----"))) {
		return 0
	}
	if v.sep == 's' && (!secretLike(val) || len(val) < 10) {
		return 0
	}
	return sc.hideValue(rule, v, end, open)
}

// hideValue replaces a value, with quotation marks of its own where a number
// stood in JSON, and remembers a value that goes on.
func (sc *scanner) hideValue(rule *Rule, v site, end int, open *span) int {
	if open != nil {
		sc.goesOn(*open)
	}
	if v.json && v.quote == 0 && (isDigit(sc.b[v.at]) || sc.b[v.at] == '-') {
		text := secretText[rule.Kind]
		if !rule.Kind.Secret() {
			text = sc.names.of(rule.Kind, sc.b[v.at:end])
		}
		return sc.replace(rule, rule.Kind, `"`+text+`"`, v.at, end)
	}
	return sc.hide(rule, v.at, end)
}

// valueEnd finds where a value ends; open is set when that is beyond the window.
func (sc *scanner) valueEnd(v site) (end int, open *span) {
	sp := span{quote: v.quote, level: v.level}
	switch {
	case v.quote != 0:
	case v.sep == '>':
		sp.stop = &stopTag
	default:
		return sc.bareEnd(v)
	}
	end, closed := sp.find(sc.b, v.at, sc.n)
	if !closed && !sc.last {
		open = &sp
	}
	if v.sep == '>' {
		for end > v.at && (isBlank(sc.b[end-1]) || isBreak(sc.b[end-1])) {
			end--
		}
	}
	return end, open
}
