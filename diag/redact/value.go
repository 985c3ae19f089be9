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

func countDigits(val []byte) (n int) {
	for _, c := range val {
		if isDigit(c) {
			n++
		}
	}
	return n
}

// secretLike reports whether a word is no word of a language and no number: at
// least six bytes with letters and digits, or with marks that names lack.
func secretLike(val []byte) bool {
	if len(val) < 6 || val[0] == '/' || val[0] == '(' || val[0] == '-' || val[0] == '<' {
		return false
	}
	letter, digit, mark := false, false, false
	for i, c := range val {
		switch {
		case isLetter(c):
			letter = true
		case isDigit(c):
			digit = true
		case i < len(val)-1 && (c == '!' || c == '#' || c == '$' || c == '%' || c == '*' || c == '+' || c == '_' || c == '?' || c == '~' || c == '^' || c == '@'):
			mark = true
		case c == ':' || c == '/' || c == '(' || c == ')':
			return digit && letter && mark
		}
	}
	return letter && (digit || mark && !isLetter(val[len(val)-1]))
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
	if sc.rules.keep[rule.Kind] {
		return end
	}
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

// bareEnd finds the end of a value without quotation marks. Where it stands
// first on its line, as in a file of settings, blanks belong to it.
func (sc *scanner) bareEnd(v site) (int, *span) {
	b := sc.b
	spaces := v.first && (v.sep == ':' || v.sep == '=')
	i := v.at
	for ; i < sc.n; i++ {
		c := b[i]
		switch {
		case c > ' ' && (isAlnum(c) || c >= 0x80):
			continue
		case isBreak(c) || c == 0:
			return i, nil
		case c == ' ' || c == '\t':
			if !spaces || comment(b, i+1) || sc.field(i+1) {
				return i, nil
			}
		case isQuote(c):
			if i > v.at && !isAlnum(b[i+1]) {
				return i, nil
			}
		case c == '?':
			if b[v.key-1] == ';' {
				return i, nil // a parameter of a path: ;jsessionid=...
			}
		case c == '&' || c == '#':
			if v.query || c == '&' && sc.field(i+1) {
				return i, nil
			}
		case c == ';' || c == ',' || c == '|':
			if delimiter(b[i+1]) || sc.field(i+1) {
				return i, nil
			}
		case c == ')' || c == ']' || c == '}':
			if delimiter(b[i+1]) && !opened(b[v.at:i], c) {
				return i, nil
			}
		case c == '<':
			if b[i+1] == '/' || foldAt(b, i, "<br") {
				return i, nil
			}
		case c == '%':
			if v.query && (foldAt(b, i, "%26") || foldAt(b, i, "%22")) {
				return i, nil
			}
		case c == '\\':
			if i > v.at && (isQuote(b[i+1]) || (b[i+1] == 'n' || b[i+1] == 'r') && (sc.field(i+2) || b[i+2] == '\\' || isQuote(b[i+2]))) {
				return i, nil
			}
		}
	}
	if sc.last {
		return i, nil
	}
	return i, &span{stop: &stopSpace}
}

// delimiter reports whether nothing more of a value follows.
func delimiter(c byte) bool {
	return c <= ' ' || isQuote(c) || c == ',' || c == ';' || c == ')' || c == ']' || c == '}' || c == '\\' || c == '<' || c == ':'
}

// field reports whether another field begins at i: a word with = or : after it.
func (sc *scanner) field(i int) bool {
	b := sc.b
	i = skipBlanks(b, i)
	s := i
	for i < sc.n && i-s < maxGap && (labelSet.has(b[i]) || b[i] == '.' || b[i] == ' ' && isLetter(b[i+1])) {
		i++
	}
	return i > s && isLetter(b[s]) && (b[i] == '=' || b[i] == ':')
}

// comment reports whether a comment begins at i.
func comment(b []byte, i int) bool { return b[i] == '#' || b[i] == ';' || b[i] == '/' && b[i+1] == '/' }

// opened reports whether the bracket that c closes was opened in the value.
func opened(val []byte, c byte) bool {
	open := map[byte]byte{')': '(', ']': '[', '}': '{'}[c]
	depth := 0
	for _, x := range val {
		switch x {
		case open:
			depth++
		case c:
			depth--
		}
	}
	return depth > 0
}
