package redact

// site is where the value of a key begins, and how it is written.
type site struct {
	key   int  // where the key begins
	at    int  // the first byte of the value
	sep   byte // what assigns: = : > ( or a blank
	quote byte // the quotation mark around the value, 0 without one
	level int  // how many backslashes stand before that mark
	query bool // the key stands in the query of a URL, or in a form
	first bool // the key begins its line
	json  bool // the key stands in quotation marks before a colon
}

// maxGap is how much white space may stand between a key and its value.
const maxGap = 64

// after finds the value that belongs to the key from start to e.
func (sc *scanner) after(start, e int, rule *Rule) (v site, ok bool) {
	b := sc.b
	v = site{key: start, at: e}
	v.query = sc.inQuery(start)
	i, quoted := closing(b, e)
	if b[i] == ']' && (quoted || b[start-1] == '[') { // config["password"], [password] =>
		i++
	}
	if sc.inTag(start) && b[i] == ' ' && (b[start-1] == '<' || b[start-1] == ':' || isWord(b[start-1])) && !quoted {
		if k := tagEnd(b, i); k > 0 { // <Password Type="text">
			return sc.element(v, start, e, k)
		}
	}
	i = skipBlanks(b, i)
	if b[i] == '(' && i > e { // Serial Number (system): ...
		for k := i + 1; k-i < 24 && b[k] != '\n'; k++ {
			if b[k] == ')' && (b[k+1] == ':' || b[k+1] == '=' || isBlank(b[k+1])) {
				i = skipBlanks(b, k+1)
				break
			}
		}
	}
	if quoted {
		if k := skipSpace(b, i); isBreak(b[i]) && b[k] != ':' && b[k] != ',' && !foldAt(b, k, "value") {
			return sc.part(v, i)
		} else {
			i = k
		}
		if foldAt(b, i, `\r\n\r\n`) {
			v.sep, v.at = ':', i+len(`\r\n\r\n`)
			return v, true
		}
	}
	if quoted && b[i] == ',' { // "name":"password","value":"..."
		return sc.pair(v, i+1)
	}
	if isBreak(b[i]) && sc.named(start) { // - name: DB_PASSWORD, and the value on the next line
		if k := skipSpace(b, i); foldAt(b, k, "value") {
			return sc.pair(v, k)
		}
	}
	switch {
	case b[i] == '=' || b[i] == ':':
		v.sep = b[i]
		if b[i] == ':' && b[i+1] == ':' && !isBlank(b[i+2]) {
			return v, false // a name in a program: password::check
		}
		for b[i] == '=' || b[i] == ':' || b[i] == '>' {
			i++
		}
	case encodedSep(b, i):
		v.sep, v.query = '=', true
		i += 3
	case b[i] == '>' && sc.inTag(start):
		return sc.element(v, start, e, i+1)
	case foldAt(b, i, "</key>"):
		return sc.sibling(v, i+len("</key>"))
	case b[i] == '(' && i == e && isQuote(b[i+1]): // PASSWORD('...')
		v.sep = '('
		i++
	case b[i] == '.' && dots(b, i) > i: // Physical Address. . . . :
		v.sep = ':'
		i = dots(b, i)
	case quoted && i > e && foldAt(b, i, "value"): // key="Password" value="..."
		return sc.pair(v, i)
	case i > e && sc.takesBlank(start, rule):
		v.sep = ' '
	case i > e || b[i] == '.' && isBlank(b[i+1]):
		if b[i] == '.' {
			i++
		}
		// A sentence, or nothing but a blank: the value must look like one.
		v.sep = 's'
		if w := verb(b, i); w > 0 {
			v.sep, i = 'i', w
		} else if k := purpose(b, i); k > 0 {
			v.sep, i = 'i', k
		}
	default:
		return v, false
	}
	v.json = quoted && v.sep == ':'
	v.first = sc.firstOnLine(start)
	from := i
	i = skipBlanks(b, i)
	if i > from && (rule.Form == Account || rule.Form == Label) && !v.json && fieldNow(b, i) {
		return v, false // nothing stands here: "user= uid=0"
	}
	if v.json {
		i = skipSpace(b, i)
	} else if isBreak(b[i]) && v.sep == ':' {
		if k := sc.below(start, i); k > 0 && rule.Kind.Secret() {
			i = k
		}
	}
	for _, skip := range [...]string{"reg_sz", "string(", "&"} {
		if !foldAt(b, i, skip) || skip == "&" && (!v.first || foldAt(b, i, "&quot;")) {
			continue
		}
		k := i
		for k < sc.n && !isBlank(b[k]) && !isBreak(b[k]) && k-i < maxGap {
			k++
		}
		if isBlank(b[k]) {
			i = skipBlanks(b, k)
		}
	}
	if rule.Kind == Password && v.sep == 's' && isDigit(b[i]) && b[i+1] == ' ' && isAlnum(b[i+2]) { // password 7 094F471A1A0A
		i += 2
	}
	v.at, v.quote, v.level = opening(b, i)
	return v, true
}

// tagEnd gives where the attributes of an element end, or 0.
func tagEnd(b []byte, i int) int {
	for k := i; k-i < 512 && b[k] != '\n' && b[k] != '<'; k++ {
		if b[k] == '>' {
			if b[k-1] == '/' {
				return 0
			}
			return k + 1
		}
	}
	return 0
}

// fieldNow reports whether a word and = stand at i.
func fieldNow(b []byte, i int) bool {
	s := i
	for labelSet.has(b[i]) && i-s < maxGap {
		i++
	}
	return i > s && b[i] == '='
}

func skipBlanks(b []byte, i int) int {
	for j := i; ; j++ {
		if j-i >= maxGap || !isBlank(b[j]) {
			return j
		}
	}
}

func skipSpace(b []byte, i int) int {
	for j := i; ; j++ {
		if j-i >= maxGap || !isBlank(b[j]) && !isBreak(b[j]) {
			return j
		}
	}
}
