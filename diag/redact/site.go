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
		if k == j && b[k] == '"' && b[k+1] == '"' && b[k+2] == '"' {
			k += 2
			j += 2
		}
		return k + 1, b[k], k - j
	}
	if printQuote(b, i) {
		return i + 3, 'U', 0
	}
	if string(b[i:i+9]) == "<![CDATA[" {
		return i + 9, ']', 0
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

// verb steps over the words that say what a password is or became, in three
// languages.
func verb(b []byte, i int) int {
	from := i
	for range 4 {
		e := i
		for isLetter(b[e]) || b[e] >= 0x80 {
			e++
		}
		if e == i || e-i > 16 || b[e] != ' ' && b[e] != ':' || !verbs[foldText(string(b[i:e]))] {
			break
		}
		for i = e; (b[i] == ' ' || b[i] == ':') && i-e < maxGap; i++ {
		}
	}
	if i == from {
		return 0
	}
	return i
}

var verbs = words("is ist lautet war was to auf naar luidt has been set changed reset from in geändert zurückgesetzt gewijzigd gezet wurde werd nun jetzt now nu ")

// purpose steps over what a password is for: "password for anna: ".
func purpose(b []byte, i int) int {
	if !foldAt(b, i, "for ") && !foldAt(b, i, "für ") && !foldAt(b, i, "voor ") {
		return 0
	}
	for k := i; k-i < maxGap && !isBreak(b[k]); k++ {
		if b[k] == ':' && b[k+1] == ' ' {
			return k + 2
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

// printQuote reports whether one of the quotation marks of print stands at i: „ “ ” ‚ ‘ ’.
func printQuote(b []byte, i int) bool {
	return b[i] == 0xe2 && b[i+1] == 0x80 && b[i+2] >= 0x98 && b[i+2] <= 0x9f
}
