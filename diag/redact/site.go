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
	if b[i] == ']' && quoted { // config["password"]
		i++
	}
	i = skipBlanks(b, i)
	if quoted {
		i = skipSpace(b, i)
	}
	if quoted && b[i] == ',' { // "name":"password","value":"..."
		return sc.pair(v, i+1)
	}
	switch {
	case b[i] == '=' || b[i] == ':':
		v.sep = b[i]
		if b[i] == ':' && b[i+1] == ':' {
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
	case i > e:
		w := verb(b, i)
		if w == 0 || rule.Form != Any {
			return v, false
		}
		v.sep = 'i'
		i = w
	default:
		return v, false
	}
	v.json = quoted && v.sep == ':'
	v.first = sc.firstOnLine(start)
	from := i
	i = skipBlanks(b, i)
	if i > from && (rule.Form == Account || rule.Form == Label) && !v.json && sc.field(i) {
		return v, false // nothing stands here: "user= uid=0"
	}
	if v.json {
		i = skipSpace(b, i)
	}
	v.at, v.quote, v.level = opening(b, i)
	return v, true
}

// closing steps over the quotation mark that ends a key, escaped or not.
func closing(b []byte, i int) (int, bool) {
	j := i
	for b[j] == '\\' && j-i < 8 {
		j++
	}
	switch {
	case isQuote(b[j]):
		return j + 1, true
	case foldAt(b, i, "%22") || foldAt(b, i, "%27"):
		return i + 3, true
	case foldAt(b, i, "&quot;"):
		return i + 6, true
	}
	return i, false
}

// opening steps over the quotation mark that begins a value.
func opening(b []byte, i int) (at int, quote byte, level int) {
	j := i
	if (b[j] == 'N' || b[j] == '@' || b[j] == 'b' || b[j] == 'u' || b[j] == '$') && isQuote(b[j+1]) {
		j++
	}
	k := j
	for b[k] == '\\' && k-j < 8 {
		k++
	}
	if isQuote(b[k]) && k-j != 2 {
		return k + 1, b[k], k - j
	}
	switch {
	case foldAt(b, i, "%22"):
		return i + 3, '%', 0
	case foldAt(b, i, "&quot;"):
		return i + 6, '&', 0
	}
	return i, 0, 0
}

// encodedSep recognises = and : as a URL writes them.
func encodedSep(b []byte, i int) bool { return foldAt(b, i, "%3d") || foldAt(b, i, "%3a") }

// dots steps over a leader such as ". . . :", or stays.
func dots(b []byte, i int) int {
	j := i
	for (b[j] == '.' || b[j] == ' ') && j-i < maxGap {
		j++
	}
	if b[j] == ':' {
		return j + 1
	}
	return i
}

// verb steps over the word that says what a password is, in three languages.
func verb(b []byte, i int) int {
	switch b[i] {
	case 'i', 'l', 'w', 't', 'a', 'n', 'I', 'L', 'W', 'T', 'A', 'N':
	default:
		return 0
	}
	for _, w := range [...]string{"is", "ist", "lautet", "war", "was", "to", "auf", "naar", "luidt"} {
		if foldAt(b, i, w) && (b[i+len(w)] == ' ' || b[i+len(w)] == ':') {
			j := i + len(w)
			for (b[j] == ' ' || b[j] == ':') && j-i < maxGap {
				j++
			}
			return j
		}
	}
	return 0
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
