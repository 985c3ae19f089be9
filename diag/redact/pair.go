package redact

// pair reads the value of a pair of fields or attributes, the first of which
// held the key: "value":"...", value="...", and the like.
func (sc *scanner) pair(v site, i int) (site, bool) {
	b := sc.b
	i = skipSpace(b, i)
	i, _, _ = opening(b, i)
	if !foldAt(b, i, "value") {
		// An argument after its option, "--password","...", or the next of a
		// call: define('DB_PASSWORD', '...').
		k := v.key - 1
		for labelSet.has(b[k]) {
			k--
		}
		if (b[v.key-1] != '-' || b[k+1] != '-') && (!isQuote(b[k]) || b[skipBack(b, k-1)] != '(') || i == 0 || !isQuote(b[i-1]) {
			return v, false
		}
		end, closed := (&span{quote: b[i-1]}).find(b, i, sc.n)
		if closed && b[skipBlanks(b, end+1)] == ':' {
			return v, false // a field of its own
		}
		v.sep = ' '
		v.at, v.quote = i, b[i-1]
		for j := i - 2; b[j] == '\\' && v.level < 8; j-- {
			v.level++
		}
		return v, true
	}
	i, _ = closing(b, i+len("value"))
	i = skipSpace(b, i)
	if b[i] != ':' && b[i] != '=' {
		return v, false
	}
	v.sep = b[i]
	v.json = b[i] == ':'
	v.at, v.quote, v.level = opening(b, skipSpace(b, i+1))
	return v, true
}

// element reads the content of an XML element whose name or attribute the key
// was: <password>...</password>, <property name="password">...</property>.
func (sc *scanner) element(v site, start, e, i int) (site, bool) {
	b := sc.b
	v.sep = '>'
	v.at = skipSpace(b, i)
	end := v.at
	for end < sc.n && end-v.at < reach/2 && b[end] != '<' {
		end++
	}
	if end == v.at { // <Password><Value>...</Value>
		for _, child := range [...]string{"<value>", "<name>", "<string>", "<![cdata["} {
			if foldAt(b, end, child) {
				if child == "<![cdata[" {
					v.at, v.quote = end+len(child), ']'
					return v, true
				}
				v.at = end + len(child)
				return v, true
			}
		}
	}
	if end-v.at == 0 && placeholder(b, v.at) == 0 || b[end] != '<' || b[end+1] != '/' {
		return v, false
	}
	name := start
	for labelSet.has(b[name-1]) || b[name-1] == ':' {
		name--
	}
	if b[name-1] == '<' && string(b[name:e]) != string(b[end+2:end+2+e-name]) {
		return v, false // a placeholder, or a word between angle brackets
	}
	return v, true
}

// sibling reads the value after <key>password</key> in a property list.
func (sc *scanner) sibling(v site, i int) (site, bool) {
	b := sc.b
	i = skipSpace(b, i)
	if b[i] != '<' || b[i+1] == '/' {
		return v, false
	}
	for k := i; k < sc.n && k-i < maxGap; k++ {
		if b[k] == '>' {
			v.sep, v.at = '>', skipSpace(b, k+1)
			return v, true
		}
	}
	return v, false
}

// skipBack steps back over blanks.
func skipBack(b []byte, i int) int {
	for isBlank(b[i]) && i > 0 {
		i--
	}
	return i
}

// named reports whether the key at start is itself the value of a field "name".
func (sc *scanner) named(start int) bool {
	b := sc.b
	i := start
	for labelSet.has(b[i-1]) {
		i--
	}
	i = skipBack(b, i-1)
	return b[i] == ':' && foldAt(b, i-len("name"), "name")
}

// part reads the content of a form's part: name="password", an empty line, and
// the value.
func (sc *scanner) part(v site, i int) (site, bool) {
	b := sc.b
	breaks := 0
	for isBreak(b[i]) {
		if b[i] == '\n' {
			breaks++
		}
		i++
	}
	if breaks != 2 {
		return v, false
	}
	v.sep, v.at = '=', i
	return v, true
}

// below finds a value on the line under its key: deeper in, as in YAML, or a
// single word that looks like a secret, as after a prompt. It gives 0 without.
func (sc *scanner) below(start, i int) int {
	b := sc.b
	line := start
	for line > 0 && !isBreak(b[line-1]) {
		line--
	}
	if b[i] == '\r' {
		i++
	}
	if b[i] != '\n' {
		return 0
	}
	i++
	in := indent(b, i)
	s := i + in
	e := s
	for e < sc.n && !isBreak(b[e]) && e-s < 256 {
		if b[e] == ' ' || b[e] == ':' && isBlank(b[e+1]) {
			return 0
		}
		e++
	}
	if e == s || b[s] == '-' || b[s] == '#' || b[s] == '<' || !secretLike(b[s:e]) && (in <= indent(b, line) || !sc.firstOnLine(start)) {
		return 0
	}
	return s
}
