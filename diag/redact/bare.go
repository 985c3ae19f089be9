package redact

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
