package redact

// glued reports whether what begins at s is the rest of a word: a letter or
// digit stands before it that is no part of an escape.
func glued(b []byte, s int) bool {
	return isWord(b[s-1]) && !escapedStart(b, s) && !(isBreakEscape(b[s-1]) && b[s-2] == '\\')
}

// inQuery reports whether the key at start is a parameter in a URL or a form.
func (sc *scanner) inQuery(start int) bool {
	b := sc.b
	i := start
	for i > 1 && (labelSet.has(b[i-1]) || b[i-1] == '.') && start-i < maxGap {
		i--
	}
	switch b[i-1] {
	case '?', '&':
		return true
	case ';':
		return i >= 5 && string(b[i-5:i]) == "&amp;"
	}
	return i >= 3 && (foldAt(b, i-3, "%26") || foldAt(b, i-3, "%3f"))
}

// inTag reports whether the key at start is the name of an XML element, or an
// attribute's value in one.
func (sc *scanner) inTag(start int) bool {
	for i := start - 1; i > 0 && start-i < 256; i-- {
		switch sc.b[i] {
		case '<':
			return true
		case '>', '\n':
			return false
		}
	}
	return false
}

// firstOnLine reports whether nothing but marks stands before the key on its
// line, as in files of settings.
func (sc *scanner) firstOnLine(start int) bool {
	b := sc.b
	i := start - 1
	for i > 0 && (labelSet.has(b[i]) || b[i] == '.') && start-i < maxGap {
		i-- // db.password, spring.datasource.password
	}
	for ; i > 0 && start-i < 2*maxGap; i-- {
		switch b[i] {
		case '\n', '\r':
			return true
		case ' ', '\t', '-', '#', '"', '\'', '$', ';', '*':
		default:
			return i >= 6 && (foldAt(b, i-5, "export") || foldAt(b, i-2, "set") || foldAt(b, i-2, "env"))
		}
	}
	return false
}

// takesBlank reports whether a value may follow the key after a blank alone:
// it is an option of a command, or its rule says so.
func (sc *scanner) takesBlank(start int, rule *Rule) bool {
	b := sc.b
	i := start
	for i > 1 && (isAlnum(b[i-1]) || b[i-1] == '_' || b[i-1] == '-') && start-i < maxGap {
		i--
	}
	if b[i] == '-' && i < start && !isAlnum(b[i-1]) {
		return rule.Form == Any || rule.Form == Strong || rule.Form == Account
	}
	if b[start-1] == '/' && isBlank(b[start-2]) {
		return rule.Form == Any
	}
	return rule.Bare
}
